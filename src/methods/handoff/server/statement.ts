/**
 * What the person reads on the phone and the card signs: who asks, for what, by which code, and a
 * nonce that makes each statement the only one of its kind.
 */
import type { ClaimName, NamedClaim, Rung, Text } from '../../../wire/contract.ts';
import { isYesNo } from '../../claims.ts';

export interface StatementFacts {
  readonly relyingParty: Text;
  readonly purpose: Text;
  readonly claims: readonly ClaimName[];
  readonly origin: string;
  readonly rung: Rung;
  readonly code: string;
  /** 職業, as the site has declared it. */
  readonly occupation?: string | undefined;
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const CLAIMS: Readonly<Record<NamedClaim, { readonly ja: string; readonly en: string }>> = {
  name: { ja: '氏名', en: 'name' },
  address: { ja: '住所', en: 'address' },
  birth_date: { ja: '生年月日', en: 'date of birth' },
  sex: { ja: '性別', en: 'sex' },
  portrait: { ja: '顔写真', en: 'portrait' },
  age_in_years: { ja: '年齢', en: 'age' },
  local_gov_code: { ja: '市区町村コード', en: 'municipality code' },
  individual_number: { ja: 'マイナンバー（個人番号）', en: 'individual number' },
};

/** A claim's name as people read it. */
export function claimText(claim: ClaimName, language: 'ja' | 'en'): string {
  if (!isYesNo(claim)) return CLAIMS[claim][language];
  const years = claim.replace(/^age_over_/, '');
  return language === 'ja' ? `${years}歳以上かどうか` : `whether ${years} or older`;
}

/** What an operator wrote, on one line: nothing in it can look like a line of ours. */
const lineOf = ({ ja = '', en }: Text): Text => {
  const flat = (words: string) => words.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return { ja: flat(ja), ...(en !== undefined && { en: flat(en) }) };
};

/** The sentence a person agrees to, in both languages. */
export function agreement(facts: Omit<StatementFacts, 'nonce' | 'at' | 'origin' | 'rung'>): Text {
  const { claims, code, occupation } = facts;
  const [relyingParty, purpose] = [lineOf(facts.relyingParty), lineOf(facts.purpose)];
  const list = (language: 'ja' | 'en', comma: string) =>
    claims.map((claim) => claimText(claim, language)).join(comma);
  const name = relyingParty.en ?? relyingParty.ja;
  const why = purpose.en ?? purpose.ja;
  return {
    ja: `「${relyingParty.ja}」に、${list('ja', '、')}を伝えることに同意します。目的: ${purpose.ja}。${occupation ? `職業: ${occupation}。` : ''}確認コード: ${code}。`,
    en: `I agree that “${name}” is told my ${list('en', ', ')}. Purpose: ${why}. ${occupation ? `Occupation: ${occupation}. ` : ''}Code: ${code}.`,
  };
}

/** The bytes that are signed, as text: the sentence in Japanese, then what binds it to one session. */
export const transactionStatement = (facts: StatementFacts): string =>
  [
    agreement(facts).ja,
    '',
    'id-verify transaction v1',
    `origin: ${facts.origin}`,
    `rung: ${facts.rung}`,
    `claims: ${facts.claims.join(' ')}`,
    `nonce: ${facts.nonce}`,
    `at: ${new Date(facts.at).toISOString()}`,
    '',
  ].join('\n');
