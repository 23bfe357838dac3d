/**
 * The one reader of untrusted CBOR, for both halves: a single pass that decodes as it checks, and
 * refuses everything this project has no use for. What it reads was well formed (RFC 8949 section
 * 5.3.1) and valid (5.3.2), within the limits, free of surprising tags, and has one meaning only.
 */
import { type Bytes, compareBytes, toHex } from './bytes.ts';
import { type CborKey, type CborValue, EMBEDDED, Embedded, Float, Tagged } from './cbor.ts';
import type { ReaderRules } from './cbor-rules.ts';
import { MAJOR } from './major.ts';
import { refuse } from './reader-refusals.ts';

/**
 * Decodes one untrusted item. Byte strings are views on a private copy of `bytes`, so the caller may
 * reuse its buffer. The content of an embedded item (tag 24) stays a byte string; read it on its own.
 * @throws IdVerifyError one of `ReaderCode`, and nothing else whatever the bytes
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
  return new Reader(bytes as Bytes, rules).read();
}

/** Shows a byte order mark, so that it can be refused. */
const UTF8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class Reader {
  readonly #bytes: Bytes;
  readonly #view: DataView;
  readonly #rules: ReaderRules;
  #at = 0;
  /** Items read or declared so far: what is declared counts, whether or not it is there. */
  #items = 1;

  constructor(bytes: Bytes, rules: ReaderRules) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#rules = rules;
  }

  read(): CborValue {
    if (this.#bytes.length > this.#rules.maxBytes) refuse('limit/bytes', 0);
    const value = this.#item(this.#rules.maxDepth);
    if (this.#at !== this.#bytes.length) refuse('malformed/trailing_bytes', this.#at);
    return value;
  }

  /** @param levels how deep it may still nest */
  #item(levels: number): CborValue {
    const start = this.#at;
    const initial = this.#bytes[this.#skip(1)] as number;
    const info = initial & 31;
    const major = initial >> 5;
    if (major === MAJOR.simple) return this.#simple(info, start);
    const argument = this.#argument(info, start);
    if (major === MAJOR.uint) return argument;
    if (major === MAJOR.nint) return narrow(-1n - BigInt(argument));
    const length = Number(argument);
    if (major === MAJOR.bytes) return this.#string(length, start);
    if (major === MAJOR.text) return this.#text(length, start);
    if (levels === 0) refuse('limit/depth', start);
    if (major === MAJOR.tag) return this.#tag(length, start, levels - 1);
    if (major === MAJOR.array) return this.#array(length, start, levels - 1);
    return this.#map(length, start, levels - 1);
  }

  /** Moves on, and says where it was. */
  #skip(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) refuse('malformed/truncated', from);
    this.#at = from + length;
    return from;
  }

  #argument(info: number, start: number): number | bigint {
    if (info < 24) return info;
    if (info > 27) refuseHead(info, start);
    const at = this.#skip(2 ** (info - 24));
    const argument =
      info === 24
        ? this.#view.getUint8(at)
        : info === 25
          ? this.#view.getUint16(at)
          : info === 26
            ? this.#view.getUint32(at)
            : narrow(this.#view.getBigUint64(at));
    // The head before this one would have held what is below this.
    if (this.#rules.deterministic && argument < (info === 24 ? 24 : 2 ** (2 ** (info - 22)))) {
      refuse('malformed/non_minimal', start);
    }
    return argument;
  }

  #string(length: number, start: number): Bytes {
    if (length > this.#rules.maxBytes) refuse('limit/bytes', start);
    const from = this.#skip(length);
    return this.#bytes.subarray(from, this.#at);
  }

  /** Identifiers are short and ASCII: for those, asking the runtime's decoder takes longer. */
  #text(length: number, start: number): string {
    const from = this.#at;
    const bytes = this.#string(length, start);
    if (length <= 32) {
      let text = '';
      let at = from;
      for (; at < this.#at; at++) {
        const byte = this.#bytes[at] as number;
        if (byte > 127) break;
        text += String.fromCharCode(byte);
      }
      if (at === this.#at) return text;
    }
    const text = utf8(bytes) ?? refuse('malformed/text_utf8', start);
    if (text.startsWith('\ufeff')) refuse('malformed/text_bom', start);
    return text;
  }

  /** Makes sure that so many items may follow, and could: each takes a byte at least. */
  #expect(count: number, start: number): void {
    this.#items += count;
    if (this.#items > this.#rules.maxItems) refuse('limit/items', start);
    if (count > this.#bytes.length - this.#at) refuse('malformed/truncated', start);
  }

  #array(length: number, start: number, levels: number): CborValue[] {
    this.#expect(length, start);
    const items: CborValue[] = [];
    for (let i = 0; i < length; i++) items.push(this.#item(levels));
    return items;
  }

  #map(size: number, start: number, levels: number): Map<CborKey, CborValue> {
    const { maxItems, maxMapEntries, deterministic, byteKeys } = this.#rules;
    if (size > maxMapEntries && size < maxItems) refuse('limit/map_entries', start);
    this.#expect(2 * size, start);
    const map = new Map<CborKey, CborValue>();
    // A map tells byte strings apart by who they are, so those are listed by what they hold.
    const listed = byteKeys ? new Set<string>() : undefined;
    let previous: Bytes | undefined;
    for (let i = 0; i < size; i++) {
      const from = this.#at;
      const key = this.#key();
      if (listed && typeof key === 'object' && !isNew(listed, toHex(key))) {
        refuse('malformed/duplicate_key', from);
      }
      if (deterministic) {
        const encoded = this.#bytes.subarray(from, this.#at);
        if (previous && compareBytes(previous, encoded) > 0) refuse('malformed/key_order', from);
        previous = encoded;
      }
      map.set(key as CborKey, this.#item(levels));
      if (map.size === i) refuse('malformed/duplicate_key', from);
    }
    return map;
  }

  #key(): CborKey | Bytes {
    const start = this.#at;
    const major = (this.#bytes[start] ?? 0) >> 5;
    if (
      major > MAJOR.nint &&
      major !== MAJOR.text &&
      !(major === MAJOR.bytes && this.#rules.byteKeys)
    ) {
      refuse('malformed/key_type', start);
    }
    return this.#item(0) as CborKey | Bytes;
  }

  #tag(tag: number, start: number, levels: number): Tagged | Embedded {
    const expected = this.#rules.tags.get(tag);
    if (expected === undefined) {
      refuse(tag === 2 || tag === 3 ? 'malformed/bignum' : 'malformed/tag', start);
    }
    this.#expect(1, start);
    if ((this.#bytes[this.#at] as number) >> 5 !== expected) {
      refuse('malformed/tag_content', start);
    }
    const content = this.#item(levels);
    return tag === EMBEDDED
      ? new Embedded(this.#bytes.subarray(start, this.#at), content as Bytes)
      : new Tagged(tag, content);
  }

  /** False, true, null, or a float. */
  #simple(info: number, start: number): boolean | null | Float {
    if (info > 27) refuseHead(info, start);
    if (info < 20 || (info > 22 && info < 25)) refuse('malformed/simple_value', start);
    if (info < 25) return info === 22 ? null : info === 21;
    if (!this.#rules.floats) refuse('malformed/float', start);
    const at = this.#skip(2 ** (info - 24));
    if (info === 25) return new Float(halfFloat(this.#view.getUint16(at)));
    return new Float(info === 26 ? this.#view.getFloat32(at) : this.#view.getFloat64(at));
  }
}

function refuseHead(info: number, at: number): never {
  return refuse(info === 31 ? 'malformed/indefinite_length' : 'malformed/reserved_head', at);
}

/** Whether it was not there yet; it is now. */
function isNew(set: Set<string>, value: string): boolean {
  const { size } = set;
  return set.add(value).size > size;
}

/** Undefined where the bytes are not UTF-8 (RFC 3629 section 4: no overlong form, no surrogate). */
function utf8(bytes: Bytes): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
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
