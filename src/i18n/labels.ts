/** Values in words, as the first screens need them: texts in several languages, names of claims. */
import type { ClaimName, Text } from '../wire/contract.ts';
import type { ClaimWords } from './glossary.ts';

/** The text in this language; Japanese is always there. */
export const pick = (text: Text, language: string): string => text[language] ?? text.ja ?? '';

/** A claim's name, for example 氏名 or 20歳以上かどうか. */
export function claimLabel(claim: ClaimName, messages: ClaimWords): string {
  const age = /^age_over_(\d\d)$/.exec(claim)?.[1];
  if (age) return messages.ageOver(Number(age));
  const labels: Readonly<Record<string, string>> = messages.claims;
  return labels[claim] ?? claim;
}
