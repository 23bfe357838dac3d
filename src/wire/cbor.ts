/**
 * CBOR (RFC 8949) in the shape COSE and mdoc need. Maps decode to `Map`, byte strings are never
 * tagged, and nothing untrusted is decoded that the strict reader has not passed.
 *
 * The codec is cbor-x, and no other file imports it. Its table of tags is shared by the whole
 * process (another library in it may claim tag 24), turns tag 0 into a `Date` and takes superlinear
 * time for bignums, so it never gets to see a tag: `readCbor` hides them before it decodes and puts
 * them back after.
 */
import { Encoder, Tag } from 'cbor-x';
import { type Bytes, concatBytes } from './bytes.ts';
import { MAJOR, type Marks, type ReaderRules, scan, type TagMark } from './reader.ts';

export type CborKey = number | bigint | string;

/** What `readCbor` returns. Integers are numbers as far as those are exact, bigints beyond. */
export type CborValue =
  | CborKey
  | boolean
  | null
  | Bytes
  | CborValue[]
  | Map<CborKey, CborValue>
  | Tagged<CborValue>
  | Embedded;

/** What `writeCbor` takes. A plain object is a map with text keys. */
export type CborInput =
  | CborKey
  | boolean
  | null
  | Uint8Array
  | readonly CborInput[]
  | ReadonlyMap<CborKey, CborInput>
  | { readonly [key: string]: CborInput }
  | Tagged<CborInput>
  | Embedded;

/** A tagged item, other than embedded CBOR. */
export class Tagged<Value = CborValue> {
  readonly tag: number;
  readonly value: Value;

  constructor(tag: number, value: Value) {
    this.tag = tag;
    this.value = value;
  }
}

/**
 * Embedded CBOR, RFC 8949 section 3.4.5.1 (tag 24): a data item kept as bytes, so that it can be
 * hashed as it was sent. The content is not decoded; `readCbor(embedded.content, rules)` does that.
 */
export class Embedded {
  /** The whole item as received, with the heads of tag and byte string. */
  readonly encoded: Bytes;
  /** What the byte string holds. */
  readonly content: Bytes;

  constructor(encoded: Bytes, content: Bytes) {
    this.encoded = encoded;
    this.content = content;
  }

  /** Embeds already encoded CBOR. */
  static of(content: Uint8Array): Embedded {
    const encoded = encode(new Tag(content, EMBEDDED));
    return new Embedded(encoded, encoded.subarray(encoded.length - content.length));
  }
}

const EMBEDDED = 24;

const codec = new Encoder({
  mapsAsObjects: false,
  useRecords: false,
  variableMapSize: true,
  tagUint8Array: false,
});

/** cbor-x's bytes are a window on a pool it shares with every other message: copy them out. */
function encode(value: unknown): Bytes {
  return new Uint8Array(codec.encode(value));
}

/**
 * Decodes one untrusted item: strict scan first, then cbor-x. Byte strings are views on a private
 * copy of `bytes`, so the caller may reuse its buffer.
 * @throws IdVerifyError one of `ReaderCode`
 */
export function readCbor(bytes: Uint8Array, rules: ReaderRules): CborValue {
  return decode(new Uint8Array(bytes), rules);
}

/** Decodes what an item embeds, just as strictly. It is on a private copy already. */
export function readEmbedded({ content }: Embedded, rules: ReaderRules): CborValue {
  return decode(content, rules);
}

function decode(received: Bytes, rules: ReaderRules): CborValue {
  const marks = scan(received, rules);
  return restore(codec.decode(disguise(received, marks)), received, marks.tags);
}

/**
 * A copy that cbor-x decodes without fail: each tag is an array of one item, with a head of the same
 * size, and no string has its length in eight bytes (the native helper it uses in Node refuses that).
 */
function disguise(received: Bytes, { tags, wideStrings }: Marks): Bytes {
  if (tags.length === 0 && wideStrings.length === 0) return received;
  const copy = new Uint8Array(received);
  for (const { at, size } of tags) {
    copy.fill(0, at, at + size);
    copy[at] = (MAJOR.array << 5) | ((received[at] as number) & 31);
    copy[at + size - 1] = size === 1 ? (MAJOR.array << 5) | 1 : 1;
  }
  if (wideStrings.length === 0) return copy;
  const parts: Bytes[] = [];
  let from = 0;
  for (const at of wideStrings) {
    copy[at] = (received[at] as number) - 1;
    parts.push(copy.subarray(from, at + 1));
    from = at + 5;
  }
  return concatBytes(...parts, copy.subarray(from));
}

