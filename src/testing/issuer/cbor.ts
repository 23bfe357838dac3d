/**
 * CBOR (RFC 8949) of the test issuer. Honest values are written by cbor-x, a codec the verifier does
 * not have, with minimal heads and in the order given. What a strict reader has to refuse is cut
 * into the bytes by the wrappers below. (The build without `eval` has a table of tags of its own.)
 */
import { Tag as CborXTag, Encoder } from 'cbor-x/index-no-eval';
import { type Bytes, join } from './bytes.ts';

export type Cbor =
  | number
  | bigint
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | Tag
  | Raw
  | readonly Cbor[]
  | ReadonlyMap<Cbor, Cbor>
  | { readonly [key: string]: Cbor };

/** A tagged value. */
export class Tag {
  readonly tag: number;
  readonly value: Cbor;
  constructor(tag: number, value: Cbor) {
    this.tag = tag;
    this.value = value;
  }
}

/** Bytes that go out as they are, CBOR or not. */
export class Raw {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export const tag = (number: number, value: Cbor): Tag => new Tag(number, value);
export const raw = (...parts: readonly Uint8Array[]): Raw => new Raw(join(...parts));

/** `#6.24(bstr .cbor value)`, fixed as bytes: what is hashed is what is sent. */
export const embedded = (value: Cbor): Raw => raw(encode(tag(24, encode(value))));

/** `tdate`: tag 0, whole seconds, UTC. */
export const tdate = (at: Date): Tag => tag(0, `${at.toISOString().slice(0, 19)}Z`);

/** `full-date`: tag 1004, `YYYY-MM-DD`. */
export const fullDate = (date: string): Tag => tag(1004, date);

const MAJOR = { uint: 0, nint: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;
type Major = keyof typeof MAJOR;
/** How many bytes the argument takes; 0 puts it in the first byte (below 24 only). */
export type Width = 0 | 1 | 2 | 4 | 8;

/** The first bytes of a data item. A `width` above the smallest that fits makes it non-minimal. */
export function head(major: Major, argument: number | bigint, width?: Width): Bytes {
  const value = BigInt(argument);
  const size = width ?? smallest(value);
  const first = MAJOR[major] << 5;
  if (size === 0) return new Uint8Array([first | Number(value)]);
  const out = new Uint8Array(1 + size);
  out[0] = first | (24 + Math.log2(size));
  let rest = value;
  for (let at = size; at > 0; at--) {
    out[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

function smallest(value: bigint): Width {
  if (value < 24n) return 0;
  if (value < 0x100n) return 1;
  if (value < 0x10000n) return 2;
  return value < 0x100000000n ? 4 : 8;
}

/** Its defaults mark maps and byte strings with tags of their own. */
const OPTIONS = {
  variableMapSize: true,
  tagUint8Array: false,
  useTag259ForMaps: false,
  useRecords: false,
  mapsAsObjects: false,
};
const encoder = new Encoder(OPTIONS);

/** Stands in what cbor-x writes where raw bytes are to be; no document contains it. */
const PLACE = crypto.getRandomValues(new Uint8Array(16));

/** The CBOR encoding of a value. */
export function encode(value: Cbor): Bytes {
  const cut: Raw[] = [];
  const written = new Uint8Array(encoder.encode(prepared(value, cut)));
  return cut.length === 0 ? written : withRaw(written, cut);
}

/** Raw bytes in the places held for them, one after the other. */
function withRaw(written: Bytes, cut: readonly Raw[]): Bytes {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { bytes } of cut) {
    const at = placeAfter(written, from);
    // Its head, 0x50, is one byte.
    parts.push(written.subarray(from, at - 1), bytes);
    from = at + PLACE.length;
  }
  return join(...parts, written.subarray(from));
}

function placeAfter(bytes: Bytes, from: number): number {
  let at = from;
  while (!PLACE.every((byte, index) => bytes[at + index] === byte)) {
    if (at === bytes.length) throw new Error('cbor-x changed the order of what it was given');
    at += 1;
  }
  return at;
}

const isArray = (value: Cbor): value is readonly Cbor[] => Array.isArray(value);

/** The same value as cbor-x has to be given it, so that every integer gets its shortest form. */
function prepared(value: Cbor, cut: Raw[]): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return integer(value);
  if (value instanceof Raw) {
    cut.push(value);
    return PLACE;
  }
  if (value instanceof Tag) return new CborXTag(prepared(value.value, cut), value.tag);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isArray(value)) return value.map((item) => prepared(item, cut));
  return new Map(entriesOf(value).map(([key, item]) => [prepared(key, cut), prepared(item, cut)]));
}

/** cbor-x writes numbers of more than 32 bits as floats, and every bigint with 64 bits. */
function integer(value: number | bigint): number | bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return value;
  const small = value < 2n ** 32n && value >= -(2n ** 32n);
  return small ? Number(value) : BigInt(value);
}

/** Members whose value is `undefined` are left out of an object, never out of a Map. */
function entriesOf(value: ReadonlyMap<Cbor, Cbor> | { readonly [key: string]: Cbor }) {
  if (value instanceof Map) return [...value] as [Cbor, Cbor][];
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** A map exactly as listed: any order, any duplicates. */
export function pairs(...entries: readonly (readonly [Cbor, Cbor])[]): Raw {
  return raw(head('map', entries.length), ...entries.flat().map(encode));
}

/** The same value with its outermost head written `width` bytes wide. */
export function wide(value: Cbor, width: Exclude<Width, 0>): Raw {
  const bytes = encode(value);
  const info = (bytes[0] ?? 0) & 31;
  const taken = info < 24 ? 0 : 1 << (info - 24);
  const argument = bytes
    .subarray(1, 1 + taken)
    .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const major = Object.keys(MAJOR)[(bytes[0] ?? 0) >> 5] as Major;
  const rewritten = head(major, info < 24 ? info : argument, width);
  return raw(rewritten, bytes.subarray(1 + taken));
}

/** A string (in the given chunks), array or map of indefinite length. */
export function indefinite(major: 'bytes' | 'text' | 'array' | 'map', items: readonly Cbor[]): Raw {
  return raw(
    new Uint8Array([(MAJOR[major] << 5) | 31]),
    ...items.map(encode),
    new Uint8Array([0xff]),
  );
}

/** `depth` arrays around a value. */
export function nested(depth: number, value: Cbor = null): Raw {
  return raw(new Uint8Array(depth).fill(0x81), encode(value));
}
