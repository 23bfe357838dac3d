/** What a deployment with a wallet rung must have, checked at start. */
import { lawRow } from '../../../law/law.ts';
import { clockTolerance } from '../../../mdoc/verify-options.ts';
import { type AnchorProblem, anchorProblems } from '../../../trust/anchor.ts';
import { parseCertificate } from '../../../trust/certificate.ts';
import { nameText } from '../../../trust/name.ts';
import { instant } from '../../../trust/refusal.ts';
import { type ClaimName, WALLET_PROTOCOLS, type WalletProtocol } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import * as v from '../../../wire/schema.ts';
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
import type { Deployment, Environment, Warning } from '../../method-verifier.ts';
import type { Profile } from '../../profile.ts';
import { DOC_TYPES, elementsOf, isDocType } from '../doctypes.ts';
import type { ReaderIdentity, TrustAnchors, WalletOptions, WalletSettings } from '../settings.ts';
import { loadReader, type Reader, readersFor } from './readers.ts';

const PROTOCOLS: Rule = [
  v.array(v.picklist(WALLET_PROTOCOLS)),
  `an array of ${WALLET_PROTOCOLS.join(', ')}`,
];

const SOME = v.pipe(v.array(v.unknown()), v.minLength(1));

const SETTINGS = {
  docType: true,
  protocols: PROTOCOLS,
  deviceRequestVersion: oneOf('1.0', '1.1'),
  allowUnsigned: ONLY_TRUE,
} as const satisfies Rules<WalletSettings>;

const OPTIONS = {
  trustAnchors: true,
  readers: LIST,
  revocation: REVOCATION,
  clockToleranceSeconds: [clockTolerance, '0 to 300 seconds'],
} as const satisfies Rules<WalletOptions>;

const ANCHOR = {
  docType: [v.string(), 'text'],
  certificates: true,
  signerPurposes: [v.array(v.string()), 'an array of object identifiers'],
  allowUnboundedPath: ONLY_TRUE,
  test: ONLY_TRUE,
} as const satisfies Rules<TrustAnchors>;

const READER = {
  certificates: true,
  key: true,
  protocols: PROTOCOLS,
  clientIdPrefix: oneOf('x509_hash', 'x509_san_dns'),
  clientMetadata: [v.record(v.string(), v.unknown()), 'an object'],
} as const satisfies Rules<ReaderIdentity>;

const NOT_DER = 'not a certificate in DER; from PEM: new X509Certificate(pem).raw of node:crypto';

export interface WalletDeployment extends Deployment {
  readonly environment: Environment;
  readonly options: WalletOptions;
  readonly readers: readonly Reader[];
}

/** @throws IdVerifyError `config/*` */
export function checkWallet(deployment: Deployment, options: WalletOptions): WalletDeployment {
  requireKnown('wallet', options, OPTIONS);
  const environment = environmentOf(deployment, options);
  const readers = (options.readers ?? []).map((reader) => {
    requireKnown('wallet.readers', reader, READER);
    return loadReader(reader, deployment);
  });
  const wallet = { ...deployment, environment, options, readers };
  for (const [id, profile] of deployment.profiles) {
    const settings = profile.methods.wallet;
    if (settings !== undefined) checkProfile(wallet, id, profile, settings);
  }
  return wallet;
}

/** By the anchors: a test issuer makes a test deployment, and is never trusted beside a real one. */
function environmentOf(deployment: Deployment, { trustAnchors }: WalletOptions): Environment {
  const need = 'wallet.trustAnchors: the roots of the issuer, at least one';
  requireShape(SOME, trustAnchors, 'config/trust_anchor', need);
  for (const anchor of trustAnchors) {
    requireKnown('wallet.trustAnchors', anchor, ANCHOR);
    requireShape(SOME, anchor.certificates, 'config/trust_anchor', need);
  }
  for (const { docType, certificates, allowUnboundedPath } of trustAnchors) {
    for (const [index, certificate] of certificates.entries()) {
      checkAnchor(`${docType}, certificate ${index}`, certificate, allowUnboundedPath);
    }
  }
  const tests = trustAnchors.filter(({ test }) => test);
  if (tests.length === 0) return 'production';
  if (tests.length < trustAnchors.length) {
    refuse('config/test_anchor', 'wallet.trustAnchors: a test anchor beside a production one');
  }
  if (!deployment.loopbackOnly) {
    const need = 'a test anchor is for localhost only, and not all origins are';
    refuse('config/test_anchor', `wallet.trustAnchors: ${need}`);
  }
  return 'test';
}

