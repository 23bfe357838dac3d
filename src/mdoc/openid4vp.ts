/** OpenID4VP 1.0 over the Digital Credentials API (Appendix A), for mdocs: requests and answers. */
import { compactDecrypt } from 'jose';
import { COSE_ALGORITHMS } from '../crypto/algorithms.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider, EcPrivateJwk } from '../crypto/provider.ts';
import { generateKeyJwk, importKeyPair, jwkThumbprint } from '../crypto/web-crypto.ts';
import { parseCertificate } from '../trust/certificate.ts';
import { fromBase64url, toBase64url, utf8 } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import * as v from '../wire/schema.ts';
import { buildDcql, CREDENTIAL_ID } from './dcql.ts';
import type { ReaderIdentity } from './device-request.ts';
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
const CONTENT_ENCRYPTION = ['A128GCM', 'A256GCM'];
const KEY_AGREEMENT = 'ECDH-ES';
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
  responseMode = 'dc_api.jwt',
  individualNumber,
}: {
  session: OpenId4VpSession;
  docType: string;
  requested: RequestedElements;
  optional?: ElementNames;
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
    dcql_query: buildDcql(docType, requested, optional),
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
  { certificates: [certificate] }: ReaderIdentity,
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
  readonly reader: ReaderIdentity;
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

async function sign(payload: string, reader: ReaderIdentity, more: Record<string, string>) {
  const x5c = reader.certificates.map((it) => btoa(String.fromCharCode(...it)));
  const header = encodeJson({ alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c, ...more });
  const signature = await reader.sign(utf8(`${header}.${payload}`));
  return { protected: header, signature: toBase64url(signature) };
}

function encodeJson(value: unknown): string {
  return toBase64url(utf8(JSON.stringify(value)));
}

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
const envelope = v.object({ error: v.optional(v.unknown()), response: v.optional(v.string()) });
const answer = v.object({ vp_token: v.record(v.string(), v.array(base64url)) });

/**
 * Takes the DeviceResponse out of the answer to a request, decrypting it where that was asked.
 * @param data what the wallet answered, as the page posted it
 * @throws IdVerifyError `request_mismatch/wallet_error` for an error the wallet reports,
 *   `request_mismatch/response_mode` for plaintext instead of ciphertext or the reverse,
 *   `request_mismatch/vp_token` where another credential or more than one answers,
 *   `decryption/jwe`, `malformed/openid4vp_response`, `malformed/base64url`
 */
export async function readOpenId4VpResponse(
  data: unknown,
  session: Pick<OpenId4VpSession, 'privateKey' | 'jwkThumbprint'>,
  responseMode: ResponseMode = 'dc_api.jwt',
): Promise<Uint8Array> {
  const { error, response } = parse(envelope, data);
  if (error !== undefined) {
    throw new IdVerifyError('request_mismatch/wallet_error', 'the wallet reports an error');
  }
  if ((response !== undefined) !== (responseMode === 'dc_api.jwt')) {
    throw new IdVerifyError(
      'request_mismatch/response_mode',
      `the response is not ${responseMode}`,
    );
  }
  const plain = response === undefined ? data : await decrypt(response, session);
  const { vp_token: tokens } = parse(answer, plain);
  const [presentation, ...others] = tokens[CREDENTIAL_ID] ?? [];
  if (Object.keys(tokens).length !== 1 || presentation === undefined || others.length > 0) {
    throw new IdVerifyError('request_mismatch/vp_token', 'not one answer to the one query');
  }
  return fromBase64url(presentation);
}

async function decrypt(
  jwe: string,
  { privateKey, jwkThumbprint: thumbprint }: Pick<OpenId4VpSession, 'privateKey' | 'jwkThumbprint'>,
): Promise<unknown> {
  const keys = await importKeyPair(privateKey);
  let plaintext: Uint8Array;
  try {
    const options = {
      keyManagementAlgorithms: [KEY_AGREEMENT],
      contentEncryptionAlgorithms: CONTENT_ENCRYPTION,
    };
    const opened = await compactDecrypt(jwe, keys.privateKey, options);
    const { kid } = opened.protectedHeader;
    if (kid !== toBase64url(thumbprint)) throw new Error('the response names another key');
    plaintext = opened.plaintext;
  } catch (cause) {
    throw new IdVerifyError('decryption/jwe', 'the response does not open', { cause });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext));
  } catch (cause) {
    throw new IdVerifyError('malformed/openid4vp_response', 'the response is not JSON', { cause });
  }
}

function parse<S extends v.Schema>(schema: S, value: unknown) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new IdVerifyError('malformed/openid4vp_response', 'not an OpenID4VP response');
}
