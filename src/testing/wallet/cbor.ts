/** Reads CBOR by a decoder the verifier does not use, in its strictest setting. */
import { decode as decodeCbor } from 'cborg';
import { type Bytes, fromBase64url } from '../issuer/bytes.ts';
import { demand, WalletError } from './error.ts';

/** A tag-24 item: what is inside the byte string. */
export class EmbeddedBytes {
  readonly content: Uint8Array;
  constructor(content: Uint8Array) {
    this.content = content;
  }
}

/** @param what named in the error */
export function decode(bytes: Uint8Array, what: string): unknown {
  try {
    return decodeCbor(bytes, {
      strict: true,
      useMaps: true,
      allowIndefinite: false,
      allowUndefined: false,
      rejectDuplicateMapKeys: true,
      tags: { 24: (inner) => embeddedBytes(inner(), what) },
    });
  } catch (error) {
    if (error instanceof WalletError) throw error;
    throw new WalletError('TypeError', `request: ${what} is not strict CBOR (${String(error)})`);
  }
}

function embeddedBytes(content: unknown, what: string): EmbeddedBytes {
  demand(content instanceof Uint8Array, `${what} has a tag 24 that is not around bytes`);
  return new EmbeddedBytes(content);
}

export function asMap(value: unknown, what: string): Map<unknown, unknown> {
  demand(value instanceof Map, `${what} is not a map`);
  return value;
}

export function asArray(value: unknown, what: string): unknown[] {
  demand(Array.isArray(value), `${what} is not an array`);
  return value;
}

export function asText(value: unknown, what: string): string {
  demand(typeof value === 'string' && value !== '', `${what} is not a text`);
  // The decoder puts U+FFFD where bytes are not UTF-8.
  demand(!value.includes('\ufffd'), `${what} is not UTF-8`);
  return value;
}

export function asBytes(value: unknown, what: string): Uint8Array {
  demand(value instanceof Uint8Array, `${what} is not a byte string`);
  return value;
}

/** Bytes of a base64url text without padding, alphabet and last bits checked. */
export function asBase64url(value: unknown, what: string): Bytes {
  demand(typeof value === 'string', `${what} is not a string`);
  try {
    return fromBase64url(value);
  } catch {
    demand(false, `${what} is not base64url without padding`);
  }
}
