/** What goes to the wallet, and what the server remembers of it until the answer. */

import type { EcPrivateJwk } from '../../../crypto/provider.ts';
import { lawRow } from '../../../law/law.ts';
import { buildDeviceRequest } from '../../../mdoc/device-request.ts';
import { buildEncryptionInfo } from '../../../mdoc/encryption-info.ts';
import {
  clientId,
  createOpenId4VpSession,
  multisignOpenId4VpRequest,
  type OpenId4VpParameters,
  openId4VpParameters,
  type RequestSigner,
  signOpenId4VpRequest,
} from '../../../mdoc/openid4vp.ts';
import type {
  ElementNames,
  IndividualNumberBasis,
  RequestedElements,
} from '../../../mdoc/requested.ts';
import { isoMdocSessionTranscript } from '../../../mdoc/transcript.ts';
import { parseCertificate } from '../../../trust/certificate.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import {
  type ClaimName,
  WALLET_PROTOCOLS,
  type WalletProtocol,
  type WalletRequest,
} from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import * as v from '../../../wire/schema.ts';
import type { Profile } from '../../profile.ts';
import { DOC_TYPES, type DocType, elementsOf } from '../doctypes.ts';
import type { WalletSettings } from '../settings.ts';
import { protocolsOf, type WalletDeployment } from './config.ts';
import { type Reader, readersFor } from './readers.ts';

const MINUTE = 60_000;
/** How long a page may send a request before it must fetch a new one. */
export const FRESH = 4 * MINUTE;
/** How long the sheet may then be open. */
export const ANSWERABLE = FRESH + 5 * MINUTE;

const names = v.record(v.string(), v.record(v.string(), v.boolean()));
const privateKey = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: v.string(),
  y: v.string(),
  d: v.string(),
});

/** The memory of one set of requests; `data` of its exchange. */
export const askedSchema = v.strictObject({
  docType: v.picklist(Object.keys(DOC_TYPES) as DocType[]),
  requested: names,
  optional: v.record(v.string(), v.array(v.string())),
  signed: v.boolean(),
  /** As sent, by protocol: what the proof keeps. */
  requests: v.record(v.picklist(WALLET_PROTOCOLS), v.record(v.string(), v.unknown())),
  isoMdoc: v.optional(v.strictObject({ encryptionInfo: v.string(), privateKey })),
  openId4Vp: v.optional(
    v.strictObject({ nonce: v.string(), jwkThumbprint: v.string(), privateKey }),
  ),
});
export type Asked = v.InferOutput<typeof askedSchema>;

/** The elements for a profile's claims: what to ask, whether it is kept, what may be withheld. */
export function elementsFor(
  profile: Profile,
  docType: DocType,
  needed: readonly ClaimName[] = [],
): { requested: RequestedElements; optional: ElementNames } {
  const requested: Record<string, Record<string, boolean>> = {};
  const optional: Record<string, string[]> = {};
  const { claims } = profile;
  // An age limit the document does not state can be worked out, if the person is asked that anyway.
  const ageKnown = claims.age_in_years !== undefined || claims.birth_date !== undefined;
  for (const claim of Object.keys(claims) as ClaimName[]) {
    const rule = claims[claim];
    for (const { namespace, element } of elementsOf(docType, claim) ?? []) {
      requested[namespace] = { ...requested[namespace], [element]: (rule?.retainDays ?? 0) > 0 };
      const optionalHere = rule?.optional && !needed.includes(claim);
      if (optionalHere || (claim.startsWith('age_over_') && ageKnown)) {
        optional[namespace] = [...(optional[namespace] ?? []), element];
      }
    }
  }
  return { requested, optional };
}

/** Builds every request of one offer: all of them ask and keep the same. */
export async function buildRequests(
  wallet: WalletDeployment,
  profile: Profile,
  settings: WalletSettings,
  origin: string,
): Promise<{ asked: Asked; requests: WalletRequest[] }> {
  const { docType } = settings;
  const row = profile.law && lawRow(profile.law, 'wallet', wallet.now());
  // What is optional for other ways is not where the clause of this one names it.
  const needed = row?.conditions.claims.flat() ?? [];
  const { requested, optional } = elementsFor(profile, docType, needed);
  const protocols = protocolsOf(wallet, settings);
  const { individualNumber } = profile;
  const building = { wallet, settings, origin, requested, optional, individualNumber };
  const isoMdoc = protocols.includes('org-iso-mdoc') ? await buildIsoMdoc(building) : undefined;
  const openId = protocols.filter((protocol) => protocol !== 'org-iso-mdoc');
  const openId4Vp = openId.length > 0 ? await buildOpenId4Vp(building, openId) : undefined;
  const made = [...(isoMdoc ? [isoMdoc.request] : []), ...(openId4Vp?.requests ?? [])];
  const requests = protocols.flatMap((protocol) => made.filter((one) => one.protocol === protocol));
  return {
    requests,
    asked: {
      docType,
      requested,
      optional,
      signed: wallet.readers.length > 0,
      requests: Object.fromEntries(requests.map(({ protocol, data }) => [protocol, data])),
      ...(isoMdoc && { isoMdoc: isoMdoc.memory }),
      ...(openId4Vp && { openId4Vp: openId4Vp.memory }),
    } as Asked,
  };
}

