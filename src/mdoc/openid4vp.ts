/** OpenID4VP 1.0 over the Digital Credentials API (Appendix A), for mdocs: requests. */
import { COSE_ALGORITHMS } from '../crypto/algorithms.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider, EcPrivateJwk } from '../crypto/provider.ts';
import { generateKeyJwk, jwkThumbprint } from '../crypto/web-crypto.ts';
import { parseCertificate } from '../trust/certificate.ts';
import { toBase64url, utf8 } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { buildDcql } from './dcql.ts';
import { type ReaderKey, readerSignature } from './device-request.ts';
import {
  type ElementNames,
  type IndividualNumberBasis,
  type RequestedElements,
  requireBasis,
} from './requested.ts';

/** What the server keeps of a request until it is answered. */
export interface OpenId4VpSession {
  readonly nonce: string;
  readonly privateKey: EcPrivateJwk;
  /** RFC 7638, raw: key identifier, and part of the session transcript. */
  readonly jwkThumbprint: Uint8Array;
}

export type OpenId4VpParameters = Readonly<Record<string, unknown>>;

/** `request` and `data` of the three protocols, ready for `navigator.credentials.get`. */
export interface MultisignedRequest {
  readonly payload: string;
  readonly signatures: { readonly protected: string; readonly signature: string }[];
}

/** Encrypted or not. Transcripts of `dc_api` have no thumbprint. */
export type ResponseMode = 'dc_api.jwt' | 'dc_api';

/** How a signed request names its sender, OpenID4VP 1.0 section 5.9.3. */
export type ClientIdPrefix = 'x509_san_dns' | 'x509_hash';

/** -65537 stands for a MAC with a key agreed over P-256. */
const DEVICE_ALGORITHMS = [...COSE_ALGORITHMS, -65537];
/** How a wallet may encrypt its answer. */
export const CONTENT_ENCRYPTION = ['A128GCM', 'A256GCM'];
export const KEY_AGREEMENT = 'ECDH-ES';
/** The audience of a request object to a wallet whose metadata is not known, section 5.8. */
const ANY_WALLET = 'https://self-issued.me/v2';

/** A fresh nonce of 32 bytes and a fresh P-256 key, for one request. */
export async function createOpenId4VpSession(
  crypto: CryptoProvider = defaultCrypto(),
): Promise<OpenId4VpSession> {
  const privateKey = await generateKeyJwk();
  return {
    nonce: toBase64url(crypto.randomBytes(32)),
    privateKey,
    jwkThumbprint: await jwkThumbprint(privateKey, crypto),
  };
}

/**
 * The request's parameters; as they are, they are the `data` of `openid4vp-v1-unsigned`.
 * @throws IdVerifyError `policy/individual_number`
 */
export function openId4VpParameters({
  session,
  docType,
  requested,
  optional = {},
  authorities = [],
  responseMode = 'dc_api.jwt',
  individualNumber,
}: {
  session: OpenId4VpSession;
  docType: string;
  requested: RequestedElements;
  optional?: ElementNames;
  /** Key identifiers of the roots whose documents are accepted (`trusted_authorities`, section 6.1.1). */
  authorities?: readonly Uint8Array[];
  /** Default: encrypted. */
  responseMode?: ResponseMode;
  /** Needed to ask for the individual number. */
  individualNumber?: IndividualNumberBasis | undefined;
}): OpenId4VpParameters {
  requireBasis(requested, individualNumber);
  const { kty, crv, x, y } = session.privateKey;
  const kid = toBase64url(session.jwkThumbprint);
  const encryption = {
    jwks: { keys: [{ kty, crv, x, y, use: 'enc', alg: KEY_AGREEMENT, kid }] },
    encrypted_response_enc_values_supported: CONTENT_ENCRYPTION,
  };
  return {
    response_type: 'vp_token',
    response_mode: responseMode,
    nonce: session.nonce,
    dcql_query: buildDcql(docType, requested, optional, authorities),
    client_metadata: {
      ...(responseMode === 'dc_api.jwt' ? encryption : {}),
      vp_formats_supported: {
        mso_mdoc: {
          issuerauth_alg_values: COSE_ALGORITHMS,
          deviceauth_alg_values: DEVICE_ALGORITHMS,
        },
      },
    },
  };
}

/**
 * `x509_san_dns:` with a DNS name of the reader's certificate, or `x509_hash:` with its SHA-256.
 * @throws IdVerifyError `config/client_id` where the certificate does not have that name
 */
export async function clientId(
  prefix: ClientIdPrefix,
  { certificates: [certificate] }: ReaderKey,
  hostname: string,
  crypto: CryptoProvider = defaultCrypto(),
): Promise<string> {
  if (!certificate) throw new IdVerifyError('config/reader_chain', 'no reader certificate');
  if (prefix === 'x509_hash') {
    return `x509_hash:${toBase64url(await crypto.digest('SHA-256', certificate))}`;
  }
  if (!parseCertificate(certificate).dnsNames.includes(hostname)) {
    throw new IdVerifyError('config/client_id', `reader certificate is not for ${hostname}`);
  }
  return `x509_san_dns:${hostname}`;
}

export interface RequestSigner {
  readonly reader: ReaderKey;
  readonly clientId: string;
}

/** The `data` of `openid4vp-v1-signed`. @param origins exact origins the request may be used from */
export async function signOpenId4VpRequest(
  parameters: OpenId4VpParameters,
  origins: readonly [string, ...string[]],
  { reader, clientId: id }: RequestSigner,
): Promise<{ request: string }> {
  const payload = encodeJson({ ...parameters, ...bound(origins), client_id: id });
  const { protected: header, signature } = await sign(payload, reader, {});
  return { request: `${header}.${payload}.${signature}` };
}

/** The `data` of `openid4vp-v1-multisigned`: one signature per trust framework over one payload. */
export async function multisignOpenId4VpRequest(
  parameters: OpenId4VpParameters,
  origins: readonly [string, ...string[]],
  signers: readonly [RequestSigner, ...RequestSigner[]],
): Promise<MultisignedRequest> {
  const payload = encodeJson({ ...parameters, ...bound(origins) });
  const signatures = signers.map((signer) =>
    sign(payload, signer.reader, { client_id: signer.clientId }),
  );
  return { payload, signatures: await Promise.all(signatures) };
}

function bound(origins: readonly string[]) {
  return { expected_origins: origins, aud: ANY_WALLET };
}

async function sign(payload: string, reader: ReaderKey, more: Record<string, string>) {
  const x5c = reader.certificates.map((it) => btoa(String.fromCharCode(...it)));
  const header = encodeJson({ alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c, ...more });
  const signature = await readerSignature(reader, utf8(`${header}.${payload}`));
  return { protected: header, signature: toBase64url(signature) };
}

function encodeJson(value: unknown): string {
  return toBase64url(utf8(JSON.stringify(value)));
}
