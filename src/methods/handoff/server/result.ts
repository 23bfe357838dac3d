/**
 * What the provider told, kept between the callback and the page's evidence: in the record for
 * personal data, and gone with the handoff.
 */
import { fromBase64url, toBase64url, utf8 } from '../../../wire/bytes.ts';
import { checkOutcome, claimName, code, rung } from '../../../wire/contract.ts';
import { parseAs } from '../../../wire/parse.ts';
import * as v from '../../../wire/schema.ts';
import { type Claims, type ClaimValue, claimsOf } from '../../claims.ts';
import type { Check } from '../../method-verifier.ts';
import type { HandoffResult } from './provider.ts';

const kept = v.strictObject({
  rung,
  statement: v.string(),
  statementIsPersonal: v.optional(v.boolean()),
  claims: v.array(v.tuple([claimName, v.union([v.string(), v.number(), v.boolean()])])),
  checks: v.array(
    v.strictObject({
      id: v.string(),
      outcome: checkOutcome,
      code: v.optional(code),
      detail: v.optional(v.string()),
    }),
  ),
  certificateStatus: v.optional(
    v.strictObject({ status: v.picklist(['good', 'revoked']), at: v.number() }),
  ),
  signature: v.optional(v.strictObject({ value: v.string(), certificate: v.string() })),
});

export function keptBytes({ claims, signature, ...result }: HandoffResult): Uint8Array {
  return utf8(
    JSON.stringify({
      ...result,
      claims: Object.entries(claims),
      signature: signature && {
        value: toBase64url(signature.value),
        certificate: toBase64url(signature.certificate),
      },
    }),
  );
}

/** @throws IdVerifyError `config/exchange` for what another version of this software kept */
export function readKept(bytes: Uint8Array): HandoffResult {
  const read = parseAs(kept, JSON.parse(new TextDecoder().decode(bytes)), 'config/exchange');
  const claims: Claims = claimsOf(read.claims as [keyof Claims, ClaimValue][]);
  return {
    rung: read.rung,
    statement: read.statement,
    statementIsPersonal: read.statementIsPersonal ?? false,
    claims,
    checks: read.checks as Check[],
    ...(read.certificateStatus && { certificateStatus: read.certificateStatus }),
    ...(read.signature && {
      signature: {
        value: fromBase64url(read.signature.value),
        certificate: fromBase64url(read.signature.certificate),
      },
    }),
  };
}
