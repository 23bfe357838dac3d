/** OpenID4VP 1.0 requests over the Digital Credentials API: unsigned, signed, multi-signed. */
import { base64url, digest, fromBase64, join, utf8 } from '../issuer/bytes.ts';
import { ecPublicKey } from '../issuer/keys.ts';
import { openId4VpTranscript } from '../issuer/transcript.ts';
import { asBase64url, asText } from './cbor.ts';
import { demand, permit, WalletError } from './error.ts';
import { encryptJwe, type RecipientKey } from './jwe.ts';
import { judgeReader, type Reader, verifyReader } from './reader.ts';
import type { Asked, AskedDocument, ParsedRequest, ReadOptions } from './request.ts';

/** The members this wallet reads, anywhere in a request. */
type Member =
  | 'alg'
  | 'claim_sets'
  | 'claims'
  | 'client_id'
  | 'client_metadata'
  | 'credential_sets'
  | 'credentials'
  | 'crv'
  | 'dcql_query'
  | 'doctype_value'
  | 'encrypted_response_enc_values_supported'
  | 'expected_origins'
  | 'format'
  | 'id'
  | 'intent_to_retain'
  | 'jwks'
  | 'keys'
  | 'kid'
  | 'meta'
  | 'mso_mdoc'
  | 'nonce'
  | 'options'
  | 'path'
  | 'payload'
  | 'protected'
  | 'request'
  | 'response_mode'
  | 'response_type'
  | 'signature'
  | 'signatures'
  | 'typ'
  | 'use'
  | 'vp_formats_supported'
  | 'x'
  | 'x5c'
  | 'y';
type Json = Partial<Record<Member, unknown>>;

export function readUnsigned(data: Json, options: ReadOptions): ParsedRequest {
  permit(options.allowUnsigned, 'unsigned request');
  demand(!('client_id' in data), 'unsigned request with a client_id');
  return readParameters(data, undefined);
}

export function readSigned(data: Json, options: ReadOptions): ParsedRequest {
  const parts = asText(data.request, 'request').split('.');
  const [header = '', payload = '', signature = ''] = parts;
  demand(parts.length === 3, 'request is not a compact JWS');
  const parameters = jsonOf(payload, 'request payload');
  const reader = verifyJws(header, payload, signature, parameters.client_id, options);
  return readSignedParameters(parameters, reader, options);
}

export function readMultiSigned(data: Json, options: ReadOptions): ParsedRequest {
  const payload = asText(data.payload, 'payload');
  const signatures = listOf(data.signatures, 'signatures');
  demand(signatures.length > 0, 'signatures is empty');
  const parameters = jsonOf(payload, 'payload');
  demand(!('client_id' in parameters), 'client_id belongs in each protected header');
  const readers = signatures.map(({ protected: encoded, signature }) => {
    const header = asText(encoded, 'protected header');
    const clientId = jsonOf(header, 'protected header').client_id;
    return verifyJws(header, payload, asText(signature, 'signature'), clientId, options);
  });
  return readSignedParameters(parameters, readers[0], options);
}

function readSignedParameters(
  parameters: Json,
  reader: Reader | undefined,
  { origin }: ReadOptions,
): ParsedRequest {
  const origins = parameters.expected_origins;
  demand(Array.isArray(origins) && origins.length > 0, 'expected_origins is missing');
  permit(origins.includes(origin), 'origin is not one of expected_origins');
  return readParameters(parameters, reader);
}

/** RFC 9101 request object: header type, certificate chain, client identifier, signature. */
function verifyJws(
  encodedHeader: string,
  payload: string,
  signature: string,
  clientId: unknown,
  options: ReadOptions,
): Reader {
  const header = jsonOf(encodedHeader, 'JWS header');
  demand(header.typ === 'oauth-authz-req+jwt', 'JWS type is not oauth-authz-req+jwt');
  const x5c = header.x5c;
  demand(Array.isArray(x5c), 'JWS without x5c');
  const chain = x5c.map((one) => asBase64(one));
  const reader = judgeReader(chain, options);
  permit(
    identifies(asText(clientId, 'client_id'), reader),
    'client_id does not fit the certificate',
  );
  const toBeSigned = utf8(`${encodedHeader}.${payload}`);
  verifyReader(reader, header.alg, toBeSigned, asBase64url(signature, 'JWS signature'));
  return reader;
}

function identifies(clientId: string, { certificate }: Reader): boolean {
  const at = clientId.indexOf(':');
  const [prefix, value] = [clientId.slice(0, at), clientId.slice(at + 1)];
  if (prefix === 'x509_hash') return value === base64url(digest('SHA-256', certificate.bytes));
  return prefix === 'x509_san_dns' && certificate.dnsNames.includes(value);
}

interface Query extends AskedDocument {
  id: string;
}

function readParameters(parameters: Json, reader: Reader | undefined): ParsedRequest {
  demand(parameters.response_type === 'vp_token', 'response_type is not vp_token');
  const mode = parameters.response_mode;
  demand(mode === 'dc_api' || mode === 'dc_api.jwt', 'response_mode is not one of the API');
  const ownNonce = asText(parameters.nonce, 'nonce');
  demand(/^[\x21-\x7e]+$/.test(ownNonce), 'nonce is not URL-safe');
  const queries = readDcql(objectOf(parameters.dcql_query, 'dcql_query'));
  const encryption = mode === 'dc_api.jwt' ? readEncryption(parameters) : undefined;
  return {
    requester: reader && { name: reader.name, subject: reader.subject },
    documents: queries,
    async reply({ origin, nonce = ownNonce }, respond) {
      const thumbprint = encryption ? jwkThumbprint(encryption.jwk) : null;
      const transcript = openId4VpTranscript(origin, nonce, thumbprint);
      const answers = queries.map(({ id }, index) => [
        id,
        [base64url(respond(transcript, [index], encryption?.key))],
      ]);
      const answer = { vp_token: Object.fromEntries(answers) };
      return encryption
        ? { response: await encryptJwe(JSON.stringify(answer), encryption) }
        : answer;
    },
  };
}