/** Gives what cbor-x decoded its tags back, and small integers their own type. */
function restore(decoded: unknown, received: Bytes, tags: readonly TagMark[]): CborValue {
  let ordinal = 0;
  let next = 0;

  const visit = (value: unknown): CborValue => {
    if (typeof value === 'bigint') return narrow(value);
    if (typeof value !== 'object' || value instanceof Uint8Array) return value as CborValue;
    if (value instanceof Map) {
      const map = new Map<CborKey, CborValue>();
      for (const [key, item] of value) map.set(visit(key) as CborKey, visit(item));
      return map;
    }
    if (!Array.isArray(value)) return value as CborValue;
    const mark = tags[next];
    if (mark?.ordinal !== ordinal++) return value.map(visit);
    next++;
    const content = visit(value[0]);
    if (mark.tag !== EMBEDDED) return new Tagged(mark.tag, content);
    const start = mark.at + mark.size;
    const end = start + headSize(received, start) + (content as Bytes).length;
    return new Embedded(received.subarray(mark.at, end), content as Bytes);
  };

  return visit(decoded);
}

function headSize(bytes: Bytes, at: number): number {
  const info = (bytes[at] as number) & 31;
  return info < 24 ? 1 : 1 + 2 ** (info - 24);
}

/** cbor-x makes a bigint of every eight-byte integer. */
function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * Core deterministic encoding, RFC 8949 section 4.2.1: shortest heads, map keys in bytewise order,
 * definite lengths. No floats: they have no place in what this project sends.
 * @throws TypeError where the value has no such encoding; the message does not hold the value
 */
export function writeCbor(value: CborInput): Bytes {
  return encode(prepare(value));
}

/** An array of already encoded items, spliced in as they are. */
export function writeArray(items: readonly Uint8Array[]): Bytes {
  // Each placeholder takes one byte; what is before them is the head.
  const placeholders = encode(items.map(() => 0));
  const head = placeholders.subarray(0, placeholders.length - items.length);
  return concatBytes(head, ...items);
}

/** The value as cbor-x must see it to write it deterministically. */
function prepare(value: CborInput): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return prepareInteger(value);
  if (typeof value === 'string') return prepareText(value);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(prepare);
  if (value instanceof Tagged) return new Tag(prepare(value.value), value.tag);
  if (value instanceof Embedded) {
    if (Embedded.of(value.content).encoded.length !== value.encoded.length) {
      throw new TypeError('an embedded item with a longer head than needed: use writeArray');
    }
    return new Tag(value.content, EMBEDDED);
  }
  if (typeof value !== 'object') throw new TypeError(`${typeof value} cannot be written as CBOR`);
  return prepareMap(value instanceof Map ? value : new Map(Object.entries(value)));
}

/** cbor-x writes integers of more than 32 bits as floats, unless they are bigints. */
function prepareInteger(value: number | bigint): number | bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new TypeError('a number that is not a safe integer cannot be written as CBOR');
  }
  if (value >= 2 ** 64 || value <= -(2 ** 64)) throw new TypeError('an integer over 64 bits');
  return value >= -(2 ** 32) && value < 2 ** 32 ? Number(value) : BigInt(value);
}

/** Only text that our own reader takes. */
function prepareText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('text with half a surrogate pair');
  if (value.startsWith('\ufeff')) throw new TypeError('text that starts with a byte order mark');
  return value;
}

function prepareMap(map: ReadonlyMap<CborKey, CborInput>): Map<unknown, unknown> {
  const entries = Array.from(map, ([key, value]) => {
    const prepared = prepare(key);
    return { key: prepared, encoded: encode(prepared), value: prepare(value) };
  });
  entries.sort((a, b) => compareBytes(a.encoded, b.encoded));
  const sorted = new Map(entries.map(({ key, value }) => [key, value]));
  if (sorted.size !== map.size) throw new TypeError('a map with the same key twice');
  return sorted;
}

function compareBytes(a: Bytes, b: Bytes): number {
  // An encoded item is never the beginning of another, so they differ before either ends.
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
}
