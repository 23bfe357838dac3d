/** What the reader of CBOR lets pass, for each kind of message. */
import { MAJOR } from './major.ts';

/** What one kind of message may contain. */
export interface ReaderRules {
  /** Total length in bytes. */
  readonly maxBytes: number;
  /** How deep arrays, maps and tags may nest. The content of an embedded item counts afresh. */
  readonly maxDepth: number;
  /** How many items, keys and tags, in all. */
  readonly maxItems: number;
  /** How many entries one map may have: bounds what colliding keys can cost a hash table. */
  readonly maxMapEntries: number;
  /** Core deterministic encoding is required (RFC 8949 section 4.2.1). */
  readonly deterministic: boolean;
  /** Byte strings are allowed as map keys. */
  readonly byteKeys?: boolean;
  /** Floating-point numbers are allowed. */
  readonly floats: boolean;
  /** The allowed tags, each with the major type its content must have. */
  readonly tags: ReadonlyMap<number, number>;
}

/**
 * ISO/IEC 18013-5 structures from a wallet. Issuers encode as they like, so non-minimal heads and
 * any key order pass; bytes are hashed as received.
 */
export const MDOC_RULES: ReaderRules = {
  maxBytes: 2 ** 21,
  maxDepth: 16,
  maxItems: 50_000,
  maxMapEntries: 1_024,
  deterministic: false,
  floats: true,
  tags: new Map([
    [0, MAJOR.text], // date-time
    [17, MAJOR.array], // COSE_Mac0
    [18, MAJOR.array], // COSE_Sign1
    [24, MAJOR.bytes], // embedded CBOR
    [1004, MAJOR.text], // full-date, RFC 8943
  ]),
};

/** Our own evidence envelope: one spelling only. */
export const ENVELOPE_RULES: ReaderRules = {
  maxBytes: 2 ** 21,
  maxDepth: 12,
  maxItems: 5_000,
  maxMapEntries: 256,
  deterministic: true,
  floats: false,
  tags: new Map([[18, MAJOR.array]]),
};
