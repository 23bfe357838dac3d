/**
 * The gate for untrusted CBOR: one pass over the bytes, before any decoder sees them, that builds
 * nothing and refuses everything this project has no use for. What passes is well formed (RFC 8949
 * section 5.3.1), valid (5.3.2), within the limits, free of surprising tags, and decodes to one
 * value only.
 */
import { MAJOR } from './major.ts';
import { refuse } from './reader-refusals.ts';
import { checkText } from './reader-text.ts';

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

// The head last read, and the scratch of the pass. Shared by all passes, since a pass runs to its
// end without calling out; so nothing is allocated per item.
let high = 0;
let low = 0;
let next = 0;
const MAX_DEPTH = 64;
const outerLeft = new Int32Array(MAX_DEPTH);
const outerKeys = new Int32Array(MAX_DEPTH);
const outerState = new Uint8Array(MAX_DEPTH);
/** Offsets of the keys of all open maps. */
let keys = new Int32Array(1_024);

// What kind of container is open, and whether its keys have been in order so far.
const LIST = 0;
const MAP_SORTED = 1;
const MAP_UNSORTED = 2;

/**
 * Reads the head at `at`: its argument into `high` and `low` (32 bits each), the offset behind it
 * into `next`.
 */
function readHead(bytes: Uint8Array, at: number): void {
  const info = (bytes[at] as number) & 31;
  high = 0;
  if (info < 24) {
    low = info;
    next = at + 1;
    return;
  }
  if (info > 27)
    refuse(info === 31 ? 'malformed/indefinite_length' : 'malformed/reserved_head', at);
  const size = 1 << (info - 24);
  next = at + 1 + size;
  if (next > bytes.length) refuse('malformed/truncated', at);
  low = bytes[at + 1] as number;
  for (let i = 2; i <= size; i++) {
    if (i === 5) {
      high = low;
      low = 0;
    }
    low = ((low << 8) | (bytes[at + i] as number)) >>> 0;
  }
}

/** Whether the head last read, with this additional information, could have been shorter. */
function isNonMinimal(info: number): boolean {
  if (info < 24 || high !== 0) return false;
  return info === 24 ? low < 24 : info === 25 ? low < 2 ** 8 : info === 26 ? low < 2 ** 16 : true;
}

/**
 * The order of RFC 8949 section 4.2.1 between the keys at two offsets, by value: a non-minimal head
 * compares like the minimal one.
 */
