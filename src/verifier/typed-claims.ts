/** What a reviewer typed from a document, checked like anything that comes from outside. */
import { type Claims, completeClaims, SEXES } from '../methods/claims.ts';
import type { TypedClaim } from '../methods/photo/server/config.ts';
import type { ClaimRule, Profile } from '../methods/profile.ts';
import type { ClaimName } from '../wire/contract.ts';
import { parseAs } from '../wire/parse.ts';
import * as v from '../wire/schema.ts';

const line = v.pipe(
  v.transform(v.string(), (text) => text.trim()),
  v.minLength(1),
  v.maxLength(300),
);

/** Exactly as printed; nothing is added or folded but white space at the ends. */
const entries = {
  name: v.exactOptional(line),
  address: v.exactOptional(line),
  /** `YYYY-MM-DD` */
  birth_date: v.exactOptional(v.string()),
  sex: v.exactOptional(v.picklist(Object.values(SEXES))),
} satisfies Record<TypedClaim, v.Schema>;
const typedClaims = v.strictObject(entries);

/** Values by their names. */
export type TypedClaims = v.InferOutput<typeof typedClaims>;

/**
 * What the profile asks, of what was typed, ages included.
 * @param at milliseconds since 1970, for ages
 * @throws IdVerifyError `malformed/claim`, `request_mismatch/missing_claim`
 */
export function claimsTyped({ claims }: Profile, typed: unknown, at: number): Claims {
  const found = parseAs(typedClaims, typed, 'malformed/claim');
  const asked = Object.entries(claims) as [ClaimName, ClaimRule][];
  return completeClaims(asked, found, at);
}
