/** What a deployment with a wallet rung must have, checked at start. */
import { lawRow } from '../../../law/law.ts';
import { parseCertificate } from '../../../trust/certificate.ts';
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
import type { Deployment, Environment } from '../../method-verifier.ts';
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
} as const satisfies Rules<WalletOptions>;

const ANCHOR = {
  docType: [v.string(), 'text'],
  certificates: true,
  signerPurposes: [v.array(v.string()), 'an array of object identifiers'],
  test: ONLY_TRUE,
} as const satisfies Rules<TrustAnchors>;

const READER = {
  certificates: true,
  key: true,
  protocols: PROTOCOLS,
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
  for (const { certificates } of trustAnchors) {
    for (const certificate of certificates) {
      try {
        parseCertificate(certificate);
      } catch (cause) {
        refuse('config/trust_anchor', `wallet.trustAnchors: ${NOT_DER}`, cause);
      }
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
  const anchored = wallet.options.trustAnchors.some(
    (anchor) => anchor.docType === docType && anchor.certificates.length > 0,
  );
  if (!anchored) refuse('config/trust_anchor', `${id}: no trust anchor for ${docType}`);
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
