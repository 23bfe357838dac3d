/**
 * What can be asked about a person: the one list. Names in messages, the types of values, `Result` and
 * its description follow from it, and who must have a word on each claim (documents, operators,
 * reviewers, every language) does not compile while one is missing.
 */

/** What kind of value answers each claim. */
export const CLAIM_KINDS = {
  name: 'text',
  address: 'text',
  birth_date: 'date',
  sex: 'sex',
  portrait: 'image',
  age_in_years: 'integer',
  local_gov_code: 'text',
  individual_number: 'text',
} as const satisfies Record<string, ClaimKind>;

/** A date is a day of the calendar, `YYYY-MM-DD`; an integer is 0 or more. */
export type ClaimKind = 'text' | 'date' | 'sex' | 'image' | 'integer';

/** A claim of the list. */
export type NamedClaim = keyof typeof CLAIM_KINDS;

export const NAMED_CLAIMS = Object.keys(CLAIM_KINDS) as [NamedClaim, ...NamedClaim[]];

/** `age_over_20` and the like, with two digits; answered by yes or no. */
export type YesNoClaim = `age_over_${number}`;

/** What can be asked about a person, whichever rung answers. */
export type ClaimName = NamedClaim | YesNoClaim;
