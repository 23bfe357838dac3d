/**
 * Where the issuer's chance comes from: the system, unless a test asks for something that can be
 * repeated byte for byte.
 */
import { createHash, randomBytes as systemBytes } from 'node:crypto';
import type { Bytes } from './bytes.ts';

let seeded: { readonly seed: string; blocks: number } | undefined;

/** From now on everything made in this process follows from the seed. Never for a key that matters. */
export function seedEntropy(seed: string | number): void {
  seeded = { seed: String(seed), blocks: 0 };
}

export const isSeeded = (): boolean => seeded !== undefined;

export function randomBytes(length: number): Bytes {
  if (!seeded) return new Uint8Array(systemBytes(length));
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    const block = createHash('sha256')
      .update(`${seeded.seed}/${seeded.blocks++}`)
      .digest();
    out.set(block.subarray(0, length - at), at);
  }
  return out;
}
