/** What was learned about the person, in one neutral shape whichever rung answered. */
import type { ClaimName } from '../wire/contract.ts';

export interface Picture {
  readonly type: 'image/jpeg' | 'image/jp2';
  /** base64url */
  readonly data: string;
}

/** ISO/IEC 5218 in words. */
export const SEXES = { 0: 'not_known', 1: 'male', 2: 'female', 9: 'not_applicable' } as const;
export type Sex = (typeof SEXES)[keyof typeof SEXES];

interface ClaimValues {
  name: string;
  address: string;
  /** `YYYY-MM-DD` */
  birth_date: string;
  sex: Sex;
  portrait: Picture;
  age_in_years: number;
  local_gov_code: string;
  individual_number: string;
}

export type ClaimValue<Name extends ClaimName = ClaimName> = Name extends keyof ClaimValues
  ? ClaimValues[Name]
  : boolean;

export type Claims = { readonly [name in ClaimName]?: ClaimValue<name> };

/** Claims of values that were read by their names. */
export const claimsOf = (entries: Iterable<readonly [ClaimName, ClaimValue]>): Claims =>
  Object.fromEntries(entries) as Claims;

/** Full years on a day, both `YYYY-MM-DD`; a 29 February birthday is reached on 1 March. */
export function ageOn(day: string, birthDate: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