/** Refuses what can never be an anchor; what is only out of its time is told by `anchorWarnings`. */
function checkAnchor(
  where: string,
  certificate: Uint8Array,
  allowUnboundedPath: true | undefined,
): void {
  try {
    parseCertificate(certificate);
  } catch (cause) {
    const why = cause instanceof IdVerifyError && cause.category === 'unsupported';
    const need = why ? cause.message : NOT_DER;
    refuse('config/trust_anchor', `wallet.trustAnchors: ${where}: ${need}`, cause);
  }
  const [problem] = anchorProblems(certificate, { allowUnboundedPath });
  if (problem === undefined) return;
  const leave = 'if the authority issues them so, the entry may say allowUnboundedPath: true';
  const hint = problem.code === 'untrusted_issuer/iaca_path_length' ? ` ${leave}` : '';
  refuse('config/trust_anchor', `wallet.trustAnchors: ${where}: ${problem.reason}${hint}`);
}

/** How long before its end an anchor is spoken of. */
const AHEAD = 30 * 86_400_000;

/** Anchors that are set aside because of their time, and those whose end is near. */
export function anchorWarnings({ options, now }: WalletDeployment): Warning[] {
  const at = now();
  return options.trustAnchors.flatMap((anchor) =>
    anchor.certificates.flatMap((certificate): Warning[] => {
      const detail = (said: string) => `wallet.trustAnchors, ${anchor.docType}: ${said}`;
      const [problem] = timeProblems(certificate, at);
      if (problem) return [{ code: 'config/trust_anchor', detail: detail(problem.reason) }];
      const { notAfter, subject } = parseCertificate(certificate);
      if (notAfter - AHEAD > at) return [];
      const said = `${nameText(subject)} expires at ${instant(notAfter)}`;
      return [{ code: 'config/trust_anchor', detail: detail(said) }];
    }),
  );
}

const timeProblems = (certificate: Uint8Array, now: number): AnchorProblem[] =>
  anchorProblems(certificate, { now, allowUnboundedPath: true });

/** @throws IdVerifyError `config/trust_anchor` where no anchor of this type can be used now */
function requireUsableAnchor(wallet: WalletDeployment, id: string, docType: string): void {
  const anchors = wallet.options.trustAnchors
    .filter((anchor) => anchor.docType === docType)
    .flatMap(({ certificates }) => certificates);
  if (anchors.length === 0) refuse('config/trust_anchor', `${id}: no trust anchor for ${docType}`);
  const problems = anchors.map((anchor) => timeProblems(anchor, wallet.now())[0]);
  const [first] = problems;
  if (first === undefined || problems.includes(undefined)) return;
  refuse('config/trust_anchor', `${id}: no trust anchor for ${docType} is valid: ${first.reason}`);
}

function checkProfile(
  wallet: WalletDeployment,
  id: string,
  profile: Profile,
  settings: WalletSettings,
): void {
  requireKnown(`${id}.methods.wallet`, settings, SETTINGS);
  const { docType } = settings;
  if (!isDocType(docType)) {
    refuse(
      'config/doc_type',
      `${id}: wallet.docType is one of ${Object.keys(DOC_TYPES).join(', ')}`,
    );
  }
  requireUsableAnchor(wallet, id, docType);
  for (const claim of Object.keys(profile.claims) as ClaimName[]) {
    if (elementsOf(docType, claim) === undefined) {
      refuse('config/claim', `${id}: ${docType} has no element for ${claim}`);
    }
  }
  const protocols = protocolsOf(wallet, settings);
  if (protocols.length === 0) {
    refuse('config/reader', `${id}: needs wallet.readers; unsigned requests need allowUnsigned`);
  }
  const row = profile.law && lawRow(profile.law, 'wallet', wallet.now());
  if (
    row?.confirmation === 'required' &&
    wallet.environment === 'production' &&
    wallet.confirmation.kind !== 'certified'
  ) {
    refuse('config/confirmation', `${id}: ${row.statute} needs a provided or certified program`);
  }
}

const SIGNED: readonly WalletProtocol[] = [
  'org-iso-mdoc',
  'openid4vp-v1-signed',
  'openid4vp-v1-multisigned',
];
const UNSIGNED: readonly WalletProtocol[] = ['org-iso-mdoc', 'openid4vp-v1-unsigned'];

/**
 * What is offered: signed requests only where there is a key to sign with, unsigned ones only where
 * the profile says so by name.
 * @throws IdVerifyError `config/protocol` for a protocol that cannot be offered
 */
export function protocolsOf(
  { readers }: Pick<WalletDeployment, 'readers'>,
  settings: WalletSettings,
): readonly WalletProtocol[] {
  const signing = readers.length > 0;
  if (!signing && settings.allowUnsigned !== true) return [];
  const signed = SIGNED.filter((protocol) => readersFor(readers, protocol).length > 0);
  const possible = signing ? signed : UNSIGNED;
  const usual = possible.filter((protocol) => protocol !== 'openid4vp-v1-multisigned');
  const protocols = settings.protocols ?? usual;
  const impossible = protocols.find((protocol) => !possible.includes(protocol));
  if (impossible !== undefined) {
    const why = signing ? 'no reader key is for it' : 'there is no reader key';
    throw new IdVerifyError('config/protocol', `${impossible} cannot be offered: ${why}`);
  }
  return protocols;
}
