/**
 * Fetches from the operator what a person brought back the way for. That is done once; where the
 * process that was at it died, the way back is still known, and another one does it.
 */
import { toBase64url } from '../../../wire/bytes.ts';
import type { HandoffCode } from '../../../wire/contract.ts';
import { type CallbackSessions, Noted, type OpenSession } from '../../callbacks.ts';
import type { Exchange } from '../../method-verifier.ts';
import type { HandoffDeployment } from './config.ts';
import { asOf, endedBy, type HandoffRecord, isFinal, readRecord, writeRecord } from './exchange.ts';
import { keptBytes } from './result.ts';
import { hashText } from './token.ts';
import { handoffCode, OPERATOR_TIMEOUT_MS, pendingOf, withinTimeLimit } from './transaction.ts';

/** Whoever fetches has an answer or has given up by then. */
const LEASE = 2 * OPERATOR_TIMEOUT_MS;

/** One way back from a provider. */
export interface Return {
  readonly handoff: HandoffDeployment;
  readonly sessions: CallbackSessions;
  readonly open: OpenSession;
  readonly exchange: Exchange;
}

/** Somebody came back, and who fetched the result is no longer there. */
export const isStranded = (record: HandoffRecord, now: number): boolean =>
  record.returned?.query !== undefined && !isFinal(record) && now > record.returned.at + LEASE;

/** Whether the result is for this caller to fetch. */
export async function take(back: Return, query: string): Promise<boolean> {
  const now = back.handoff.now();
  let mine = false;
  await change(back, (record) => {
    mine = !isFinal(record) && (record.returned === undefined || isStranded(record, now));
    return mine ? { ...record, returned: { at: now, query }, phase: 'card_read' } : record;
  });
  return mine;
}

/** Only after `take`. @returns the handoff, which is over then */
export async function collect(back: Return, url: URL): Promise<HandoffRecord | undefined> {
  const { handoff, exchange } = back;
  try {
    const { provider, pending } = await pendingOf(handoff, readRecord(exchange));
    const came = await withinTimeLimit((signal) => provider.callback(url, pending, signal));
    if (came.outcome === 'ended') return await end(back, came.code);
    const found = {
      phase: 'completing',
      pending: undefined,
      notice: undefined,
      transactionDigest: toBase64url(pending.digest),
      statementHash: await hashText(handoff.crypto, came.result.statement),
    } as const;
    return await change(
      back,
      (record) =>
        isFinal(record) ? record : { ...record, ...found, returned: { at: handoff.now() } },
      keptBytes(came.result),
    );
  } catch (error) {
    return end(back, handoffCode(error));
  }
}

export const end = (back: Return, code: HandoffCode): Promise<HandoffRecord | undefined> =>
  change(back, (record) => endedBy(record, code));

export async function change(
  { handoff, sessions, open, exchange }: Return,
  next: (record: HandoffRecord) => HandoffRecord,
  kept?: Uint8Array,
): Promise<HandoffRecord | undefined> {
  const updated = await sessions.update(open.session.id, exchange.id, (now) => {
    const record = asOf(readRecord(now), handoff.now());
    const data = writeRecord(next(record));
    return kept && !isFinal(record) ? new Noted(data, kept) : data;
  });
  return updated && readRecord(updated);
}
