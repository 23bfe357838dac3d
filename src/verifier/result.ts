/** What the site's server gets, one shape for every rung. */
import { type ClaimValue, type KindValues, SEXES } from '../methods/claims.ts';
import {
  CLAIM_KINDS,
  type ClaimKind,
  METHODS,
  NAMED_CLAIMS,
  type NamedClaim,
  text,
} from '../wire/contract.ts';
import * as v from '../wire/schema.ts';

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const VALUES = {
  text: v.string(),
  date: day,
  sex: v.picklist(Object.values(SEXES)),
  image: v.strictObject({ type: v.picklist(['image/jpeg', 'image/jp2']), data: v.string() }),
  integer: count,
} as const satisfies { readonly [kind in ClaimKind]: v.Schema<KindValues[kind]> };

const values = Object.fromEntries(
  NAMED_CLAIMS.map((claim) => [claim, v.optional(VALUES[CLAIM_KINDS[claim]])]),
) as { readonly [claim in NamedClaim]: v.Optional<ClaimValue<claim> | undefined> };

/** By name, and `age_over_NN`. */
const claims = v.objectWithRest(values, v.boolean());

const check = v.strictObject({
  id: v.string(),
  outcome: v.picklist(['passed', 'failed', 'undetermined']),
  code: v.optional(v.string()),
  detail: v.optional(v.string()),
});

export const result = v.strictObject({
  status: v.picklist(['verified', 'pending', 'refused', 'cancelled', 'expired']),
  sessionId: v.string(),
  subject: v.string(),
  /** What the session was minted with. */
  externalId: v.optional(v.string()),
  profile: v.string(),
  origin: v.string(),
  /** Absent where nothing was accepted. */
  method: v.optional(v.picklist(METHODS)),
  /** Whether the evidence came from another device than the page's, as far as we can know. */
  crossDevice: v.boolean(),
  /**
   * Whether the operator of a handoff is known to keep its page to the browser in which the number was
   * chosen; absent for other methods.
   */
  boundBrowser: v.optional(v.picklist(['passed', 'undetermined'])),
  environment: v.picklist(['test', 'production']),
  /** A secondary reading of NIST SP 800-63A-4; present when verified. */
  assurance: v.optional(v.picklist(['ial1', 'ial2'])),
  /** The clause the profile's law has for this rung on that day; present when verified under a law. */
  legalBasis: v.optional(
    v.strictObject({
      law: v.picklist(['jp-aml', 'jp-mobile', 'jp-secondhand']),
      statute: v.string(),
      clause: v.string(),
      on: day,
      row: v.string(),
    }),
  ),
  /** Empty unless verified, and without what has been erased since. */
  claims,
  checks: v.array(check),
  /** Names the stored evidence; present where some was accepted. */
  evidenceRef: v.optional(v.string()),
  /** Milliseconds since 1970. */
  verifiedAt: v.optional(count),
  /** Why the session was refused. */
  code: v.optional(v.string()),
  /** What a reviewer who refused told the person. */
  reason: v.optional(text),
});

/** What `redeem` gives: plain JSON, one shape for every method. */
export type Result = v.InferOutput<typeof result>;