function compareKeys(bytes: Uint8Array, a: number, b: number): number {
  const major = (bytes[a] as number) >> 5;
  const otherMajor = (bytes[b] as number) >> 5;
  if (major !== otherMajor) return major - otherMajor;
  readHead(bytes, a);
  const aHigh = high;
  const aLow = low;
  const aNext = next;
  readHead(bytes, b);
  if (aHigh !== high) return aHigh - high;
  if (aLow !== low) return aLow - low;
  if (major !== MAJOR.text && major !== MAJOR.bytes) return 0;
  for (let i = 0; i < low; i++) {
    const difference = (bytes[aNext + i] as number) - (bytes[next + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Refuses a key that occurs twice among `keys` from..to; n log n for many. */
function refuseDuplicates(bytes: Uint8Array, from: number, to: number): void {
  if (to - from > 16) {
    keys.subarray(from, to).sort((a, b) => compareKeys(bytes, a, b));
    for (let i = from + 1; i < to; i++) {
      const key = keys[i] as number;
      if (compareKeys(bytes, keys[i - 1] as number, key) === 0)
        refuse('malformed/duplicate_key', key);
    }
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const key = keys[i] as number;
    for (let j = from; j < i; j++) {
      if (compareKeys(bytes, keys[j] as number, key) === 0) refuse('malformed/duplicate_key', key);
    }
  }
}

/**
 * Checks that `bytes` are exactly one CBOR item within the rules. The content of an embedded item
 * (tag 24) is a byte string here; scan it on its own when it is opened.
 * @throws IdVerifyError one of `ReaderCode`, and nothing else whatever the bytes
 */
export function scan(bytes: Uint8Array, rules: ReaderRules): void {
  const end = bytes.length;
  if (end > rules.maxBytes) refuse('limit/bytes', 0);
  const maxDepth = Math.min(rules.maxDepth, MAX_DEPTH);
  let at = 0;
  let items = 1;
  let depth = 0;
  // The open container: items still to come, its first key among `keys`, its state.
  let left = 1;
  let firstKey = 0;
  let state = LIST;
  let keyCount = 0;

  while (true) {
    while (left === 0) {
      if (depth === 0) {
        if (at !== end) refuse('malformed/trailing_bytes', at);
        return;
      }
      if (state === MAP_UNSORTED) refuseDuplicates(bytes, firstKey, keyCount);
      keyCount = firstKey;
      depth--;
      left = outerLeft[depth] as number;
      firstKey = outerKeys[depth] as number;
      state = outerState[depth] as number;
    }
    if (at >= end) refuse('malformed/truncated', at);
    const start = at;
    const initial = bytes[at] as number;
    const major = initial >> 5;
    const isKey = state !== LIST && (left & 1) === 0;
    left--;
    readHead(bytes, at);
    at = next;
    if (isKey && major > MAJOR.nint && major !== MAJOR.text) {
      if (major !== MAJOR.bytes || !rules.byteKeys) refuse('malformed/key_type', start);
    }
    if (rules.deterministic && major !== MAJOR.simple && isNonMinimal(initial & 31)) {
      refuse('malformed/non_minimal', start);
    }

    if (major === MAJOR.bytes || major === MAJOR.text) {
      if (high !== 0 || low > rules.maxBytes) refuse('limit/bytes', start);
      if (low > end - at) refuse('malformed/truncated', start);
      at += low;
      if (major === MAJOR.text) checkText(bytes, next, at);
    } else if (major === MAJOR.simple) {
      const info = initial & 31;
      if (info > 24) {
        if (!rules.floats) refuse('malformed/float', start);
      } else if (info < 20 || info > 22) refuse('malformed/simple_value', start);
    } else if (major >= MAJOR.array) {
      const count = major === MAJOR.tag ? 1 : major === MAJOR.map ? low * 2 : low;
      if (major === MAJOR.tag) {
        const tag = high * 2 ** 32 + low;
        const content = rules.tags.get(tag);
        if (content === undefined) {
          refuse(tag === 2 || tag === 3 ? 'malformed/bignum' : 'malformed/tag', start);
        }
        if (at >= end) refuse('malformed/truncated', at);
        if ((bytes[at] as number) >> 5 !== content) refuse('malformed/tag_content', start);
      } else {
        // What is declared counts against the limits, whether or not it is there.
        if (high !== 0 || count > rules.maxItems) refuse('limit/items', start);
        if (major === MAJOR.map && low > rules.maxMapEntries) refuse('limit/map_entries', start);
        if (count > end - at) refuse('malformed/truncated', start);
      }
      items += count;
      if (items > rules.maxItems) refuse('limit/items', start);
      if (depth === maxDepth) refuse('limit/depth', start);
      outerLeft[depth] = left;
      outerKeys[depth] = firstKey;
      outerState[depth] = state;
      depth++;
      left = count;
      firstKey = keyCount;
      state = major === MAJOR.map ? MAP_SORTED : LIST;
    }

    if (isKey) {
      if (keyCount === keys.length) {
        const grown = new Int32Array(keys.length * 2);
        grown.set(keys);
        keys = grown;
      }
      keys[keyCount++] = start;
      if (state === MAP_SORTED && keyCount - firstKey > 1) {
        const order = compareKeys(bytes, keys[keyCount - 2] as number, start);
        if (order === 0) refuse('malformed/duplicate_key', start);
        if (order > 0) {
          if (rules.deterministic) refuse('malformed/key_order', start);
          state = MAP_UNSORTED;
        }
      }
    }
  }
}
