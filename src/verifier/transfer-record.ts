/** What a move to a phone does to a session. */

import type { KeyRecord, SessionRecord, TransferRecord } from '../store/store.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Core } from './core.ts';
import { sameHash } from './tokens.ts';

/** The transfer this token belongs to, if there is one that waits. */
export const transferBy = (
  { transfer }: SessionRecord,
  hash: string,
): TransferRecord | undefined =>
  transfer?.phase === 'waiting' && sameHash(transfer.tokenHash, hash) ? transfer : undefined;

/**
 * The phone's key alone sends from now on; the first follows, and has the reference. A wrong code
 * ends the transfer, and only that.
 * @throws IdVerifyError `session/expired`, `malformed/request` without a code; nothing is changed then
 */
export function movedTo(
  core: Core,
  { keys }: SessionRecord,
  transfer: TransferRecord,
  phone: KeyRecord,
  code: string | undefined,
): Partial<SessionRecord> {
  if (transfer.expiresAt <= core.now()) {
    throw new IdVerifyError('session/expired', 'the transfer took too long');
  }
  if (code === undefined) {
    throw new IdVerifyError('malformed/request', 'a transfer is claimed with its code');
  }
  if (code !== transfer.code) return { transfer: { ...transfer, phase: 'refused' } };
  const first = keys.slice(0, 1).map((key) => ({ ...key, sends: false }));
  return {
    keys: [...first, { ...phone, refHash: undefined }],
    transfer: { ...transfer, phase: 'moved' },
    // What the first page asked is not the phone's to answer.
    exchanges: [],
  };
}

/** @throws IdVerifyError `incomplete/wrong_code` */
export function requireMoved({ transfer }: SessionRecord): void {
  if (transfer?.phase !== 'moved') {
    throw new IdVerifyError('incomplete/wrong_code', 'not the code on the first screen');
  }
}
