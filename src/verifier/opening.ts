/** How a session begins: opened by a page, or minted by the site's server; then claimed by one key. */

import { signsOccupation } from '../law/law.ts';
import { hasUnseen } from '../methods/claims.ts';
import type { Declared, KeyRecord, SessionRecord, TransferRecord } from '../store/store.ts';
import { fromBase64url, toBase64url } from '../wire/bytes.ts';
import {
  type ClaimAnswer,
  type ClaimBody,
  claimProofInput,
  type MethodId,
  type OpenBody,
  type SessionView,
  shortText,
} from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseOptions } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import type { Core } from './core.ts';
import { LIMITS } from './limits.ts';
import { ANONYMOUS, memberName } from './options.ts';
import { lifetime } from './retention.ts';
import { type Call, requireRate } from './router.ts';
import { bearerOf, requireOrigin, requireState, transact } from './session.ts';
import { requireSignature } from './signature.ts';
import { newId, newToken, referenceFor, sameHash, tokenHash } from './tokens.ts';
import { movedTo, requireMoved, transferBy } from './transfer-record.ts';
import { offersOf, viewOf } from './view.ts';

/** What fixes a session. */
export interface MintOptions {
  readonly subject: string;
  readonly profile: string;
  readonly origin: string;
  /** Narrows the profile's methods; order counts. */
  readonly methods?: readonly MethodId[] | undefined;
  /** The site's own name for this session, given back with the result; at most 300 characters. */
  readonly externalId?: string | undefined;
  /**
   * What the site declares of the person, in one line. `occupation` (職業) stands in what a card signs;
   * under a law whose clause needs that, JPKI is not offered without it.
   */
  readonly declared?: Declared | undefined;
}

/** Printed in one line: nothing that could pass for another. */
const declaredLine = v.pipe(
  v.string(),
  v.maxLength(100),
  v.check((line) => line.trim() !== '' && !hasUnseen(line)),
);

const authorized = v.object({ subject: memberName, profiles: v.array(v.string()) });
const minted = v.object({
  subject: memberName,
  origin: v.string(),
  methods: v.optional(v.array(v.string())),
  externalId: v.optional(shortText),
  declared: v.optional(v.strictObject({ occupation: v.optional(declaredLine) })),
});

/**
 * @throws IdVerifyError `policy/origin`, `policy/profile`, `policy/method`, `session/unauthorized`,
 *   `limit/rate`
 */
export async function openSession(
  call: Call,
  body: OpenBody,
): Promise<{ token: string; session: SessionView }> {
  const { core, request } = call;
  const origin = request.headers.get('origin') ?? '';
  requireListed(core, origin);
  const subject = await authorizedSubject(core, request, body.profile, origin);
  await requireRate(call, subject);
  const { token, session } = await create(core, { ...body, subject, origin });
  return { token, session: viewOf(core, session) };
}

/** @returns the one-use token for a page of this site */
export async function mintSession(core: Core, opening: MintOptions): Promise<string> {
  parseOptions(minted, opening);
  requireListed(core, opening.origin);
  return (await create(core, opening)).token;
}

function requireListed(core: Core, origin: string): void {
  if (!core.origins.includes(origin)) {
    throw new IdVerifyError('policy/origin', 'sessions are not opened for this origin');
  }
}

async function authorizedSubject(
  core: Core,
  request: Request,
  profile: string,
  origin: string,
): Promise<string> {
  const { authorize } = core.options;
  if (authorize === undefined) return ANONYMOUS;
  const authorization = await authorize(request, { profile, origin });
  if (authorization === 'too many') throw new IdVerifyError('limit/rate', 'too many sessions');
  if (!v.is(authorized, authorization)) {
    throw new IdVerifyError('session/unauthorized', 'the site did not authorize this session');
  }
  if (!authorization.profiles.includes(profile)) {
    throw new IdVerifyError('policy/profile', 'this profile is not open to this subject');
  }
  return authorization.subject;
}

async function create(core: Core, opening: MintOptions) {
  const profile = core.profiles.get(opening.profile);
  if (profile === undefined) throw new IdVerifyError('policy/profile', 'no such profile');
  const { law } = profile;
  const { occupation } = opening.declared ?? {};
  const offered = offersOf(core, profile)
    .map(({ method }) => method)
    .filter((method) => occupation || !law || !signsOccupation(law, method, core.now()));
  const methods = opening.methods?.filter((method) => offered.includes(method)) ?? offered;
  if (methods.length === 0) {
    throw new IdVerifyError('policy/method', 'the profile offers none of these methods');
  }
  const now = core.now();
  const id = newId(core.crypto);
  const token = newToken(core.crypto, id);
  const challenge = core.crypto.randomBytes(32);
  const session: SessionRecord = {
    id,
    version: 0,
    state: 'awaiting',
    subject: opening.subject,
    profile: opening.profile,
    origin: opening.origin,
    ...(opening.externalId !== undefined && { externalId: opening.externalId }),
    environment: core.environment,
    methods: [...new Set(methods)],
    challenge: toBase64url(challenge),
    createdAt: now,
    ...lifetime(core, { profile: opening.profile, createdAt: now }, now + LIMITS.session),
    openingHash: await tokenHash(core.crypto, token),
    ...(occupation !== undefined && { declared: { occupation } }),
    keys: [],
    seq: 0,
    prev: toBase64url(await core.crypto.digest('SHA-256', challenge)),
    attemptsLeft: LIMITS.attempts,
    exchanges: [],
    answers: [],
  };
  await core.store.create(session);
  core.log({ event: 'session.opened', session: id, profile: opening.profile });
  return { token, session };
}

