/**
 * CBOR (RFC 8949) in the shape COSE and mdoc need: maps become `Map`, byte strings are views, and
 * embedded items keep the bytes they came in. Only what the strict reader has passed is decoded, so
 * the decoder has nothing left to refuse.
 */
import type { Bytes } from './bytes.ts';
import { MAJOR } from './major.ts';
import { type ReaderRules, scan } from './reader.ts';

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

/** Tag of an encoded CBOR data item, RFC 8949 section 3.4.5.1. */
export const EMBEDDED = 24;

/**
 * Embedded CBOR: a data item kept as bytes, so that it can be hashed as it was sent. The content is
 * not decoded; `readCbor(embedded.content, rules)` does that.
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
}

/**
 * Decodes one untrusted item: strict scan first. Byte strings are views on a private copy of
 * `bytes`, so the caller may reuse its buffer.
 * @throws IdVerifyError one of `ReaderCode`
 */
export function readCbor(bytes: Uint8Array, rules: ReaderRules): CborValue {
  return readPart(new Uint8Array(bytes), rules);
}

/**
 * Decodes an item inside what `readCbor` returned, in the same strict way. Its bytes are private
 * already, so they are not copied again.
 * @throws IdVerifyError one of `ReaderCode`
 */
export function readPart(bytes: Uint8Array, rules: ReaderRules): CborValue {
  scan(bytes, rules);
  return new Decoder(bytes as Bytes).item();
}

const UTF8 = /* @__PURE__ */ new TextDecoder();

class Decoder {
  readonly #bytes: Bytes;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  item(): CborValue {
    const start = this.#at;
    const initial = this.#bytes[this.#at++] as number;
    const info = initial & 31;
    const major = initial >> 5;
    if (major === MAJOR.simple) return this.#simple(info);
    const argument = this.#argument(info);
    if (major === MAJOR.uint) return argument;
    if (major === MAJOR.nint) return narrow(-1n - BigInt(argument));
    const length = Number(argument);
    if (major === MAJOR.bytes) return this.#take(length);
    if (major === MAJOR.text) return this.#text(length);
    if (major === MAJOR.array) return Array.from({ length }, () => this.item());
    if (major === MAJOR.map) return this.#map(length);
    const content = this.item();
    return length === EMBEDDED
      ? new Embedded(this.#bytes.subarray(start, this.#at), content as Bytes)
      : new Tagged(length, content);
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    const at = this.#at;
    this.#at += size;
    if (size === 1) return this.#view.getUint8(at);
    if (size === 2) return this.#view.getUint16(at);
    return size === 4 ? this.#view.getUint32(at) : narrow(this.#view.getBigUint64(at));
  }

  #take(length: number): Bytes {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Identifiers are short and ASCII: for those, asking the runtime's decoder takes longer. */
  #text(length: number): string {
    const end = this.#at + length;
    let text = '';
    for (let at = this.#at; at < end; at++) {
      const byte = this.#bytes[at] as number;
      if (byte > 127 || length > 32) return UTF8.decode(this.#take(length));
      text += String.fromCharCode(byte);
    }
    this.#at = end;
    return text;
  }

  #map(size: number): Map<CborKey, CborValue> {
    const map = new Map<CborKey, CborValue>();
    for (let i = 0; i < size; i++) map.set(this.item() as CborKey, this.item());
    return map;
  }

  /** False, true, null, or a float: the reader passes nothing else. */
  #simple(info: number): boolean | null | number {
    if (info < 22) return info === 21;
    if (info === 22) return null;
    const at = this.#at;
    this.#at += 2 ** (info - 24);
    if (info === 25) return halfFloat(this.#view.getUint16(at));
    return info === 26 ? this.#view.getFloat32(at) : this.#view.getFloat64(at);
  }
}

/** RFC 8949 appendix D; `DataView` reads it itself only in newer engines. */
function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
