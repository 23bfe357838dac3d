/**
 * Legal labels as dated data: which rung a Japanese law accepts, under which letter, from when to
 * when. Not legal advice. A letter means nothing without its statute and its date: ト, ヘ and ル name
 * other methods after 2027-04-01 than before. The user interface shows none of this.
 *
 * Sources: haphanquang/ekyc-jp-ios @ f2cef81, `references/method-map.md` (extracts of the e-Gov law
 * API, checked 2026-10-05), cross-checked with kotoba-lang/ekyc. Secondary to the gazette: a person
 * confirms at e-Gov before a row is changed.
 */
import type { MethodId } from '../wire/contract.ts';

export type Statute = 'jp-aml' | 'jp-mobile' | 'jp-secondhand';

export const STATUTES = {
  'jp-aml': '犯罪収益移転防止法施行規則6条1項1号',
  'jp-mobile': '携帯電話不正利用防止法施行規則3条1項1号',
  'jp-secondhand': '古物営業法施行規則15条3項',
} as const satisfies Record<Statute, string>;

export interface LawRow {
  readonly id: string;
  readonly statute: Statute;
  readonly method: MethodId;
  /** The letter or item; null says that the law has none for this rung. */
  readonly clause: string | null;
  /** First day, Japan time; absent where it precedes this project. */
  readonly validFrom?: string;
  /** Last day, Japan time. */
  readonly validTo?: string;
  /** The evidence must be confirmed by a provided or certified program (番号利用法18条の2第7項). */
  readonly confirmation?: 'required';
  /** Which source, as of which day. */
  readonly source: string;
}

const MAP = 'ekyc-jp-ios method-map, 2026-10-05';

/** One row per statute, rung and span of time; spans of one rung follow each other without a gap. */
export const LAW: readonly LawRow[] = [
  ...spans('jp-aml', 'wallet', ['ル', 'ト'], '2027-03-31', { confirmation: 'required' }),
  ...spans('jp-aml', 'jpki', ['カ', 'ヌ'], '2027-03-31'),
  ...spans('jp-aml', 'jpki-mobile', ['カ', 'ヌ'], '2027-03-31'),
  ...spans('jp-aml', 'ic-chip', ['ヘ', 'ハ'], '2027-03-31'),
  ...spans('jp-aml', 'photo', ['ホ', null], '2027-03-31'),
  row('jp-mobile', 'wallet', 'チ', { confirmation: 'required' }),
  row('jp-mobile', 'jpki', 'ト'),
  row('jp-mobile', 'jpki-mobile', 'ト'),
  row('jp-mobile', 'ic-chip', 'ハ'),
  row('jp-mobile', 'photo', null, { validFrom: '2026-04-01' }),
  row('jp-secondhand', 'wallet', null),
  row('jp-secondhand', 'jpki', '11'),
  row('jp-secondhand', 'jpki-mobile', '11'),
  row('jp-secondhand', 'ic-chip', '9'),
  row('jp-secondhand', 'photo', '8'),
];

type Extras = Partial<Pick<LawRow, 'validFrom' | 'validTo' | 'confirmation'>>;

function row(
  statute: Statute,
  method: MethodId,
  clause: string | null,
  extras: Extras = {},
): LawRow {
  const id = [statute, method, extras.validFrom ?? extras.validTo ?? 'now'].join('/');
  return { id, statute, method, clause, ...extras, source: MAP };
}

/** Two rows around a change: the first ends with `lastDay`, the second starts the day after. */
function spans(
  statute: Statute,
  method: MethodId,
  [before, after]: readonly [string | null, string | null],
  lastDay: string,
  extras: Extras = {},
): LawRow[] {
  return [
    row(statute, method, before, { ...extras, validTo: lastDay }),
    row(statute, method, after, { ...extras, validFrom: dayAfter(lastDay) }),
  ];
}

/** @param day `YYYY-MM-DD` */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