/**
 * Exchanges a one-use token, of the opening or of a transfer, for a session token that belongs to a
 * key. Asked again by the same key, because the answer was lost, it gives another token in place of
 * the one before, for a minute and until that one has been used.
 * @throws IdVerifyError `session/token`, `session/used` (claimed before), `session/proof`,
 *   `session/origin`, `session/unknown`, `session/expired`, `session/ended`; for a transfer also
 *   `malformed/request` without its code, and `incomplete/wrong_code`, which ends it
 */
export async function claimSession(
  core: Core,
  request: Request,
  id: string,
  body: ClaimBody,
): Promise<ClaimAnswer> {
  const opening = await bearerOf(request, id);
  const token = newToken(core.crypto, id);
  const openingHash = await tokenHash(core.crypto, opening);
  const record: KeyRecord = {
    publicKey: body.publicKey,
    tokenHash: await tokenHash(core.crypto, token),
    refHash: await tokenHash(core.crypto, await referenceFor(core.crypto, token)),
    sends: true,
    repeatable: { openingHash, until: core.now() + LIMITS.claimAgain },
  };
  const claim: Claim = { core, request, openingHash, body, record };
  let moving: TransferRecord | undefined;
  const session = await transact(core, id, async (session) => {
    const again = repeated(claim, session);
    moving = again?.transfer ?? transferBy(session, openingHash);
    if (again === undefined) requireUnclaimed(session, openingHash, moving);
    await requireProof(claim, session);
    if (again !== undefined) return { session: { ...session, keys: again.keys } };
    const times = lifetime(core, session, core.now() + LIMITS.session);
    if (moving) {
      // What the first page has sent stays for it, should it go on; nobody else can use it.
      return {
        session: { ...session, ...movedTo(core, session, moving, record, body.code), ...times },
      };
    }
    return { session: { ...session, ...times, keys: [record] } };
  });
  if (moving === undefined) {
    core.log({ event: 'session.claimed', session: id, profile: session.profile });
    return { token, session: viewOf(core, session) };
  }
  requireMoved(session);
  core.log({ event: 'session.moved', session: id, profile: session.profile });
  const { startedAt, device } = moving;
  const view = viewOf(core, session, { startedAt, device });
  return { token, session: { ...view, status: { ...view.status, role: 'sender' } } };
}

interface Claim {
  readonly core: Core;
  readonly request: Request;
  readonly openingHash: string;
  readonly body: ClaimBody;
  /** The key, with its new token. */
  readonly record: KeyRecord;
}

/** @throws IdVerifyError `session/token`, `session/used`, or that the session has moved on */
function requireUnclaimed(
  session: SessionRecord,
  openingHash: string,
  moving: TransferRecord | undefined,
): void {
  requireState(session, 'awaiting');
  if (moving !== undefined) return;
  if (!sameHash(session.openingHash ?? '', openingHash)) {
    throw new IdVerifyError('session/token', 'not the token of this opening');
  }
  if (session.keys.length > 0) throw new IdVerifyError('session/used', 'already claimed');
}

/** @throws IdVerifyError `session/origin`, `session/proof` */
async function requireProof(
  { core, request, openingHash, body }: Claim,
  session: SessionRecord,
): Promise<void> {
  requireOrigin(request, session);
  const { publicKey, proof } = body;
  const input = claimProofInput(session.id, openingHash, session.origin, publicKey);
  const signature = fromBase64url(proof);
  await requireSignature(core.crypto, publicKey, input, signature, 'session/proof');
}

/**
 * The session's keys where this claim was made before, by the same key, and its answer may be given
 * again; the token of that answer is void from now on.
 * @throws IdVerifyError `incomplete/wrong_code` for a transfer's without its code; nothing is changed then
 */
function repeated({ core, openingHash, body, record }: Claim, session: SessionRecord) {
  const { keys, state, transfer } = session;
  const { x, y } = body.publicKey;
  const index = keys.findIndex(
    ({ publicKey, repeatable }) =>
      repeatable !== undefined &&
      repeatable.until > core.now() &&
      sameHash(repeatable.openingHash, openingHash) &&
      publicKey.x === x &&
      publicKey.y === y,
  );
  const before = keys[index];
  if (before === undefined || state !== 'awaiting') return undefined;
  const moved = transfer && sameHash(transfer.tokenHash, openingHash) ? transfer : undefined;
  if (moved && moved.code !== body.code) {
    throw new IdVerifyError('incomplete/wrong_code', 'not the code on the first screen');
  }
  const { tokenHash, refHash } = record;
  const renewed = { ...before, tokenHash, refHash: before.refHash && refHash };
  return { keys: keys.with(index, renewed), transfer: moved };
}
