/**
 * CBOR as a tree that can be edited anywhere, with every head as wide as it was found, and with what
 * byte strings hold opened where that is CBOR too. It shares no code with the reader under attack.
 */

export interface Node {
  major: number;
  /** Additional information: how wide the head is. */
  info: number;
  /** The number itself, of integers, tags and simple values. */
  argument: bigint;
  /** Of byte and text strings that hold no CBOR. */
  bytes: Uint8Array;
  /** Items of an array, keys and values of a map in turn, the content of a tag, the item in a byte string. */
  children: Node[];
}

const [BYTES, TEXT, ARRAY, MAP, TAG] = [2, 3, 4, 5, 6];

class NotCbor extends Error {}

function parseAt(bytes: Uint8Array, start: number): { node: Node; end: number } {
  const initial = bytes[start];
  if (initial === undefined) throw new NotCbor();
  const [major, info] = [initial >> 5, initial & 31];
  const width = info < 24 ? 0 : 1 << (info - 24);
  if (info > 27 || start + 1 + width > bytes.length) throw new NotCbor();
  let argument = width === 0 ? BigInt(info) : 0n;
  for (let i = 1; i <= width; i++) argument = (argument << 8n) | BigInt(bytes[start + i] ?? 0);
  let end = start + 1 + width;
  const node: Node = { major, info, argument, bytes: new Uint8Array(), children: [] };
  const count = Number(argument);
  if (major === BYTES || major === TEXT) {
    if (end + count > bytes.length) throw new NotCbor();
    node.bytes = bytes.slice(end, end + count);
    end += count;
    const inner = major === BYTES && count > 1 ? tryParse(node.bytes) : undefined;
    if (inner) node.children = [inner];
  } else if (major >= ARRAY && major <= TAG) {
    const items = major === TAG ? 1 : major === MAP ? count * 2 : count;
    if (items > bytes.length) throw new NotCbor();
    for (let i = 0; i < items; i++) {
      const item = parseAt(bytes, end);
      node.children.push(item.node);
      end = item.end;
    }
  }
  return { node, end };
}

function tryParse(bytes: Uint8Array): Node | undefined {
  try {
    const { node, end } = parseAt(bytes, 0);
    return end === bytes.length ? node : undefined;
  } catch (error) {
    if (error instanceof NotCbor) return undefined;
    throw error;
  }
}

/** The tree of well-formed CBOR. */
export function parse(bytes: Uint8Array): Node {
  const tree = tryParse(bytes);
  if (!tree) throw new TypeError('not CBOR');
  return tree;
}

function write(node: Node, out: number[]): void {
  const { major, children } = node;
  const content: number[] = [];
  if (major === BYTES && children[0]) write(children[0], content);
  else for (const byte of node.bytes) content.push(byte);
  const argument =
    major === BYTES || major === TEXT
      ? BigInt(content.length)
      : major === ARRAY
        ? BigInt(children.length)
        : major === MAP
          ? BigInt(children.length >> 1)
          : node.argument;
  const least =
    argument < 24n
      ? 0
      : argument < 256n
        ? 24
        : argument < 65_536n
          ? 25
          : argument < 1n << 32n
            ? 26
            : 27;
  const info = Math.max(least === 0 ? Number(argument) : least, node.info > 23 ? node.info : 0);
  out.push((major << 5) | info);
  const width = info < 24 ? 0 : 1 << (info - 24);
  for (let i = width - 1; i >= 0; i--) out.push(Number((argument >> BigInt(8 * i)) & 255n));
  if (major === BYTES || major === TEXT) for (const byte of content) out.push(byte);
  else for (const child of children) write(child, out);
}

export function encode(tree: Node): Uint8Array {
  const out: number[] = [];
  write(tree, out);
  return Uint8Array.from(out);
}

/** All nodes, the root first. */
export function nodes(tree: Node, into: Node[] = []): Node[] {
  into.push(tree);
  for (const child of tree.children) nodes(child, into);
  return into;
}

export const clone = (node: Node): Node => ({ ...node, children: node.children.map(clone) });
