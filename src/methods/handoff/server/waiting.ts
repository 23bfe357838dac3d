/** What a waiting page is told of a handoff, and when that changes by itself. */
import type { HandoffStatus } from '../../../wire/contract.ts';
import type { Channel, Exchange } from '../../method-verifier.ts';
import type { HandoffDeployment } from './config.ts';
import {
  current,
  type HandoffRecord,
  isFinal,
  isHandoff,
  readRecord,
  statusOf,
} from './exchange.ts';
import { rotatingLink } from './rotating.ts';

export interface Waiting {
  status(exchanges: readonly Exchange[]): HandoffStatus | undefined;
  payload(exchanges: readonly Exchange[], channel: Channel): Promise<string | undefined>;
  changesAt(exchanges: readonly Exchange[]): number | undefined;
}

export const waiting = (handoff: HandoffDeployment): Waiting => ({
  status(exchanges) {
    const exchange = current(exchanges);
    return exchange && statusOf(exchange, handoff.now());
  },

  async payload(exchanges, channel) {
    const record = running(handoff, exchanges);
    if (record?.phase !== 'waiting' || record.rotating === undefined) return undefined;
    const { link, [channel]: secret } = record.rotating;
    return rotatingLink(handoff.crypto, link, secret, secondsOf(handoff, record));
  },

  changesAt(exchanges) {
    const record = running(handoff, exchanges);
    if (record === undefined) return undefined;
    const turning = record.phase === 'waiting' && record.rotating !== undefined;
    return turning ? record.startedAt + (secondsOf(handoff, record) + 1) * 1_000 : record.expiresAt;
  },
});

const secondsOf = ({ now }: HandoffDeployment, { startedAt }: HandoffRecord): number =>
  Math.floor((now() - startedAt) / 1_000);

/** The newest handoff, unless it is over. */
function running(
  { now }: HandoffDeployment,
  exchanges: readonly Exchange[],
): HandoffRecord | undefined {
  const newest = exchanges.findLast(isHandoff);
  const record = newest && readRecord(newest);
  return record && !isFinal(record) && now() < record.expiresAt ? record : undefined;
}
