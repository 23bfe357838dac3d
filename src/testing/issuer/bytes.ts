import { createHash } from 'node:crypto';

export type Bytes = Uint8Array<ArrayBuffer>;

/** One new array holding the parts in order. */
export function join(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const fromBase64url = (text: string): Bytes =>
  new Uint8Array(Buffer.from(text, 'base64url'));

/** @param name SHA-256 and the like; also SHA-1 and MD5, which a verifier has to refuse */
export function digest(name: string, bytes: Uint8Array): Bytes {
  return new Uint8Array(createHash(name.replace('SHA-', 'SHA')).update(bytes).digest());
}

/** The same bytes with one bit changed. @param at counts from the end when negative */
export function flipBit(bytes: Uint8Array, at = -1): Bytes {
  const out = new Uint8Array(bytes);
  const index = at < 0 ? bytes.length + at : at;
  out[index] = (out[index] ?? 0) ^ 1;
  return out;
}
