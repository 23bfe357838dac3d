/** Questions to the table of dated labels. */
import type { MethodId } from '../wire/contract.ts';
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

export function legalBasis(statute: Statute, method: MethodId, at: number): LegalBasis | undefined {
  const row = lawRow(statute, method, at);
  if (row === undefined || row.clause === null) return undefined;
  const { id, clause } = row;
  return { law: statute, statute: STATUTES[statute], clause, on: japaneseDay(at), row: id };
}
