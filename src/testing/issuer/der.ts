/** The little DER (X.690) that certificates and revocation lists need. */
import { type Bytes, fromNumber, join, utf8 } from './bytes.ts';

/** One tag-length-value. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = join(...contents);
  const size = content.length;
  if (size < 0x80) return join(new Uint8Array([tag, size]), content);
  const length = fromNumber(BigInt(size));
  return join(new Uint8Array([tag, 0x80 | length.length]), length, content);
}

export const sequence = (...items: readonly Uint8Array[]): Bytes => tlv(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Bytes => tlv(0x31, ...items);
export const octets = (bytes: Uint8Array): Bytes => tlv(0x04, bytes);
export const utf8String = (text: string): Bytes => tlv(0x0c, utf8(text));
export const printableString = (text: string): Bytes => tlv(0x13, utf8(text));
export const nothing = (): Bytes => tlv(0x05);
export const enumerated = (value: number): Bytes => tlv(0x0a, new Uint8Array([value]));
export const yes = (): Bytes => tlv(0x01, new Uint8Array([0xff]));

/** BIT STRING. @param unused bits at the end that do not count */
export const bits = (bytes: Uint8Array, unused = 0): Bytes =>
  tlv(0x03, new Uint8Array([unused]), bytes);

/** A context tag: constructed around complete items, or primitive around bare content. */
export const context = (number: number, ...items: readonly Uint8Array[]): Bytes =>
  tlv(0xa0 | number, ...items);
export const contextPrimitive = (number: number, content: Uint8Array): Bytes =>
  tlv(0x80 | number, content);

/** A non-negative INTEGER. */
export function integer(value: bigint | Uint8Array): Bytes {
  const bytes = typeof value === 'bigint' ? fromNumber(value) : value;
  return tlv(0x02, (bytes[0] ?? 0) & 0x80 ? join(new Uint8Array(1), bytes) : bytes);
}

export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const content = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift(0x80 | (left & 0x7f));
    }
    return groups;
  });
  return tlv(0x06, new Uint8Array(content));
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
export function time(at: Date): Bytes {
  const text = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return at.getUTCFullYear() < 2050 ? tlv(0x17, utf8(text.slice(2))) : tlv(0x18, utf8(text));
}

/** The contents of the items inside one constructed item. */
export function children(item: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  const end = item.length;
  for (let at = span(item, 0).content; at < end; ) {
    const { next } = span(item, at);
    found.push(item.subarray(at, next));
    at = next;
  }
  return found;
}

/** The content of one item. */
export const contentOf = (item: Uint8Array): Uint8Array => item.subarray(span(item, 0).content);

function span(bytes: Uint8Array, at: number) {
  const first = bytes[at + 1] ?? 0;
  const taken = first < 0x80 ? 0 : first & 0x7f;
  const content = at + 2 + taken;
  const length = taken
    ? bytes.subarray(at + 2, content).reduce((sum, byte) => sum * 256 + byte, 0)
    : first;
  return { content, next: content + length };
}
