/**
 * Asks the provider how far a person is, for as long as a page waits and the provider can say. What
 * it says moves the status on; the result itself comes by the callback only, because only there the
 * browser is known. A callback whose result was not fetched to the end is taken up again.
 */
import type { CallbackSessions } from '../../callbacks.ts';
import type { Exchange, Json } from '../../method-verifier.ts';
import { collect, isStranded, take } from './collect.ts';
import { type HandoffDeployment, providerNamed } from './config.ts';
import {
  asOf,
  endedBy,
  type HandoffRecord,
  isFinal,
  isHandoff,
  readRecord,
  writeRecord,
} from './exchange.ts';
import type { Progress } from './provider.ts';
import { pendingOf, withinTimeLimit } from './transaction.ts';

const INTERVAL = 1_000;

export interface Followers {
  attend(sessionId: string, exchanges: readonly Exchange[], sessions: CallbackSessions): void;
  abandon(exchanges: readonly Exchange[]): void;
}

export function followers(handoff: HandoffDeployment): Followers {
  const followed = new Set<string>();
  return {
    attend(sessionId, exchanges, sessions) {
      for (const exchange of exchanges.filter(isHandoff)) {
        if (hasRunOut(handoff, exchange)) void expire(handoff, sessionId, exchange.id, sessions);
        const { provider, returned } = readRecord(exchange);
        const asks = providerNamed(handoff, provider).status ?? returned?.query;
        if (!asks || followed.has(exchange.id) || !isUnderWay(handoff, exchange)) continue;
        followed.add(exchange.id);
        follow(handoff, sessionId, exchange.id, sessions)
          .catch(() => undefined)
          .finally(() => followed.delete(exchange.id));
      }
    },
    abandon(exchanges) {
      for (const exchange of exchanges.filter(isHandoff)) {
        if (isUnderWay(handoff, exchange)) withdraw(handoff, readRecord(exchange));
      }
    },
  };
}

function hasRunOut({ now }: HandoffDeployment, exchange: Exchange): boolean {
  const record = readRecord(exchange);
  return !isFinal(record) && isFinal(asOf(record, now()));
}

/** Writes down what every reader sees anyway, so that it is news to whoever waits. */
async function expire(
  { now }: HandoffDeployment,
  sessionId: string,
  exchangeId: string,
  sessions: CallbackSessions,
): Promise<void> {
  await sessions
    .update(sessionId, exchangeId, (newest) => writeRecord(asOf(readRecord(newest), now())))
    .catch(() => undefined);
}

/** The provider has it, and nothing came of it yet. */
function isUnderWay(handoff: HandoffDeployment, exchange: Exchange): boolean {
  const record = asOf(readRecord(exchange), handoff.now());
  return record.pending !== undefined && !isFinal(record);
}

async function follow(
  handoff: HandoffDeployment,
  sessionId: string,
  exchangeId: string,
  sessions: CallbackSessions,
): Promise<void> {
  for (;;) {
    const open = await sessions.find(sessionId);
    const exchange = open?.exchanges.find(({ id }) => id === exchangeId);
    if (open === undefined || exchange === undefined || !isUnderWay(handoff, exchange)) return;
    const record = readRecord(exchange);
    const { provider, pending } = await pendingOf(handoff, record);
    const query = record.returned?.query;
    if (query !== undefined && isStranded(record, handoff.now())) {
      const back = { handoff, sessions, open, exchange };
      if (await take(back, query)) await collect(back, new URL(pending.callback + query));
      continue;
    }
    const progress = await withinTimeLimit(async (signal) =>
      provider.status?.(pending, signal),
    ).catch((): Told => 'silent');
    if (moved(record, progress) !== record) {
      await sessions.update(sessionId, exchangeId, (now) =>
        writeRecord(moved(asOf(readRecord(now), handoff.now()), progress)),
      );
    }
    await unhurried(INTERVAL);
  }
}

/** A pause that does not keep a process from ending. */
const unhurried = (ms: number): Promise<unknown> =>
  new Promise((resolve) => {
    AbortSignal.timeout(ms).addEventListener('abort', resolve, { once: true });
  });

type Told = Progress | 'silent' | undefined;

/** The very same record where nothing is new. */
function moved(record: HandoffRecord, told: Told): HandoffRecord {
  if (told === undefined || isFinal(record)) return record;
  if (told === 'silent') {
    const notice = 'unavailable/provider';
    return record.notice === notice ? record : { ...record, notice };
  }
  if ('code' in told) return endedBy(record, told.code);
  const back = record.phase === 'card_read';
  const same = record.phase === told.phase && record.notice !== 'unavailable/provider';
  return back || same ? record : { ...record, phase: told.phase, notice: undefined };
}

/** Tells the operator that nobody waits any more, if it was told of the transaction at all. */
export function withdraw(handoff: HandoffDeployment, { provider, pending }: HandoffRecord): void {
  const { cancel } = providerNamed(handoff, provider);
  if (cancel === undefined || pending === undefined) return;
  withinTimeLimit((signal) => cancel(pending.data as Json, signal)).catch(() => undefined);
}
