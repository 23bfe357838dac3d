import { cborBytes, cborMap } from './body.ts';
import * as v from './schema.ts';

/**
 * Body of the envelope that confirms what was read, or disputes it (「内容が違う」). Its `method` is
 * that of the evidence under review.
 */
export const confirmBody = cborMap({
  /** SHA-256 of the review answer's bytes as received. */
  reviewHash: cborBytes(32),
  disputed: v.optional(v.literal(true)),
});