/** The credentials of a query, each for an mdoc; alternatives beyond the first are not looked at. */
function readDcql(query: Json): Query[] {
  const queries = listOf(query.credentials, 'credentials').map(readCredentialQuery);
  demand(new Set(queries.map(({ id }) => id)).size === queries.length, 'credential id twice');
  if (query.credential_sets === undefined) return queries;
  const chosen = listOf(query.credential_sets, 'credential_sets').flatMap(({ options }) => {
    demand(Array.isArray(options) && Array.isArray(options[0]), 'options of a credential set');
    return options[0];
  });
  return queries.filter(({ id }) => chosen.includes(id));
}

function readCredentialQuery(query: Json): Query {
  demand(query.format === 'mso_mdoc', 'credential format is not mso_mdoc');
  const id = asText(query.id, 'credential id');
  demand(/^[A-Za-z0-9_-]+$/.test(id), 'credential id has other characters');
  const claims = new Map(
    listOf(query.claims, 'claims').map((claim, index) => [claim.id ?? index, readClaim(claim)]),
  );
  const sets = query.claim_sets;
  demand(sets === undefined || (Array.isArray(sets) && Array.isArray(sets[0])), 'claim_sets');
  const names: unknown[] = sets === undefined ? [...claims.keys()] : sets[0];
  return {
    id,
    docType: asText(objectOf(query.meta, 'meta').doctype_value, 'doctype_value'),
    elements: names.map((name) => {
      const claim = claims.get(name as string);
      demand(claim, 'claim set names no claim');
      return claim;
    }),
  };
}

function readClaim({ path, intent_to_retain: retain = false }: Json): Asked {
  demand(Array.isArray(path) && path.length === 2, 'claim path of an mdoc has two parts');
  demand(typeof retain === 'boolean', 'intent_to_retain is not a boolean');
  return { namespace: asText(path[0], 'namespace'), element: asText(path[1], 'element'), retain };
}

interface Encryption {
  jwk: RecipientKey;
  /** The same, as SubjectPublicKeyInfo. */
  key: Uint8Array;
  enc: 'A128GCM' | 'A256GCM';
}

function readEncryption(parameters: Json): Encryption {
  const metadata = objectOf(parameters.client_metadata, 'client_metadata');
  const formats = objectOf(metadata.vp_formats_supported, 'vp_formats_supported');
  objectOf(formats.mso_mdoc, 'vp_formats_supported.mso_mdoc');
  const keys = listOf(objectOf(metadata.jwks, 'jwks').keys, 'jwks.keys');
  demand(
    keys.every(({ alg, kid }) => alg && kid),
    'each key has alg and kid',
  );
  const jwk = keys.find((key) => key.alg === 'ECDH-ES' && key.crv === 'P-256');
  permit(jwk, 'no key to encrypt to');
  demand(jwk.use === undefined || jwk.use === 'enc', 'key is not for encryption');
  demand(!('d' in jwk), 'private key in the request');
  const offered = metadata.encrypted_response_enc_values_supported ?? ['A128GCM'];
  demand(Array.isArray(offered), 'encrypted_response_enc_values_supported is not a list');
  const enc = offered.find((name) => name === 'A128GCM' || name === 'A256GCM');
  permit(enc, 'no content encryption in common');
  const [x, y] = [asText(jwk.x, 'x'), asText(jwk.y, 'y')];
  const point = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { jwk: { ...point, kid: asText(jwk.kid, 'kid') }, key: publicKey(x, y), enc };
}

function publicKey(x: string, y: string): Uint8Array {
  try {
    const point = join(new Uint8Array([4]), asBase64url(x, 'x'), asBase64url(y, 'y'));
    return ecPublicKey('P-256', point);
  } catch {
    demand(false, 'key is not on the curve');
  }
}

/** A certificate of `x5c`. */
function asBase64(value: unknown): Uint8Array {
  try {
    return fromBase64(asText(value, 'x5c'));
  } catch {
    demand(false, 'x5c is not base64');
  }
}

/** RFC 7638, raw. */
function jwkThumbprint({ crv, kty, x, y }: RecipientKey): Uint8Array {
  return digest('SHA-256', utf8(JSON.stringify({ crv, kty, x, y })));
}

function jsonOf(encoded: string, what: string): Json {
  const bytes = asBase64url(encoded, what);
  try {
    return objectOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), what);
  } catch (error) {
    if (error instanceof WalletError) throw error;
    demand(false, `${what} is not JSON`);
  }
}

function objectOf(value: unknown, what: string): Json {
  demand(typeof value === 'object' && value && !Array.isArray(value), `${what} is not an object`);
  return value as Json;
}

function listOf(value: unknown, what: string): Json[] {
  demand(Array.isArray(value) && value.length > 0, `${what} is not a list`);
  return value.map((item) => objectOf(item, what));
}
