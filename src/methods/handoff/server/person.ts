/**
 * The person as the certificate names them, beside what the operator says. What stands in the
 * certificate is the claim; an operator that says something else is not believed in anything.
 */
import { isWholeDate, type JpkiPerson } from '../../../jpki/person.ts';
import { japaneseDay } from '../../../law/law.ts';
import type { ClaimName } from '../../../wire/contract.ts';
import type { Code } from '../../../wire/error.ts';
import { ageOn, type Claims } from '../../claims.ts';
import type { Check } from '../../method-verifier.ts';

export interface Joined {
  readonly claims: Claims;
  /** One for each claim that was asked and stands in certificates, and for each that is contradicted. */
  readonly checks: readonly Check[];
  /** Claims of which nobody can say for certain what they are. */
  readonly uncertain: readonly ClaimName[];
}

/** Of these a certificate speaks; ages follow from the date of birth. */
const HELD = ['name', 'address', 'birth_date', 'sex'] as const;
type Held = (typeof HELD)[number];

const isAge = (claim: string): boolean => claim.startsWith('age_');

/**
 * @param asked what the person was told is asked
 * @param at milliseconds since 1970, for ages
 */
export function joinClaims(
  person: JpkiPerson,
  told: Claims,
  asked: readonly ClaimName[],
  at: number,
): Joined {
  const others = Object.entries(told).filter(([claim]) => !isHeld(claim) && !isAge(claim));
  const claims: Record<string, unknown> = Object.fromEntries(others);
  const checks: Check[] = [];
  const uncertain: ClaimName[] = [];
  for (const claim of HELD) {
    const isAsked = asked.some((one) => one === claim || (claim === 'birth_date' && isAge(one)));
    const { value, code } = compared(claim, person, told, at);
    const failed = code !== undefined && !code.startsWith('undetermined/');
    // Nobody asked for it and nobody gets it; but who says something false is not believed in the rest.
    if (!isAsked && !failed) continue;
    const id = `jpki.${claim}`;
    if (value !== undefined) claims[claim] = value;
    if (code === undefined) checks.push({ id, outcome: 'passed' });
    else {
      checks.push({ id, outcome: failed ? 'failed' : 'undetermined', code });
      uncertain.push(claim);
    }
  }
  return { claims: claims as Claims, checks, uncertain };
}

const isHeld = (claim: string): claim is Held => HELD.some((held) => held === claim);

interface Compared {
  readonly value: string | undefined;
  readonly code: Code | undefined;
}

function compared(claim: Held, person: JpkiPerson, told: Claims, at: number): Compared {
  if (claim === 'birth_date') return birthDate(person, told, at);
  const said: string | undefined = told[claim];
  const value: string | undefined = person[claim];
  if (value === undefined) return { value: said, code: 'undetermined/operators_word' };
  if (isUncertain(claim, person)) return { value, code: 'undetermined/substitute_character' };
  if (said === undefined || fold(said) === fold(value)) return { value, code: undefined };
  const unknown = claim === 'sex' && value === 'not_known';
  return { value, code: unknown ? 'undetermined/operators_word' : 'request_mismatch/certificate' };
}

/** A name with a substitute in it may be spelt otherwise and be the same. */
const isUncertain = (claim: Held, person: JpkiPerson): boolean =>
  (claim === 'name' && person.nameSubstituted) ||
  (claim === 'address' && person.addressSubstituted);

/** A day that is not known gives no date and no age, whatever the operator says. */
function birthDate({ birthDate: known }: JpkiPerson, told: Claims, at: number): Compared {
  const { birth_date: said } = told;
  if (known === undefined || !isWholeDate(known)) {
    const contradicts = said !== undefined && !said.startsWith(known ?? '');
    const code = contradicts ? 'request_mismatch/certificate' : 'undetermined/birth_date';
    return { value: undefined, code };
  }
  const age = ageOn(japaneseDay(at), known);
  const ages = Object.entries(told).every(([claim, value]) => {
    if (claim === 'age_in_years') return value === age;
    if (!isAge(claim)) return true;
    return value === age >= Number(claim.slice('age_over_'.length));
  });
  const same = (said === undefined || said === known) && ages;
  return { value: known, code: same ? undefined : 'request_mismatch/certificate' };
}

/** NFKC, without white space, and one dash for all there are. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[‐‑‒–—―−ー]/gu, '-');
