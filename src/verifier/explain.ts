/** Why a check did not pass, once for the operator and once for the person. */

import { PART_REFUSALS } from '../mdoc/part-refusals.ts';
import { MDOC_REFUSALS } from '../mdoc/refusals.ts';
import type { Check } from '../methods/method-verifier.ts';
import { WALLET_REFUSALS } from '../methods/wallet/server/refusals.ts';
import { en as enTrouble } from '../screens/trouble/en.ts';
import { ja as jaTrouble } from '../screens/trouble/ja.ts';
import { type Meaning, sentence } from '../trust/refusal.ts';
import { type Category, type Code, isCode } from '../wire/error.ts';
import {
  ACCOUNT_REFUSALS,
  HANDOFF_REFUSALS,
  PHOTO_REFUSALS,
  SESSION_REFUSALS,
} from './explanations.ts';

/** Every code of a check with its meaning, those of accounts and of an operator's own program apart. */
export const MEANINGS: Readonly<Partial<Record<Code, Meaning>>> = {
  ...PART_REFUSALS,
  ...MDOC_REFUSALS,
  ...WALLET_REFUSALS,
  ...HANDOFF_REFUSALS,
  ...PHOTO_REFUSALS,
  ...SESSION_REFUSALS,
};

/** Why a check did not pass, for two readers. */
export interface Explanation {
  /** What, where, expected, found, clause. For logs and support, in English; nothing about the person. */
  readonly operator: string;
  /** For the person, in their language: what it means and what to do, and nothing an attacker could use. */
  readonly person: { readonly heading: string; readonly text: string; readonly note?: string };
}

const WORDS = { ja: jaTrouble, en: enTrouble };

/**
 * Explains a check that failed or could not be done.
 * @param check of a `Result`, a `MdocRefusedError` or a record; one that passed needs no explanation
 * @param lang of the person
 * @returns undefined for a check that passed
 */
export function explain(
  { id, code, detail }: Pick<Check, 'id' | 'code' | 'detail'>,
  lang: 'ja' | 'en',
): Explanation | undefined {
  if (code === undefined) return undefined;
  const { cases, categories } = WORDS[lang];
  const known: Readonly<Partial<Record<Code, Explanation['person']>>> = cases;
  const category = (isCode(code) ? code.split('/', 1)[0] : 'undetermined') as Category;
  const { heading, text, note }: Explanation['person'] = known[code] ?? categories[category];
  return {
    operator: isSentence(detail) ? detail : sentence(meaningOf(code, id), facts(detail)),
    person: { heading, text, ...(note !== undefined && { note }) },
  };
}

/** The checks with an operator's sentence for each that did not pass. */
export const explained = (checks: readonly Check[]): Check[] =>
  checks.map((check) => {
    const explanation = explain(check, 'en');
    return explanation ? { ...check, detail: explanation.operator } : check;
  });

const facts = (detail: string | undefined) => (detail === undefined ? {} : { found: detail });

/** As `sentence` makes them. */
const isSentence = (detail: string | undefined): detail is string =>
  detail !== undefined && /, in .*: expected .*, found .* \(.+\)\.$/s.test(detail);

function meaningOf(code: Code, id: string): Meaning {
  if (code.startsWith('policy/mismatch_')) return ACCOUNT_REFUSALS.mismatch;
  if (code.startsWith('undetermined/match_')) return ACCOUNT_REFUSALS.undetermined;
  return MEANINGS[code] ?? ['The check was refused', id, 'none of this', code, id];
}
