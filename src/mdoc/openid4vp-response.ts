/** The answer to a request of OpenID4VP 1.0 over the Digital Credentials API, sections 8.1 and A.4. */
import { compactDecrypt } from 'jose';
import { importKeyPair } from '../crypto/web-crypto.ts';
import { toBase64url } from '../wire/bytes.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { CREDENTIAL_ID } from './dcql.ts';
import { resemblesDeviceResponse } from './device-response.ts';
import { encodedCbor, MAX_JWE, requireLength } from './encoded.ts';
import {
  CONTENT_ENCRYPTION,
  KEY_AGREEMENT,
  type OpenId4VpSession,
  type ResponseMode,
} from './openid4vp.ts';

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const envelope = v.object({ error: v.optional(v.unknown()), response: v.optional(v.string()) });
const answer = v.object({ vp_token: v.record(v.string(), v.array(v.unknown())) });

/**
 * Takes the DeviceResponse out of the answer to a request, decrypting it where that was asked.
 * @param data what the wallet answered, as the page posted it
 * @throws IdVerifyError `request_mismatch/wallet_error` for an error the wallet reports,
 *   `request_mismatch/response_mode` for plaintext instead of ciphertext or the reverse,
 *   `request_mismatch/vp_token` where another credential or more than one answers,
 *   `device_binding/format` for a presentation of another format than asked, an SD-JWT for example,
 *   `decryption/jwe`, `malformed/openid4vp_response`, `malformed/base64url`, `limit/bytes`
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
  requireLength(response ?? '', MAX_JWE);
  const isSealed = response !== undefined && !isPlaintext(response);
  if (responseMode === 'dc_api.jwt' ? !isSealed : response !== undefined) {
    throw new IdVerifyError(
      'request_mismatch/response_mode',
      `the response is not ${responseMode}`,
    );
  }
  const { vp_token: tokens } = parse(answer, isSealed ? await decrypt(response, session) : data);
  const [presentation, ...others] = tokens[CREDENTIAL_ID] ?? [];
  if (Object.keys(tokens).length !== 1 || presentation === undefined || others.length > 0) {
    throw new IdVerifyError('request_mismatch/vp_token', 'not one answer to the one query');
  }
  return mdocOf(presentation);
}

/**
 * An mdoc is presented as base64url (B.2.5). What is an object, or has the separators of JWT and
 * SD-JWT, proves the holder in a way that was never asked for, so nothing binds it to this session.
 */
function mdocOf(presentation: unknown): Uint8Array {
  if (typeof presentation === 'string') requireLength(presentation, MAX_JWE);
  if (typeof presentation === 'string' && BASE64URL.test(presentation)) {
    return encodedCbor(presentation);
  }
  const isOther =
    typeof presentation === 'string'
      ? /[.~]/.test(presentation)
      : typeof presentation === 'object' && presentation !== null;
  if (isOther) throw new IdVerifyError('device_binding/format', 'the presentation is no mdoc');
  throw notAResponse();
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
  const json = readJson(plaintext);
  if (json === undefined) throw notAResponse();
  return json;
}

/** Whether what should be a JWE is readable as it is: a JWS, JSON in any wrapping, a DeviceResponse. */
function isPlaintext(response: string): boolean {
  const parts = response.split('.');
  if (parts.length === 3) return true;
  if (parts.length !== 1) return false;
  try {
    if (!BASE64URL.test(response))
      return readJson(new TextEncoder().encode(response)) !== undefined;
    const bytes = encodedCbor(response);
    return readJson(bytes) !== undefined || resemblesDeviceResponse(readCbor(bytes, MDOC_RULES));
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}

/** An object in JSON; undefined for anything else. */
function readJson(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function notAResponse(): IdVerifyError {
  return new IdVerifyError('malformed/openid4vp_response', 'not an OpenID4VP response');
}

function parse<S extends v.Schema>(schema: S, value: unknown) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw notAResponse();
}
