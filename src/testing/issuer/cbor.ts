/**
 * A CBOR encoder (RFC 8949) for the test issuer. It writes minimal heads and keeps the order it is
 * given; the wrappers below write on purpose what a strict reader has to refuse.
 */
import { type Bytes, join, utf8 } from './bytes.ts';

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

/** The CBOR encoding of a value. */
export function encode(value: Cbor): Bytes {
  return join(...parts(value));
}

function* parts(value: Cbor): Generator<Uint8Array> {
  if (value instanceof Raw) yield value.bytes;
  else if (value instanceof Uint8Array) yield* [head('bytes', value.length), value];
  else if (typeof value === 'string') yield* text(value);
  else if (typeof value === 'number' || typeof value === 'bigint') yield number(value);
  else if (value === false) yield head('simple', 20);
  else if (value === true) yield head('simple', 21);
  else if (value === null) yield head('simple', 22);
  else if (value === undefined) yield head('simple', 23);
  else if (value instanceof Tag) {
    yield head('tag', value.tag);
    yield* parts(value.value);
  } else if (isArray(value)) {
    yield head('array', value.length);
    for (const item of value) yield* parts(item);
  } else {
    const entries = entriesOf(value);
    yield head('map', entries.length);
    for (const entry of entries) for (const item of entry) yield* parts(item);
  }
}

function text(value: string): Uint8Array[] {
  const bytes = utf8(value);
  return [head('text', bytes.length), bytes];
}

function number(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return float64(value);
  return value < 0 ? head('nint', -1n - BigInt(value)) : head('uint', value);
}

function float64(value: number): Uint8Array {
  const out = new Uint8Array(9);
  out[0] = 0xfb;
  new DataView(out.buffer).setFloat64(1, value);
  return out;
}

const isArray = (value: Cbor): value is readonly Cbor[] => Array.isArray(value);

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
