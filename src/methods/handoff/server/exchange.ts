/** What the server keeps of a handoff between its start and its end, and what a waiting page is told. */
import {
  claimName,
  code,
  type HandoffCode,
  type HandoffPhase,
  type HandoffStatus,
  handoffPhase,
  hash,
  matchCode,
  RUNGS,
  rung,
  text,
  time,
} from '../../../wire/contract.ts';
import type { Code } from '../../../wire/error.ts';
import { parseAs } from '../../../wire/parse.ts';
import * as v from '../../../wire/schema.ts';
import type { Exchange, Json } from '../../method-verifier.ts';

/** The ways to open a handoff on the phone, each with a token of its own. */
export const ENTRANCES = ['qr', 'here', 'copy'] as const;
export type Entrance = (typeof ENTRANCES)[number];

const record = v.strictObject({
  rung,
  provider: v.string(),
  phase: handoffPhase,
  reason: v.optional(code),
  notice: v.optional(code),
  code: matchCode,
  /** The codes to choose from, in the order shown. */
  choices: v.array(matchCode),
  /** What the person is told and agrees to, whatever the profile says later. */
  told: v.strictObject({
    relyingParty: text,
    purpose: text,
    claims: v.array(claimName),
    occupation: v.optional(v.string()),
  }),
  /** Signed by the card. */
  statement: v.string(),
  startedAt: time,
  expiresAt: time,
  device: v.picklist(['computer', 'tablet', 'phone', 'unknown']),
  /** SHA-256 of each link's token. */
  links: v.strictObject({ qr: hash, here: hash, copy: v.optional(hash) }),
  /** Only for a rotating code: the link itself and what it is made fresh with. */
  rotating: v.optional(v.strictObject({ link: v.string(), stream: v.string(), poll: v.string() })),
  opened: v.optional(v.picklist(ENTRANCES)),
  /** SHA-256 of the cookie of the browser that opened the link. */
  browser: v.optional(hash),
  /** SHA-256 of the callback's secret. */
  state: v.optional(hash),
  /** The way back was taken; what it brought is kept until the result is there. */
  returned: v.optional(v.strictObject({ at: time, query: v.optional(v.string()) })),
  /** Where the person goes on, and what the provider wants to remember. */
  pending: v.optional(v.strictObject({ url: v.string(), data: v.unknown() })),
  transactionDigest: v.optional(hash),
  statementHash: v.optional(hash),
});

export type HandoffRecord = v.InferOutput<typeof record>;

/** @throws IdVerifyError `config/exchange` for one of another version of this software */
export const readRecord = ({ data }: Pick<Exchange, 'data'>): HandoffRecord =>
  parseAs(record, data, 'config/exchange');

export const writeRecord = (value: HandoffRecord): Json => JSON.parse(JSON.stringify(value));

export const isHandoff = ({ method }: Exchange): boolean => RUNGS.some((known) => known === method);

const FINAL: readonly HandoffPhase[] = ['completing', 'declined', 'failed', 'expired', 'replaced'];
export const isFinal = ({ phase }: Pick<HandoffRecord, 'phase'>): boolean => FINAL.includes(phase);

/** The record as it is at this time: one that nobody finished has expired. */
export const asOf = (handoff: HandoffRecord, now: number): HandoffRecord =>
  isFinal(handoff) || now < handoff.expiresAt
    ? handoff
    : { ...handoff, phase: 'expired', reason: 'incomplete/timed_out' satisfies HandoffCode };

const PHASES: Readonly<Partial<Record<Code, HandoffPhase>>> = {
  'incomplete/declined': 'declined',
  'incomplete/timed_out': 'expired',
  'incomplete/replaced': 'replaced',
};

/** A handoff that ended without a result; the first end is the one that counts. */
export const endedBy = (handoff: HandoffRecord, reason: HandoffCode): HandoffRecord =>
  isFinal(handoff)
    ? handoff
    : {
        ...handoff,
        phase: PHASES[reason] ?? 'failed',
        reason,
        pending: undefined,
        returned: handoff.returned && { at: handoff.returned.at },
      };

/**
 * The handoff a waiting page should look at: one whose result is there, else the newest.
 * @param exchanges of one session, newest last
 */
export function current(exchanges: readonly Exchange[]): Exchange | undefined {
  const handoffs = exchanges.filter(isHandoff);
  return (
    handoffs.findLast((exchange) => readRecord(exchange).phase === 'completing') ?? handoffs.at(-1)
  );
}

/** Never anything about the person, and the same answer to every question after the end. */
export function statusOf({ id, ...exchange }: Exchange, now: number): HandoffStatus {
  const { rung, phase, expiresAt, reason, notice, transactionDigest, statementHash } = asOf(
    readRecord(exchange),
    now,
  );
  return {
    id,
    rung,
    phase,
    expiresAt,
    ...(reason && { code: reason }),
    ...(notice && { notice }),
    ...(phase === 'completing' && { transactionDigest, statementHash }),
  };
}
