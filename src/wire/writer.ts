/**
 * CBOR as this project sends it: core deterministic encoding (RFC 8949 section 4.2.1). Shortest
 * heads, map keys in bytewise order, definite lengths, and no floats, which have no place here.
 */
import { type Bytes, compareBytes, concatBytes, utf8 } from './bytes.ts';
import { type CborInput, type CborKey, EMBEDDED, Embedded, Float, Tagged } from './cbor.ts';
import { MAJOR } from './major.ts';

/** @throws TypeError where the value has no such encoding; the message does not hold the value */
export function writeCbor(value: CborInput): Bytes {
  if (value === null) return simple(22);
  if (typeof value === 'boolean') return simple(value ? 21 : 20);
  if (typeof value === 'number' || typeof value === 'bigint') return integer(value);
  if (typeof value === 'string') return text(value);
  if (value instanceof Uint8Array) return prefixed(MAJOR.bytes, value.length, value);
  if (Array.isArray(value)) return writeArray(value.map(writeCbor));
  if (value instanceof Tagged) return prefixed(MAJOR.tag, value.tag, writeCbor(value.value));
  if (value instanceof Embedded) return embedded(value);
  if (value instanceof Float) throw new TypeError('a float, which nothing of ours has');
  if (typeof value !== 'object') throw new TypeError(`${typeof value} cannot be written as CBOR`);
  return map(value instanceof Map ? value : new Map(Object.entries(value)));
}

/** An array of already encoded items, spliced in as they are. */
export function writeArray(items: readonly Uint8Array[]): Bytes {
  return prefixed(MAJOR.array, items.length, ...items);
}

/** Embeds already encoded CBOR (tag 24). */
export function embed(content: Uint8Array): Embedded {
  const inner = prefixed(MAJOR.bytes, content.length, content);
  const encoded = prefixed(MAJOR.tag, EMBEDDED, inner);
  return new Embedded(encoded, encoded.subarray(encoded.length - content.length));
}

function prefixed(major: number, argument: number, ...content: Uint8Array[]): Bytes {
  return concatBytes(head(major, argument), ...content);
}

/** RFC 8949 section 3: the shortest head for this argument. */
function head(major: number, argument: number | bigint): Bytes {
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | Number(argument));
  const power = argument < 2 ** 8 ? 0 : argument < 2 ** 16 ? 1 : argument < 2 ** 32 ? 2 : 3;
  const bytes = new Uint8Array(1 + 2 ** power);
  bytes[0] = type | (24 + power);
  let rest = BigInt(argument);
  for (let i = 2 ** power; i > 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

const simple = (value: number): Bytes => head(MAJOR.simple, value);

function integer(value: number | bigint): Bytes {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new TypeError('a number that is no safe integer');
  }
  if (value >= 2 ** 64 || value < -(2 ** 64)) throw new TypeError('an integer over 64 bits');
  return value < 0 ? head(MAJOR.nint, -1n - BigInt(value)) : head(MAJOR.uint, value);
}

/** Half a pair; `isWellFormed()` is younger than Firefox 115. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Only text that our own reader takes. */
function text(value: string): Bytes {
  if (LONE_SURROGATE.test(value)) throw new TypeError('half a surrogate pair');
  if (value.startsWith('\ufeff')) throw new TypeError('a byte order mark');
  const bytes = utf8(value);
  return prefixed(MAJOR.text, bytes.length, bytes);
}

function embedded({ content, encoded }: Embedded): Bytes {
  const written = embed(content).encoded as Bytes;
  if (written.length !== encoded.length) {
    throw new TypeError('a head longer than needed: use writeArray');
  }
  return written;
}

function map(entries: ReadonlyMap<CborKey, CborInput>): Bytes {
  const written = Array.from(entries, ([key, value]) => ({
    key: writeCbor(key),
    value: writeCbor(value),
  }));
  written.sort((a, b) => compareBytes(a.key, b.key));
  if (written.some(({ key }, i) => i > 0 && compareBytes(key, written[i - 1]?.key ?? key) === 0)) {
    throw new TypeError('the same key twice');
  }
  return prefixed(MAJOR.map, written.length, ...written.flatMap(({ key, value }) => [key, value]));
}
