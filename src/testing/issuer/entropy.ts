/**
 * Where the issuer's chance comes from: the system, unless a test asks for something that can be
 * repeated byte for byte.
 */
import { type Bytes, digest, utf8 } from './bytes.ts';

let seeded: { readonly seed: string; blocks: number } | undefined;

/** From now on everything made in this process follows from the seed. Never for a key that matters. */
export function seedEntropy(seed: string | number): void {
  seeded = { seed: String(seed), blocks: 0 };
}

export function randomBytes(length: number): Bytes {
  if (!seeded) return crypto.getRandomValues(new Uint8Array(length));
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    const block = digest('SHA-256', utf8(`${seeded.seed}/${seeded.blocks++}`));
    out.set(block.subarray(0, length - at), at);
  }
  return out;
}
