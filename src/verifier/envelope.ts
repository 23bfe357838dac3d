/**
 * The rules every envelope keeps, whichever call it comes by: signed by the caller's key, bound to
 * this session, in its place in the chain; the same bytes get the same answer, and what was
 * acknowledged is stored.
 */

import type { AnswerRecord, Change, SessionRecord } from '../store/store.ts';
import { equalBytes, fromBase64url, toBase64url, utf8 } from '../wire/bytes.ts';
import {
  type ConfirmAnswer,
  EVIDENCE_TYPE,
  type EvidenceAnswer,
  type SessionStatus,
} from '../wire/contract.ts';
import { type EnvelopePayload, envelopeHash } from '../wire/envelope.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { jsonText, readBytes, requireType } from './http.ts';
import { LIMITS } from './limits.ts';
import { backOff, type Caller, current, keyOf, requireSender } from './session.ts';
import { verifyEvidence } from './signature.ts';
import { statusFor, statusOf } from './view.ts';

/** An envelope whose signature and binding hold. */
export interface Received {
  readonly payload: EnvelopePayload;
  readonly bytes: Uint8Array;
  /** base64url */
  readonly hash: string;
}

/** What an envelope leads to: the next session, and the answer apart from its status. */
export interface Ruling extends Change {
  readonly answer: Omit<EvidenceAnswer, 'status'> | Omit<ConfirmAnswer, 'status'>;
}

type Judge = (session: SessionRecord, received: Received) => Promise<Ruling>;

/**
 * @throws IdVerifyError `malformed/*`, `limit/body`, `unsupported/content_type`, `policy/role`,
 *   `session/signature`, `session/binding`, `session/conflict`; then nothing was changed
 */
export async function receive(
  core: Core,
  request: Request,
  caller: Caller,
  route: AnswerRecord['route'],
  judge: Judge,
): Promise<Response> {
  requireType(request, EVIDENCE_TYPE);
  const received = await authentic(core, caller, await readBytes(request, LIMITS.evidenceBytes));
  const { payload, hash } = received;
  for (let session = caller.session, lost = 1; ; lost++) {
    const before = session.answers.find(({ seq }) => seq === payload.seq);
    if (before !== undefined) {
      if (before.hash === hash && before.route === route)
        return respond(core, caller, before.answer);
      throw new IdVerifyError('session/conflict', 'another envelope has this sequence number');
    }
    if (payload.seq !== session.seq || toBase64url(payload.prev) !== session.prev) {
      throw new IdVerifyError('session/conflict', 'not the next envelope of this session');
    }
    const { answer, ...change } = await judge(session, received);
    const next = { ...change.session, seq: session.seq + 1, prev: hash };
    // What the store will write: the answer's status must be that of the version it belongs to.
    const status = statusOf(core, { ...next, version: session.version + 1 });
    const text = JSON.stringify({ ...answer, status });
    const answers = [...session.answers, { seq: payload.seq, hash, route, answer: text }];
    const written = await core.store.transition(session.id, session.version, {
      ...change,
      session: { ...next, answers },
    });
    if (written !== undefined) return respond(core, caller, text);
    await backOff(lost);
    session = await current(core, session.id);
  }
}

async function authentic(
  core: Core,
  caller: Caller,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Received> {
  requireSender(caller);
  const key = keyOf(caller);
  const { publicKey } = key;
  const payload = await verifyEvidence({ envelope: bytes, publicKey, crypto: core.crypto });
  const { session } = caller;
  const bound =
    payload.sid === session.id &&
    payload.aud === core.audience &&
    payload.origin === session.origin &&
    equalBytes(payload.challenge, fromBase64url(session.challenge));
  if (!bound) throw new IdVerifyError('session/binding', 'the envelope belongs to another session');
  return { payload, bytes, hash: toBase64url(await envelopeHash(bytes)) };
}

/** The stored answer, with the reference added for the one who may have it. */
async function respond(core: Core, caller: Caller, answer: string): Promise<Response> {
  const { status, ...rest }: { status: SessionStatus } = JSON.parse(answer);
  return jsonText(JSON.stringify({ ...rest, status: await statusFor(core, caller, status) }));
}

/** JSON as the bytes of a record. */
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => utf8(JSON.stringify(value));
