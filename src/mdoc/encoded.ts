import { type Bytes, fromBase64url } from '../wire/bytes.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';

/** A JWE around JSON around a DeviceResponse: base64url twice, and what encloses it. */
export const MAX_JWE = 2 * MDOC_RULES.maxBytes;

/** What is longer than anything that would be read is not even decoded. @throws IdVerifyError `limit/bytes` */
export function requireLength(text: string, limit: number): void {
  if (text.length > limit)
    throw new IdVerifyError('limit/bytes', `longer than ${limit} characters`);
}

/**
 * CBOR sent as base64url.
 * @throws IdVerifyError `limit/bytes`, `malformed/base64url`
 */
export function encodedCbor(text: string): Bytes {
  requireLength(text, Math.ceil((MDOC_RULES.maxBytes * 4) / 3));
  return fromBase64url(text);
}
