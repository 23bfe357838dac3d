/** What a deployment with handoffs must have, checked at start. */
import { isAuthenticationRoot } from '../../../jpki/certificate.ts';
import { JPKI_SIGNING_POLICIES } from '../../../jpki/policies.ts';
import { parseCertificate } from '../../../trust/certificate.ts';
import { asksAddresses } from '../../../trust/crl.ts';
import { nameText } from '../../../trust/name.ts';
import type { RevocationPolicy } from '../../../trust/revocation.ts';
import { type ClaimName, identifier, link, RUNGS, type Rung } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import * as v from '../../../wire/schema.ts';
import { isDerivable } from '../../claims.ts';
import {
  LIST,
  ONLY_TRUE,
  oneOf,
  REVOCATION,
  type Rule,
  type Rules,
  refuse,
  requireKnown,
  requireShape,
} from '../../config.ts';
import type { Deployment, Environment } from '../../method-verifier.ts';
import type { Profile } from '../../profile.ts';
import type { HandoffSettings } from '../settings.ts';
import type { HandoffProvider } from './provider.ts';

/** `options.handoff` */
export interface HandoffOptions {
  /**
   * Where the verifier is reached from a phone, base path included: `https://shop.example/id-verify`.
   * The links of QR codes and the providers' callbacks lie below it.
   */
  readonly url: string;
  /** In order of preference; a rung uses the first that answers for it. */
  readonly providers: readonly HandoffProvider[];
  /**
   * Roots of the 署名用認証局, DER; needed where a card signs. All generations that are in force: they
   * have one name, and their order does not matter. Those of 利用者証明用 certificates are others.
   */
  readonly trustAnchors?: readonly { readonly certificate: Uint8Array; readonly test?: boolean }[];
  /**
   * Where it is asked whether a signing certificate was revoked, needed where a card signs. Its list is
   * in a directory that only registered 署名検証者 can read: `operatorsWord()`, `ocspSource()` or
   * `directoryCrl()`. `crlSource()` alone cannot work and is refused.
   */
  readonly revocation?: RevocationPolicy;
  /**
   * Certificate policies of each rung, in place of those known (`JPKI_SIGNING_POLICIES`). That of the
   * phone is not confirmed by a document of J-LIS.
   */
  readonly policies?: { readonly [rung in SigningRung]?: readonly string[] };
  /**
   * Who verifies the signatures of cards under 公的個人認証法17条: the site itself, as a 署名検証者, or an
   * operator on its own. Under a law no default; the clauses for JPKI need `self`.
   */
  readonly signatureVerifier?: 'self' | 'operator';
  /** Milliseconds until a link expires. Default 5 minutes. */
  readonly lifetime?: number;
  /** Where the card can be added to the phone's wallet, for the invitation at the end. */
  readonly addToWallet?: string;
}

export interface HandoffDeployment extends Deployment {
  readonly environment: Environment;
  readonly options: HandoffOptions;
  readonly lifetime: number;
  /** Without a slash at the end. */
  readonly url: string;
}

/** The rungs on which a card signs the statement. */
const SIGNING: readonly Rung[] = ['jpki', 'jpki-mobile'];
type SigningRung = 'jpki' | 'jpki-mobile';

/** What the certificate of a rung says it is; cards of the test environment count under test roots. */
export function policiesOf(
  { options, environment }: Pick<HandoffDeployment, 'options' | 'environment'>,
  rung: Rung,
): readonly string[] {
  const { card, phone, testCard } = JPKI_SIGNING_POLICIES;
  const known = rung === 'jpki' ? [card] : [phone];
  const given = rung === 'ic-chip' ? undefined : options.policies?.[rung];
  const test = environment === 'test' && rung === 'jpki' ? [testCard] : [];
  return [...(given ?? known), ...test];
}

export const isSigned = (rung: Rung): boolean => SIGNING.includes(rung);

const SETTINGS = {
  provider: true,
  rotating: oneOf('required'),
  revealsMore: ONLY_TRUE,
} as const satisfies Rules<HandoffSettings>;

const OIDS = v.optional(v.array(v.pipe(v.string(), v.regex(/^[0-2](\.\d+)+$/))));
const POLICIES = v.strictObject({ jpki: OIDS, 'jpki-mobile': OIDS });
const LIFETIME: Rule = [v.pipe(v.number(), v.minValue(1)), 'milliseconds, above 0'];

const OPTIONS = {
  url: true,
  providers: LIST,
  trustAnchors: LIST,
  revocation: REVOCATION,
  policies: [POLICIES, "{ jpki?: ['1.2.…'], 'jpki-mobile'?: ['1.2.…'] }"],
  signatureVerifier: oneOf('self', 'operator'),
  lifetime: LIFETIME,
  addToWallet: true,
} as const satisfies Rules<HandoffOptions>;

const NOT_URL = 'the https URL of the verifier, as phones reach it, base path included';

