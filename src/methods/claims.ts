/** What was learned about the person, in one neutral shape whichever rung answered. */
import { japaneseDay } from '../law/law.ts';
import {
  CLAIM_KINDS,
  type ClaimKind,
  type ClaimName,
  NAMED_CLAIMS,
  type NamedClaim,
  type YesNoClaim,
} from '../wire/claims.ts';
import { IdVerifyError } from '../wire/error.ts';
import { isCalendarDate } from '../wire/fields.ts';

/** An image as a document holds it. */
export interface Picture {
  readonly type: 'image/jpeg' | 'image/jp2';
  /** base64url */
  readonly data: string;
}

/** ISO/IEC 5218 in words. */
export const SEXES = { 0: 'not_known', 1: 'male', 2: 'female', 9: 'not_applicable' } as const;
export type Sex = (typeof SEXES)[keyof typeof SEXES];

/** What stands for each kind of value. */
export interface KindValues {
  text: string;
  date: string;
  sex: Sex;
  image: Picture;
  integer: number;
}

export type ClaimValue<Name extends ClaimName = ClaimName> = Name extends NamedClaim
  ? KindValues[(typeof CLAIM_KINDS)[Name]]
  : boolean;

/** The claims for which a table has something. */
export const claimsIn = (table: Readonly<Record<NamedClaim, unknown>>): NamedClaim[] =>
  NAMED_CLAIMS.filter((claim) => table[claim]);

/** Values by the neutral names: `birth_date` is `YYYY-MM-DD`, each `age_over_NN` a boolean. */
export type Claims = { readonly [name in ClaimName]?: ClaimValue<name> };

/** Claims of values that were read by their names. */
export const claimsOf = (entries: Iterable<readonly [ClaimName, ClaimValue]>): Claims =>
  Object.fromEntries(entries) as Claims;

/** Full years on a day, both `YYYY-MM-DD`; a 29 February birthday is reached on 1 March. */
export function ageOn(day: string, birthDate: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Whether a claim is answered by yes or no. */
export const isYesNo = (claim: ClaimName): claim is YesNoClaim => claim.startsWith('age_over_');

const ageLimit = (claim: ClaimName): number | undefined =>
  isYesNo(claim) ? Number(claim.slice('age_over_'.length)) : undefined;

/** Whether a claim is among those known, or follows from them. */
export const isDerivable = (claim: ClaimName, known: readonly ClaimName[]): boolean =>
  known.includes(claim) ||
  ((ageLimit(claim) !== undefined || claim === 'age_in_years') && known.includes('birth_date'));

/** The age in years, or else from the birth date on today's date in Japan. */
export function ageFrom({ age_in_years, birth_date }: Claims, at: number): number | undefined {
  if (age_in_years !== undefined) return age_in_years;
  return birth_date === undefined ? undefined : ageOn(japaneseDay(at), birth_date);
}

/** Characters that nobody sees, or that change how others are seen: controls, direction, zero width. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu;
/** And those that only take room. */
const EMPTY = /[\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether a text holds characters that could make it read as another. */
export const hasUnseen = (text: string): boolean => text.search(UNSEEN) >= 0;

/** A text that cannot but show what it holds. */
export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '\u{fffd}');

const isBlank = (text: string): boolean => text.replace(EMPTY, '') === '';

type Unseen = 'refuse' | 'mark';

/** No name or address of a person is longer. */
const LONGEST_TEXT = 300;
const OLDEST = 150;

const isText = (value: unknown): boolean =>
  typeof value === 'string' && !isBlank(value) && [...value].length <= LONGEST_TEXT;

const isSound: Readonly<Record<ClaimKind, (value: unknown, at: number) => boolean>> = {
  text: isText,
  date: (value, at) =>
    typeof value === 'string' &&
    isCalendarDate(value) &&
    value >= '1900-01-01' &&
    value <= japaneseDay(at),
  sex: (value) => Object.values(SEXES).some((sex) => sex === value),
  image: (value) => typeof value === 'object' && value !== null,
  integer: (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= OLDEST,
};

/**
 * Whether a value can be what it says, whoever says it: a wallet, an operator, a reviewer.
 * @throws IdVerifyError `malformed/claim`, without the value
 */
function requireSound(claim: ClaimName, value: unknown, at: number, unseen: Unseen): void {
  const sound = isYesNo(claim)
    ? typeof value === 'boolean'
    : isSound[CLAIM_KINDS[claim]](value, at);
  const hidden = unseen === 'refuse' && typeof value === 'string' && hasUnseen(value);
  if (!sound || hidden)
    throw new IdVerifyError('malformed/claim', `${claim} is not one that can be`);
}

/**
 * What was found of what a profile asks, with the ages that follow; nothing else is handed on.
 * @param at milliseconds since 1970, for ages
 * @param unseen what becomes of texts with characters nobody sees: a signed document's are handed on
 *   and marked
 * @throws IdVerifyError `request_mismatch/missing_claim`, `malformed/claim`
 */
export function completeClaims(
  asked: readonly (readonly [ClaimName, { readonly optional?: boolean }])[],
  found: Claims,
  at: number,
  unseen: Unseen = 'refuse',
): Claims {
  // Ages follow from it even where it is not asked itself.
  if (found.birth_date !== undefined) requireSound('birth_date', found.birth_date, at, unseen);
  const age = ageFrom(found, at);
  const complete: [ClaimName, ClaimValue][] = [];
  for (const [claim, { optional }] of asked) {
    const over = ageLimit(claim);
    const derived =
      claim === 'age_in_years'
        ? age
        : age !== undefined && over !== undefined
          ? age >= over
          : undefined;
    const value = found[claim] ?? derived;
    if (value !== undefined) {
      requireSound(claim, value, at, unseen);
      complete.push([claim, value]);
    } else if (!optional) {
      throw new IdVerifyError('request_mismatch/missing_claim', `${claim} was not given`);
    }
  }
  return claimsOf(complete);
}
