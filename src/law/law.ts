/** Questions to the table of dated labels. */
import type { ClaimName, MethodId } from '../wire/contract.ts';
import { LAW, type LawRow, STATUTES, type Statute } from './table.ts';

/** How sure a rung is, a secondary reading of NIST SP 800-63A-4; remote proofing ends at IAL2. */
export const ASSURANCE = {
  wallet: 'ial2',
  jpki: 'ial2',
  'jpki-mobile': 'ial2',
  'ic-chip': 'ial2',
  photo: 'ial1',
} as const satisfies Record<MethodId, string>;

export type Assurance = (typeof ASSURANCE)[MethodId];

/** The label a result carries: which clause, of which statute, as the table said on which day. */
export interface LegalBasis {
  readonly law: Statute;
  readonly statute: string;
  readonly clause: string;
  /** Day of the verification, Japan time. */
  readonly on: string;
  readonly row: string;
}

/** The calendar day in Japan, where these laws apply. @param at milliseconds since 1970 */
export const japaneseDay = (at: number): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

const covers = (row: LawRow, day: string): boolean =>
  (row.validFrom === undefined || row.validFrom <= day) &&
  (row.validTo === undefined || day <= row.validTo);

/** The row in force, or undefined where the table knows none. */
export function lawRow(statute: Statute, method: MethodId, at: number): LawRow | undefined {
  const day = japaneseDay(at);
  return LAW.find((row) => row.statute === statute && row.method === method && covers(row, day));
}

/** Whether the law accepts this rung at this time; without a row it does not. */
export const isAllowed = (statute: Statute, method: MethodId, at: number): boolean =>
  typeof lawRow(statute, method, at)?.clause === 'string';

/** What a result holds of what a clause asks for. */
export interface Content {
  /** Names of the values in it. */
  readonly claims: readonly ClaimName[];
  /** Age of the holder on the day, where it is known. */
  readonly age: number | undefined;
  readonly occupation: boolean;
  readonly signatureVerifier: 'self' | 'operator' | undefined;
}

/** What a profile promises of what a clause asks for. */
export interface Promised {
  /** Claims it asks, each with the days its value is kept. */
  readonly claims: ReadonlyMap<ClaimName, number>;
  readonly recordsKept: 'elsewhere' | undefined;
  readonly imageDays: number;
  readonly proofDays: number;
  readonly signatureVerifier: 'self' | 'operator' | undefined;
}

/** The label of a result; undefined where the clause's content is not in it. */
export function legalBasis(
  statute: Statute,
  method: MethodId,
  at: number,
  content: Content,
): LegalBasis | undefined {
  const row = lawRow(statute, method, at);
  if (row === undefined || row.clause === null) return undefined;
  const { claims, occupation, capacity, minimumAge } = row.conditions;
  const holds =
    claims.every((any) => any.some((claim) => content.claims.includes(claim))) &&
    (occupation === undefined || content.occupation) &&
    (capacity === undefined || content.signatureVerifier === capacity) &&
    (minimumAge === undefined || (content.age !== undefined && content.age >= minimumAge));
  if (!holds) return undefined;
  const { id, clause } = row;
  return { law: statute, statute: STATUTES[statute], clause, on: japaneseDay(at), row: id };
}

/** Whether 職業 must stand in what is signed, so that without it the rung is not offered. */
export const signsOccupation = (statute: Statute, method: MethodId, at: number): boolean =>
  lawRow(statute, method, at)?.conditions.occupation === 'signed';

/**
 * Why a profile can never bring what the clause asks for, in the words of an option; undefined where it
 * can. Keeping records elsewhere waives nothing but their keeping here.
 */
export function unfulfilled(
  { conditions, clause }: LawRow,
  promised: Promised,
): string | undefined {
  const { claims, capacity, records } = conditions;
  const missing = claims.find((any) => !any.some((claim) => promised.claims.has(claim)));
  if (missing) return `clause ${clause} needs the claim ${missing.join(' or ')}`;
  if (capacity !== undefined && promised.signatureVerifier !== capacity) {
    return `clause ${clause} needs handoff: { signatureVerifier: '${capacity}' }`;
  }
  if (promised.recordsKept === 'elsewhere') return undefined;
  const elsewhere = "or recordsKept: 'elsewhere'";
  const { days } = records;
  if (typeof days === 'string') {
    return `clause ${clause} needs its records kept from the end of the contract on: recordsKept: 'elsewhere'`;
  }
  const short = claims.flat().find((claim) => (promised.claims.get(claim) ?? days) < days);
  if (short) return `clause ${clause} needs ${short} with retainDays ${days}, ${elsewhere}`;
  if (promised.proofDays < days) {
    return `clause ${clause} needs retainProofDays ${days}, ${elsewhere}`;
  }
  if (records.of === 'images' && promised.imageDays < days) {
    return `clause ${clause} needs the photos kept: retainDocumentDays ${days}, ${elsewhere}`;
  }
  return undefined;
}
