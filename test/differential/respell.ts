/** A response as a library writes it anew after decoding it: shortest heads, each key once. */
import { clone, encode, type Node, parse } from '../fuzz/tree.ts';

const [MAP, SIMPLE] = [5, 7];

function shorten(node: Node): void {
  for (const child of node.children) shorten(child);
  // Floats are told from simple values by their width alone.
  if (node.major !== SIMPLE) node.info = 0;
  if (node.major === MAP) keepLast(node);
}

/** Of entries with one key the last value counts, in the place of the first: as in a JavaScript Map. */
function keepLast(map: Node): void {
  const entries = new Map<string, [Node, Node]>();
  for (let at = 0; at + 1 < map.children.length; at += 2) {
    const [key, value] = map.children.slice(at, at + 2) as [Node, Node];
    const name = Buffer.from(encode(key)).toString('hex');
    entries.set(name, [entries.get(name)?.[0] ?? key, value]);
  }
  map.children = [...entries.values()].flat();
}

/** Undefined for what is not CBOR. */
export function respelt(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const tree = clone(parse(bytes));
    shorten(tree);
    return encode(tree);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
