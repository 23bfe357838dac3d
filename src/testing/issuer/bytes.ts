import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import {
  type Bytes,
  concatBytes,
  fromBase64,
  fromBase64url,
  fromHex,
  toBase64url,
  utf8,
} from '../../wire/bytes.ts';

export {
  type Bytes,
  concatBytes as join,
  fromBase64,
  fromBase64url,
  fromHex,
  toBase64url as base64url,
  utf8,
};

/** RFC 4648 section 4, with padding, as PEM and `x5c` have it. */
export function base64(bytes: Uint8Array): string {
  const digits = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, '=');
}

const HASHES = {
  'SHA-1': sha1,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  MD5: md5,
} as const;
export type HashName = keyof typeof HASHES;

/** Also by SHA-1 and MD5, which a verifier has to refuse. */
export const digest = (name: HashName, bytes: Uint8Array): Bytes =>
  new Uint8Array(HASHES[name](bytes));

/** The same bytes with one bit changed. @param at counts from the end when negative */
export function flipBit(bytes: Uint8Array, at = -1): Bytes {
  const out = new Uint8Array(bytes);
  const index = at < 0 ? bytes.length + at : at;
  out[index] = (out[index] ?? 0) ^ 1;
  return out;
}

/** The number whose big-endian bytes these are. */
export const toNumber = (bytes: Uint8Array): bigint =>
  bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** @param size how many bytes; by default as few as hold it */
export function fromNumber(value: bigint, size?: number): Bytes {
  const hex = value.toString(16);
  const out = new Uint8Array(size ?? Math.ceil(hex.length / 2));
  let rest = value;
  for (let at = out.length; at > 0; at--) {
    out[at - 1] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}
