/**
 * The values of CBOR (RFC 8949) in the shape COSE and mdoc need: maps become `Map`, byte strings are
 * views, and embedded items keep the bytes they came in. `reader.ts` reads them, `writer.ts` writes.
 */
import type { Bytes } from './bytes.ts';

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
  | Float
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
  /** Never written: `writeCbor` throws. */
  | Float
  | Embedded;

/** A floating-point number, apart from integers: where one of those is demanded, 2.0 is none. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

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
