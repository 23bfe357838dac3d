import { IdVerifyError } from './error.ts';

/** Bytes on a buffer of their own kind: what WebCrypto takes, and what every function here returns. */
export type Bytes = Uint8Array<ArrayBuffer>;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
/** Value of each ASCII character, 64 where it is not in the alphabet. */
const VALUES = new Uint8Array(128).fill(64);
for (let value = 0; value < 64; value++) VALUES[DIGITS[value] as number] = value;

const encoder = new TextEncoder();
const ascii = new TextDecoder();

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** RFC 4648 section 5, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let to = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    // Bytes past the end read as 0, and digits past the end of `out` are not stored.
    const group =
      ((bytes[from] as number) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    out[to++] = DIGITS[group >> 18] as number;
    out[to++] = DIGITS[(group >> 12) & 63] as number;
    out[to++] = DIGITS[(group >> 6) & 63] as number;
    out[to++] = DIGITS[group & 63] as number;
  }
  return ascii.decode(out);
}

/**
 * RFC 4648 section 5, read strictly, so that each byte string has exactly one spelling: no padding,
 * no other characters, unused trailing bits zero.
 * @throws IdVerifyError `malformed/base64url`
 */
export function fromBase64url(text: string): Bytes {
  const refuse = () => new IdVerifyError('malformed/base64url', 'not strict base64url');
  if (text.length % 4 === 1) throw refuse();
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let to = 0;
  let group = 0;
  let bits = 0;
  for (let from = 0; from < text.length; from++) {
    const value = VALUES[text.charCodeAt(from)] ?? 64;
    if (value === 64) throw refuse();
    group = (group << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[to++] = group >> bits;
      group &= (1 << bits) - 1;
    }
  }
  if (group !== 0) throw refuse();
  return out;
}

/**
 * RFC 4648 section 4, with or without its padding, as PEM and JOSE hold certificates.
 * @throws IdVerifyError `malformed/base64url`
 */
export function fromBase64(text: string): Bytes {
  return fromBase64url(
    text
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, ''),
  );
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * Hexadecimal, either case, nothing between the digits.
 * @throws IdVerifyError `malformed/hex`
 */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) {
    throw new IdVerifyError('malformed/hex', 'not an even number of hexadecimal digits');
  }
  const out = new Uint8Array(text.length / 2);
  for (let at = 0; at < out.length; at++) out[at] = Number.parseInt(text.substr(at * 2, 2), 16);
  return out;
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Equality in time that depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] as number);
  return difference === 0;
}

/**
 * Bytewise order of two encoded CBOR items (RFC 8949 section 4.2.1): negative, 0 or positive. None is
 * the beginning of another, so they differ before either ends.
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
