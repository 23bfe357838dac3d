/** From elements of a document to claims about a person. */
import { portraitType, readDate } from '../../../mdoc/elements.ts';
import type { MdocElements } from '../../../mdoc/verify-device-response.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import type { CborValue } from '../../../wire/cbor.ts';
import { CLAIM_KINDS, type ClaimKind, type ClaimName } from '../../../wire/claims.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import {
  type Claims,
  type ClaimValue,
  claimsOf,
  completeClaims,
  isYesNo,
  SEXES,
  type Sex,
} from '../../claims.ts';
import type { ClaimRule, Profile } from '../../profile.ts';
import { type DocType, elementsOf } from '../doctypes.ts';

const wrongType = (claim: ClaimName) =>
  new IdVerifyError('malformed/element_type', `the element for ${claim} has another type`);

type Reader = (values: readonly CborValue[], claim: ClaimName) => ClaimValue;

/** One text, or several joined as the document has them (family name, given name). */
const text: Reader = (values, claim) => {
  if (!values.every((value) => typeof value === 'string')) throw wrongType(claim);
  return values.join(' ');
};

const uint: Reader = ([value], claim) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw wrongType(claim);
  return value;
};

const yesNo: Reader = ([value], claim) => {
  if (typeof value !== 'boolean') throw wrongType(claim);
  return value;
};

const date: Reader = ([value = null], claim) => {
  const day = readDate(value)?.day;
  if (day === undefined) throw wrongType(claim);
  return day;
};

const sex: Reader = ([value], claim) => {
  const words: Readonly<Record<string, Sex>> = SEXES;
  const word = typeof value === 'number' ? words[value] : undefined;
  if (word === undefined) throw wrongType(claim);
  return word;
};

const portrait: Reader = ([value], claim) => {
  const type = value instanceof Uint8Array ? portraitType(value) : undefined;
  if (!(value instanceof Uint8Array) || type === undefined) throw wrongType(claim);
  return { type, data: toBase64url(value) };
};

const READERS: Readonly<Record<ClaimKind, Reader>> = {
  text,
  date,
  sex,
  image: portrait,
  integer: uint,
};

const readerOf = (claim: ClaimName): Reader =>
  isYesNo(claim) ? yesNo : READERS[CLAIM_KINDS[claim]];

/**
 * What a document says about what the profile asks; nothing else is handed on.
 * @param at milliseconds since 1970, for ages
 * @throws IdVerifyError `request_mismatch/missing_claim`, `malformed/element_type`
 */
export function claimsFrom(
  elements: MdocElements,
  docType: DocType,
  profile: Profile,
  at: number,
): Claims {
  const found = new Map<ClaimName, ClaimValue>();
  const asked = Object.keys(profile.claims) as ClaimName[];
  for (const claim of asked) {
    const values = (elementsOf(docType, claim) ?? []).map(({ namespace, element }) =>
      elements.get(namespace)?.get(element),
    );
    const present = values.filter((value) => value !== undefined);
    if (present.length < values.length || present.length === 0) continue;
    found.set(claim, readerOf(claim)(present, claim));
  }
  const rules = Object.entries(profile.claims) as [ClaimName, ClaimRule][];
  return completeClaims(rules, claimsOf(found), at, 'mark');
}