/** @throws IdVerifyError `config/*` */
export function checkHandoff(deployment: Deployment, options: HandoffOptions): HandoffDeployment {
  requireKnown('handoff', options, OPTIONS);
  const environment = environmentOf(deployment, options);
  const url = String(options.url).replace(/\/+$/, '');
  if (!URL.canParse(url)) refuse('config/handoff_url', `handoff.url: ${NOT_URL}`);
  if (environment === 'production') {
    requireShape(link, url, 'config/handoff_url', `handoff.url: ${NOT_URL}`);
  }
  const { addToWallet, providers, policies = {} } = options;
  const isTest = ([, oids]: [string, readonly string[]]) =>
    oids.includes(JPKI_SIGNING_POLICIES.testCard);
  const tests = environment === 'production' && Object.entries(policies).find(isTest);
  if (tests) {
    refuse(
      'config/test_anchor',
      `handoff.policies.${tests[0]}: that of test cards, without a test root`,
    );
  }
  if (addToWallet !== undefined) {
    requireShape(link, addToWallet, 'config/handoff_url', 'handoff.addToWallet: an https URL');
  }
  const ids = providers.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    refuse('config/provider', `handoff.providers: two have the id ${twice}; give each its own`);
  }
  for (const { id } of providers) {
    const need = 'an id of at most 64 letters, digits, - and _';
    requireShape(identifier, id, 'config/provider', `handoff.providers: ${need}`);
  }
  const { lifetime = 5 * 60_000 } = options;
  const handoff = { ...deployment, environment, options, lifetime, url };
  for (const [id, profile] of deployment.profiles) checkProfile(handoff, id, profile);
  return handoff;
}

/** A test operator or root makes a test deployment, and never stands beside a real one. */
function environmentOf(
  deployment: Deployment,
  { providers, trustAnchors = [] }: HandoffOptions,
): Environment {
  if (!providers?.length)
    refuse('config/provider', 'handoff.providers: at least one, e.g. platformOperator({ … })');
  for (const { certificate } of trustAnchors) {
    const root = parseCertificate(certificate);
    if (!root.isCa || isAuthenticationRoot(root)) {
      const found = root.isCa ? 'a root of 利用者証明用 certificates' : 'no root';
      refuse('config/trust_anchor', `handoff.trustAnchors: ${nameText(root.subject)} is ${found}`);
    }
  }
  const tests = [
    ...providers.map((provider) => provider.environment === 'test'),
    ...trustAnchors.map(({ test }) => test === true),
  ];
  if (!tests.includes(true)) return 'production';
  if (tests.includes(false)) {
    refuse('config/test_anchor', 'a test operator or root beside a production one');
  }
  if (!deployment.loopbackOnly) {
    refuse('config/test_anchor', 'a test operator for an origin that is not loopback');
  }
  return 'test';
}

function checkProfile(handoff: HandoffDeployment, id: string, profile: Profile): void {
  for (const rung of RUNGS) {
    const settings = profile.methods[rung];
    if (settings === undefined) continue;
    requireKnown(`${id}.methods.${rung}`, settings, SETTINGS);
    const provider = providerOf(handoff, rung, settings);
    if (provider === undefined) {
      throw new IdVerifyError(
        'config/provider',
        `${id}: none of handoff.providers answers for ${rung}`,
      );
    }
    const missing = (Object.keys(profile.claims) as ClaimName[]).find(
      (claim) => !profile.claims[claim]?.optional && !isDerivable(claim, provider.claims),
    );
    if (missing !== undefined) {
      refuse('config/claim', `${id}: ${provider.id} does not tell ${missing}; make it optional`);
    }
    if (profile.crossDevice === 'forbid') {
      refuse('config/cross_device', `${id}: ${rung} cannot show that it stays on one device`);
    }
    if (isSigned(rung) && (handoff.options.trustAnchors ?? []).length === 0) {
      refuse(
        'config/trust_anchor',
        `${id}: ${rung} needs handoff.trustAnchors, the roots of its certificates`,
      );
    }
    if (isSigned(rung)) requireRevocation(handoff.options, id, rung);
  }
}

const CAN_WORK = 'operatorsWord(), ocspSource({ … }) or directoryCrl(fetcher)';

/** A deployment that can accept nobody does not start. */
function requireRevocation({ revocation }: HandoffOptions, id: string, rung: Rung): void {
  const { sources = [], onUndetermined } = revocation ?? {};
  if (sources.length === 0 && onUndetermined !== 'accept') {
    refuse('config/revocation', `${id}: ${rung} needs handoff.revocation.sources: ${CAN_WORK}`);
  }
  if (sources.length > 0 && sources.every(asksAddresses)) {
    const why = 'lists of 署名用電子証明書 have no address, so crlSource() finds none';
    refuse('config/revocation', `${id}: handoff.revocation.sources: ${why}; ${CAN_WORK}`);
  }
}

/** Of what a profile asks, what this provider tells: all the person agrees to and signs. */
export const toldBy = ({ claims }: HandoffProvider, profile: Profile): readonly ClaimName[] =>
  (Object.keys(profile.claims) as ClaimName[]).filter((claim) => isDerivable(claim, claims));

/** The provider a profile uses for a rung. */
export const providerOf = (
  { options }: Pick<HandoffDeployment, 'options'>,
  rung: Rung,
  settings: HandoffSettings,
): HandoffProvider | undefined =>
  options.providers.find(
    ({ id, rungs }) => rungs.includes(rung) && (settings.provider ?? id) === id,
  );

/** @throws IdVerifyError `config/provider` for one the operator has removed since */
export function providerNamed({ options }: HandoffDeployment, id: string): HandoffProvider {
  const provider = options.providers.find((each) => each.id === id);
  if (provider === undefined) throw new IdVerifyError('config/provider', 'no such provider');
  return provider;
}
