/**
 * What a site wants to know, from whom and why: the server's word, written by the operator. A page
 * can narrow a profile, never widen it.
 */
import type { Statute } from '../law/table.ts';
import type { ClaimName, MethodId, NamedClaim, Text, YesNoClaim } from '../wire/contract.ts';
import { isYesNo } from './claims.ts';
import type { HandoffSettings } from './handoff/settings.ts';
import type { PhotoSettings } from './photo/settings.ts';
import type { WalletSettings } from './wallet/settings.ts';

/** One thing asked about the person. */
export interface ClaimRule {
  /** Shown before anything is sent. */
  readonly purpose: Text;
  /** Days the value is kept after verification; with 0 one hour, for the result to be fetched. */
  readonly retainDays: number;
  /** Shown to the person before they confirm. Default true, except for `portrait`. */
  readonly review?: boolean;
  /** The person may withhold it. Default false. */
  readonly optional?: boolean;
}

/** A yes/no claim, which says what answer the occasion needs. */
export type YesNoRule = ClaimRule &
  (
    | {
        /**
         * The answer without which nobody is verified. Another one ends the session at once as
         * `refused`, with the code `policy/requirement` in the server's result and nowhere else.
         * `either`: the site decides by the value.
         */
        readonly mustBe: boolean | 'either';
        readonly optional?: false;
      }
    | { readonly mustBe: 'either'; readonly optional: true }
  );

/** What is asked, by the neutral names all methods share. */
export type ClaimRules = { readonly [name in NamedClaim]?: ClaimRule } & {
  readonly [name in YesNoClaim]?: YesNoRule;
};

/** Settings of each rung in a profile, in the order in which they are offered. */
export interface MethodSettings {
  readonly wallet?: WalletSettings;
  readonly jpki?: HandoffSettings;
  readonly 'jpki-mobile'?: HandoffSettings;
  readonly 'ic-chip'?: HandoffSettings;
  readonly photo?: PhotoSettings;
}

/**
 * Whether a profile that asks for yes or no only would show more on this way: a certificate, a chip and
 * a photo hold name, address and date of birth, and whoever reads them sees them.
 */
export const showsMore = ({ claims, methods }: Profile, method: MethodId): boolean =>
  method !== 'wallet' &&
  (Object.keys(claims) as ClaimName[]).every(isYesNo) &&
  methods[method]?.revealsMore !== true;

/** One occasion to ask, for example the opening of an account. */
export interface Profile {
  /** Why the site asks at all. */
  readonly purpose: Text;
  readonly claims: ClaimRules;
  readonly methods: MethodSettings;
  /**
   * The law under which the site must verify; decides which rungs are offered, by date. A server that
   * starts with a rung the law does not accept that day refuses to.
   */
  readonly law?: Statute;
  /**
   * The site keeps the records its law asks for in a system of its own. Waives only that they are kept
   * here: never what is asked, signed or declared.
   */
  readonly recordsKept?: 'elsewhere';
  /** What follows when a value contradicts the member's account; needs `accounts`. Default `report`. */
  readonly onMismatch?: 'refuse' | 'report';
  /**
   * Refuses evidence of another device than the page's, as far as can be known: no session moves to a
   * phone, and rungs that an app answers for cannot be in the profile. What device a browser's own
   * wallet dialogue asked is not known.
   */
  readonly crossDevice?: 'forbid';
  /**
   * Refuses a handoff whose operator is not known to keep its page to the browser in which the number
   * was chosen.
   */
  readonly boundBrowser?: 'required';
  /**
   * `required`: a confirmation program that is provided or certified must have agreed. With `law` the
   * table of laws may require it as well.
   */
  readonly confirmation?: 'required';
  /**
   * The only way to ask for the 個人番号. Collecting it is limited to the purposes of the 番号利用法;
   * the basis stated here is shown to the person.
   */
  readonly individualNumber?: { readonly legalBasis: Text };
  /** Days the proof (no personal data) is kept after the session's end, an hour at least. Default 1. */
  readonly retainProofDays?: number;
  /**
   * Days the document itself, decrypted or photographed, is kept, so that it can be verified again.
   * Default 0.
   */
  readonly retainDocumentDays?: number;
}