interface Building {
  readonly wallet: WalletDeployment;
  readonly settings: WalletSettings;
  readonly origin: string;
  readonly requested: RequestedElements;
  readonly optional: ElementNames;
  readonly individualNumber: IndividualNumberBasis | undefined;
}

async function buildIsoMdoc({ wallet, settings, origin, requested, individualNumber }: Building) {
  const { docType, deviceRequestVersion: version } = settings;
  const { encryptionInfo, privateKey } = await buildEncryptionInfo(wallet.crypto);
  const sessionTranscript = await isoMdocSessionTranscript(
    { encryptionInfo, origin },
    wallet.crypto,
  );
  const [reader] = readersFor(wallet.readers, 'org-iso-mdoc');
  const deviceRequest = await buildDeviceRequest({
    documents: [{ docType, nameSpaces: requested }],
    sessionTranscript,
    ...(version && { version }),
    ...(reader && { reader }),
    ...(individualNumber && { individualNumber }),
  });
  const data = { deviceRequest: toBase64url(deviceRequest), encryptionInfo };
  const request: WalletRequest = { protocol: 'org-iso-mdoc', data };
  const memory: { encryptionInfo: string; privateKey: EcPrivateJwk } = {
    encryptionInfo,
    privateKey,
  };
  return { request, memory };
}

async function buildOpenId4Vp(
  { wallet, settings, origin, requested, optional, individualNumber }: Building,
  protocols: readonly WalletProtocol[],
) {
  const { docType } = settings;
  const session = await createOpenId4VpSession(wallet.crypto);
  const asking = {
    session,
    docType,
    requested,
    optional,
    authorities: authorities(wallet, docType),
    individualNumber,
  };
  const parameters = openId4VpParameters(asking);
  const requests = await Promise.all(
    protocols.map((protocol) => openId4VpRequest(wallet, protocol, parameters, origin)),
  );
  const { nonce, privateKey, jwkThumbprint } = session;
  return { requests, memory: { nonce, privateKey, jwkThumbprint: toBase64url(jwkThumbprint) } };
}

async function openId4VpRequest(
  { readers, crypto }: WalletDeployment,
  protocol: WalletProtocol,
  parameters: OpenId4VpParameters,
  origin: string,
): Promise<WalletRequest> {
  if (protocol === 'openid4vp-v1-unsigned') return { protocol, data: { ...parameters } };
  const host = new URL(origin).hostname;
  const named = async (reader: Reader): Promise<RequestSigner> => {
    return { reader, clientId: await clientId(reader.clientIdPrefix, reader, host, crypto) };
  };
  const signing = readersFor(readers, protocol);
  const [signer, ...others] = await Promise.all(signing.map(named));
  if (signer === undefined) throw new IdVerifyError('config/reader', 'no reader key to sign with');
  if (protocol === 'openid4vp-v1-multisigned') {
    const told = withMetadata(parameters, signing);
    const data = await multisignOpenId4VpRequest(told, [origin], [signer, ...others]);
    return { protocol, data: { payload: data.payload, signatures: [...data.signatures] } };
  }
  const told = withMetadata(parameters, signing.slice(0, 1));
  const data = await signOpenId4VpRequest(told, [origin], signer);
  return { protocol: 'openid4vp-v1-signed', data };
}

/** What the operator adds never replaces what makes the answer readable. */
const withMetadata = (
  parameters: OpenId4VpParameters,
  readers: readonly Reader[],
): OpenId4VpParameters => ({
  ...parameters,
  client_metadata: {
    ...Object.fromEntries(readers.flatMap((reader) => Object.entries(reader.clientMetadata))),
    ...Object(parameters.client_metadata),
  },
});

/**
 * The key identifiers of the roots for this document, so that a wallet with several offers the right
 * one; nothing where one of them has none, whose documents would then not be offered.
 */
function authorities({ options }: WalletDeployment, docType: string): Uint8Array[] {
  const anchors = options.trustAnchors
    .filter((anchor) => anchor.docType === docType)
    .flatMap(({ certificates }) => certificates.map(parseCertificate));
  const ids = anchors.flatMap(({ subjectKeyId }) => subjectKeyId ?? []);
  return ids.length === anchors.length ? ids : [];
}
