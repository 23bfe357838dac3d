/**
 * Legal labels as dated data: which rung a Japanese law accepts, under which letter, from when to
 * when. Not legal advice. A letter means nothing without its statute and its date: ト, ヘ and ル name
 * other methods after 2027-04-01 than before. The user interface shows none of this.
 *
 * Sources: haphanquang/ekyc-jp-ios @ f2cef81, `references/method-map.md` (extracts of the e-Gov law
 * API, checked 2026-10-05), cross-checked with kotoba-lang/ekyc. Secondary to the gazette: a person
 * confirms at e-Gov before a row is changed. Conditions: `references/hourei-eKYC.md` there (犯収法規則
 * and 古物規則, revisions in force 2026-11-30); those of 携帯法規則 are our own cautious reading.
 */
import type { ClaimName, MethodId } from '../wire/contract.ts';

export type Statute = 'jp-aml' | 'jp-mobile' | 'jp-secondhand';

export const STATUTES = {
  'jp-aml': '犯罪収益移転防止法施行規則6条1項1号',
  'jp-mobile': '携帯電話不正利用防止法施行規則3条1項1号',
  'jp-secondhand': '古物営業法施行規則15条3項',
} as const satisfies Record<Statute, string>;

/**
 * What a clause asks beside the method. A profile that cannot bring it does not start, and a result that
 * does not hold it is not labelled.
 */
export interface Conditions {
  /** Values the result must hold; of several in one place, any. */
  readonly claims: readonly (readonly ClaimName[])[];
  /** 職業, which the site declares: among what is signed, or beside the evidence. */
  readonly occupation?: 'signed' | 'declared';
  /** The site must itself be a 署名検証者 (公的個人認証法17条4項). */
  readonly capacity?: 'self';
  /** The youngest holder, in years. */
  readonly minimumAge?: number;
  readonly records: {
    /** `images`: the photos themselves, beside values and proof. */
    readonly of: 'values' | 'images';
    /** Days from the verification, or a term that only starts when the contract ends. */
    readonly days: number | 'after the contract';
  };
}

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
  readonly conditions: Conditions;
  /** Which source, as of which day. */
  readonly source: string;
}

const MAP = 'ekyc-jp-ios method-map, 2026-10-05';

/** 氏名・住居・生年月日. */
const PERSON: Conditions['claims'] = [['name'], ['address'], ['birth_date']];
/** 特定電磁的記録, and what a chip holds: with 写真. */
const WITH_PORTRAIT: Conditions['claims'] = [...PERSON, ['portrait']];
/** 住所・氏名・年齢, 古物営業法. */
const DEALER: Conditions['claims'] = [['name'], ['address'], ['birth_date', 'age_in_years']];

/** 犯収法6条2項: seven years from the end of the contract. 携帯法: three, read as from its end too. */
const CONTRACT: Conditions['records'] = { of: 'values', days: 'after the contract' };
/** 古物営業法18条: three years. */
const LEDGER: Conditions['records'] = { of: 'values', days: 1096 };

const AML = {
  wallet: { claims: WITH_PORTRAIT, minimumAge: 15, records: CONTRACT },
  jpki: { claims: PERSON, capacity: 'self', records: CONTRACT },
  chip: { claims: WITH_PORTRAIT, records: CONTRACT },
  photo: { claims: PERSON, records: { ...CONTRACT, of: 'images' } },
} as const satisfies Record<string, Conditions>;
/** Content of its own was in no stored text: the person, and what JPKI asks of every verifier. */
const MOBILE = {
  any: { claims: PERSON, records: CONTRACT },
  jpki: { claims: PERSON, capacity: 'self', records: CONTRACT },
} as const satisfies Record<string, Conditions>;
const SECONDHAND = {
  jpki: { claims: DEALER, occupation: 'signed', capacity: 'self', records: LEDGER },
  chip: { claims: DEALER, occupation: 'declared', records: LEDGER },
  photo: { claims: DEALER, occupation: 'declared', records: { ...LEDGER, of: 'images' } },
} as const satisfies Record<string, Conditions>;

/** One row per statute, rung and span of time; spans of one rung follow each other without a gap. */
export const LAW: readonly LawRow[] = [
  ...spans('jp-aml', 'wallet', ['ル', 'ト'], '2027-03-31', AML.wallet, {
    confirmation: 'required',
  }),
  ...spans('jp-aml', 'jpki', ['カ', 'ヌ'], '2027-03-31', AML.jpki),
  ...spans('jp-aml', 'jpki-mobile', ['カ', 'ヌ'], '2027-03-31', AML.jpki),
  ...spans('jp-aml', 'ic-chip', ['ヘ', 'ハ'], '2027-03-31', AML.chip),
  ...spans('jp-aml', 'photo', ['ホ', null], '2027-03-31', AML.photo),
  row('jp-mobile', 'wallet', 'チ', MOBILE.any, { confirmation: 'required' }),
  row('jp-mobile', 'jpki', 'ト', MOBILE.jpki),
  row('jp-mobile', 'jpki-mobile', 'ト', MOBILE.jpki),
  row('jp-mobile', 'ic-chip', 'ハ', MOBILE.any),
  row('jp-mobile', 'photo', null, MOBILE.any, { validFrom: '2026-04-01' }),
  row('jp-secondhand', 'wallet', null, SECONDHAND.chip),
  row('jp-secondhand', 'jpki', '11', SECONDHAND.jpki),
  row('jp-secondhand', 'jpki-mobile', '11', SECONDHAND.jpki),
  row('jp-secondhand', 'ic-chip', '9', SECONDHAND.chip),
  row('jp-secondhand', 'photo', '8', SECONDHAND.photo),
];

type Extras = Partial<Pick<LawRow, 'validFrom' | 'validTo' | 'confirmation'>>;

function row(
  statute: Statute,
  method: MethodId,
  clause: string | null,
  conditions: Conditions,
  extras: Extras = {},
): LawRow {
  const id = [statute, method, extras.validFrom ?? extras.validTo ?? 'now'].join('/');
  return { id, statute, method, clause, conditions, ...extras, source: MAP };
}

/** Two rows around a change: the first ends with `lastDay`, the second starts the day after. */
function spans(
  statute: Statute,
  method: MethodId,
  [before, after]: readonly [string | null, string | null],
  lastDay: string,
  conditions: Conditions,
  extras: Extras = {},
): LawRow[] {
  return [
    row(statute, method, before, conditions, { ...extras, validTo: lastDay }),
    row(statute, method, after, conditions, { ...extras, validFrom: dayAfter(lastDay) }),
  ];
}

/** @param day `YYYY-MM-DD` */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
