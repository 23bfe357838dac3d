/** `sessions/{id}/transfer`: a session goes on on a phone, or comes back. */
import { deviceOf } from '../methods/handoff/server/device.ts';
import type { SessionRecord, TransferRecord } from '../store/store.ts';
import { fromBase64url } from '../wire/bytes.ts';
import {
  type SessionStatus,
  TRANSFER_FRAGMENT,
  type TransferAnswer,
  type TransferBody,
  transferProofInput,
} from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Core, profileOf } from './core.ts';
import { senderOf } from './images.ts';
import { LIMITS } from './limits.ts';
import { type Caller, keyOf, requireState, transact } from './session.ts';
import { requireSignature } from './signature.ts';
import { newToken, tokenHash } from './tokens.ts';
import { statusFor, statusOf, transferPage } from './view.ts';

/**
 * A new link takes the place of the one before, also of a phone that has the session already.
 * @throws IdVerifyError `policy/role` (not the first key), `policy/transfer` (no page for it),
 *   `policy/method` (not one of the session's), `session/proof`, `limit/rate`
 */
export async function transfer(
  core: Core,
  request: Request,
  caller: Caller,
  { proof, method }: TransferBody,
): Promise<TransferAnswer> {
  requireFirst(caller);
  requireState(caller.session, 'awaiting');
  requireNoRetake(caller.session);
  const { id, origin } = caller.session;
  const page = transferPage(core, caller.session, profileOf(core, caller.session));
  if (page === undefined) throw new IdVerifyError('policy/transfer', 'this session cannot move');
  if (method && !caller.session.methods.includes(method)) {
    throw new IdVerifyError('policy/method', 'the session does not allow this method');
  }
  const input = transferProofInput(id, await tokenHash(core.crypto, caller.token), origin);
  const { publicKey } = keyOf(caller);
  await requireSignature(core.crypto, publicKey, input, fromBase64url(proof), 'session/proof');

  const now = core.now();
  const token = newToken(core.crypto, id);
  const offered: Omit<TransferRecord, 'count'> = {
    phase: 'waiting',
    tokenHash: await tokenHash(core.crypto, token),
    code: twoDigits(core),
    expiresAt: Math.min(now + LIMITS.transfer, caller.session.expiresAt),
    startedAt: caller.session.createdAt,
    device: deviceOf(request),
    method,
  };
  await transact(core, id, (newest) => {
    requireState(newest, 'awaiting');
    requireNoRetake(newest);
    const count = (newest.transfer?.count ?? 0) + 1;
    if (count > LIMITS.transfers) throw new IdVerifyError('limit/rate', 'too many transfers');
    return { session: { ...newest, transfer: { ...offered, count } } };
  });
  const { code, expiresAt } = offered;
  return { link: `${page}#${TRANSFER_FRAGMENT}=${token}`, code, now, expiresAt };
}

/**
 * The first page goes on itself; a phone that had taken over is out. Safe to repeat.
 * @throws IdVerifyError `policy/role`, `session/conflict` once the phone has sent something
 */
export async function takeBack(core: Core, caller: Caller): Promise<SessionStatus> {
  requireFirst(caller);
  const session = await transact(core, caller.session.id, (newest) => {
    requireState(newest, 'awaiting');
    requireNoRetake(newest);
    const { transfer } = newest;
    const moved = newest.keys.length > 1;
    const [first] = newest.keys;
    return {
      ...(moved && first && { images: { only: senderOf(first) } }),
      session: {
        ...newest,
        keys: newest.keys.slice(0, 1).map((key) => ({ ...key, sends: true })),
        transfer: transfer && { ...transfer, phase: 'moved' },
        ...(moved && { exchanges: [] }),
      },
    };
  });
  return statusFor(core, { ...caller, session }, statusOf(core, session));
}

/** A photo that is asked for again comes from where the others came from. */
function requireNoRetake({ retake }: SessionRecord): void {
  if (retake) throw new IdVerifyError('session/conflict', 'a photo is asked for again');
}

function requireFirst({ key }: Caller): void {
  if (key !== 0) throw new IdVerifyError('policy/role', 'only the first page may move the session');
}

/** Every code as likely as any other: only the first 200 values of a byte count. */
function twoDigits({ crypto }: Core): string {
  for (;;) {
    const [byte = 0] = crypto.randomBytes(1);
    if (byte < 200) return String(byte % 100).padStart(2, '0');
  }
}
