/**
 * A strict reader of DER (ITU-T X.690): definite minimal lengths, no trailing bytes, one-byte tags.
 * Everything X.509 needs and nothing else.
 */
import { IdVerifyError } from '../wire/error.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

export interface DerNode {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content as received: what signatures cover. */
  readonly encoded: Uint8Array;
}

function malformed(what: string): IdVerifyError {
  return new IdVerifyError('malformed/der', `DER: ${what}`);
}

function readNode(bytes: Uint8Array, start: number): DerNode {
  const tag = bytes[start];
  let length = bytes[start + 1];
  if (tag === undefined || length === undefined) throw malformed('truncated');
  if ((tag & 0x1f) === 0x1f) throw malformed('multi-byte tag');
  let at = start + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw malformed('indefinite or oversized length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] ?? 0);
    if (length < 0x80 || length < 256 ** (count - 1)) throw malformed('length is not minimal');
  }
  const end = at + length;
  if (end > bytes.length) throw malformed('truncated');
  return { tag, content: bytes.subarray(at, end), encoded: bytes.subarray(start, end) };
}

/** The one value that fills `bytes`. */
export function readDer(bytes: Uint8Array, tag: number): DerNode {
  const node = expectTag(readNode(bytes, 0), tag);
  if (node.encoded.length !== bytes.length) throw malformed('trailing bytes');
  return node;
}

/** The values inside a constructed value. */
export function children(node: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < node.content.length; ) {
    const child = readNode(node.content, at);
    nodes.push(child);
    at += child.encoded.length;
  }
  return nodes;
}

/** The members of a structure, of which there are no more than it has. */
export function members(node: DerNode, most: number): DerNode[] {
  const nodes = children(node);
  if (nodes.length > most) throw malformed(`${nodes.length} members in the place of ${most}`);
  return nodes;
}

export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw malformed(`expected tag ${tag}, found ${node?.tag ?? 'nothing'}`);
  return node;
}

/** Dotted form of an object identifier. */
export function readOid(node: DerNode | undefined): string {
  const { content } = expectTag(node, TAG.oid);
  if (content.length === 0 || content.length > 40) throw malformed('object identifier length');
  const arcs: number[] = [];
  let arc = 0;
  for (const [index, byte] of content.entries()) {
    if (arc === 0 && byte === 0x80) throw malformed('object identifier is not minimal');
    if (arc > 2 ** 40) throw malformed('object identifier arc too large');
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    } else if (index === content.length - 1) throw malformed('truncated object identifier');
  }
  const first = arcs[0] ?? 0;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...arcs.slice(1)].join('.');
}

/** The content of an INTEGER, checked to be minimal. */
export function readInteger(node: DerNode | undefined): Uint8Array {
  const { content } = expectTag(node, TAG.integer);
  const [first, second] = content;
  if (first === undefined) throw malformed('empty integer');
  const redundant =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (redundant) throw malformed('integer is not minimal');
  return content;
}

export function readSmallInteger(node: DerNode | undefined): number {
  const content = readInteger(node);
  if (content.length > 4 || (content[0] ?? 0) >= 0x80) throw malformed('integer out of range');
  return content.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function readBoolean(node: DerNode): boolean {
  const { content } = expectTag(node, TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw malformed('boolean');
  return content[0] === 0xff;
}

/** The octets of a BIT STRING that has no unused bits: keys and signatures. */
export function readBitString(node: DerNode | undefined): Uint8Array {
  const { content } = expectTag(node, TAG.bitString);
  if (content[0] !== 0) throw malformed('bit string with unused bits');
  return content.subarray(1);
}

/** The numbers of the bits set in a named-bit list such as KeyUsage. */
export function readNamedBits(node: DerNode): number[] {
  const { content } = expectTag(node, TAG.bitString);
  const unused = content[0];
  if (unused === undefined || unused > 7 || content.length > 5) throw malformed('named bits');
  const bits: number[] = [];
  for (let bit = 0; bit < (content.length - 1) * 8 - unused; bit++) {
    if (((content[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) bits.push(bit);
  }
  return bits;
}

/** UTCTime or GeneralizedTime in the only forms RFC 5280 section 4.1.2.5 allows, in ms since 1970. */
export function readTime(node: DerNode | undefined): number {
  const text = String.fromCharCode(...(node?.content.subarray(0, 16) ?? []));
  let digits: string | undefined;
  if (node?.tag === TAG.utcTime && /^\d{12}Z$/.test(text)) {
    digits = (text < '5' ? '20' : '19') + text;
  } else if (node?.tag === TAG.generalizedTime && /^\d{14}Z$/.test(text)) digits = text;
  if (digits === undefined) throw malformed('time');
  const [, year, ...rest] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  const iso = `${year}-${rest[0]}-${rest[1]}T${rest[2]}:${rest[3]}:${rest[4]}.000Z`;
  const time = Date.parse(iso);
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw malformed('time');
  return time;
}

/** Text of the string types X.509 names use; undefined for any other. */
export function readString(node: DerNode): string | undefined {
  switch (node.tag) {
    case 0x0c: // UTF8String
      return new TextDecoder('utf-8').decode(node.content);
    case 0x13: // PrintableString
    case 0x16: // IA5String
    case 0x86: // [6] uniformResourceIdentifier
      return String.fromCharCode(...node.content.subarray(0, 4_096));
    default:
      return undefined;
  }
}
