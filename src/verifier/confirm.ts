/** `POST sessions/{id}/confirm`: the person says that what was read is right, or that it is not. */

import type { EvidenceRecord, HeldRecord, SessionRecord } from '../store/store.ts';
import { parseBody } from '../wire/body.ts';
import { toBase64url } from '../wire/bytes.ts';
import { confirmBody } from '../wire/confirm.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { type Received, type Ruling, receive } from './envelope.ts';
import { attemptSpent, type Caller, heldBy } from './session.ts';
import { verified } from './verified.ts';

export const receiveConfirmation = (
  core: Core,
  request: Request,
  caller: Caller,
): Promise<Response> =>
  receive(core, request, caller, 'confirm', async (session, received) => {
    const held = heldBy(caller, session);
    const { reviewHash, disputed } = parseBody(confirmBody, received.payload.body);
    if (received.payload.method !== held.method) {
      throw new IdVerifyError('session/conflict', 'the evidence under review is of another method');
    }
    if (toBase64url(reviewHash) !== held.review?.hash) {
      throw new IdVerifyError('request_mismatch/review', 'not a confirmation of the last review');
    }
    return disputed
      ? dispute(core, session, received, held)
      : accept(core, session, received, held);
  });

function dispute(core: Core, session: SessionRecord, received: Received, held: HeldRecord): Ruling {
  const code = 'incomplete/disputed';
  core.log({ event: 'evidence.disputed', session: session.id, method: held.method });
  return {
    session: attemptSpent(core, session, code),
    evidence: { ...record(core, received, held), code },
    personal: [],
    images: 'erase',
    answer: { outcome: 'disputed', code },
  };
}

async function accept(
  core: Core,
  session: SessionRecord,
  received: Received,
  held: HeldRecord,
): Promise<Ruling> {
  const values = (await core.store.personal(session.id)).filter(({ name }) => name !== 'review');
  const change = verified(core, session, held, values);
  const { code, state } = change.session;
  return {
    ...change,
    evidence: { ...record(core, received, held), code },
    answer: { outcome: state === 'done' ? 'verified' : 'refused' },
  };
}

const record = (
  core: Core,
  { payload, hash, bytes }: Received,
  held: HeldRecord,
): EvidenceRecord => ({
  seq: payload.seq,
  method: held.method,
  receivedAt: core.now(),
  hash,
  envelope: bytes,
  checks: [],
  proof: { confirms: held.seq },
});
