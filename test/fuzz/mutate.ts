/** Damage, from a single bit to a part of another message in the wrong place. */
import type { Random } from './random.ts';
import { clone, encode, type Node, nodes } from './tree.ts';

/** A few edits of bytes. */
export function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const out = [...bytes];
  for (let edits = 1 + random.below(3); edits > 0 && out.length > 0; edits--) {
    const at = random.below(out.length);
    const edit = random.below(8);
    if (edit === 0) out.splice(at, 1 + random.below(4));
    else if (edit === 1) out.splice(at, 0, ...random.bytes(1 + random.below(4)));
    else if (edit === 2) out.length = at;
    else if (edit === 3) out.splice(at, 0, ...out.slice(at, at + random.below(64)));
    else if (edit === 4) out[at] = random.pick([0, 1, 0x7f, 0x80, 0xff]);
    else out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
  }
  return Uint8Array.from(out);
}

const leaf = (major: number, argument: bigint, bytes: readonly number[] = []): Node => ({
  major,
  info: 0,
  argument,
  bytes: Uint8Array.from(bytes),
  children: [],
});

const VALUES: readonly (() => Node)[] = [
  () => leaf(0, 0n),
  () => leaf(0, 2n ** 53n),
  () => leaf(0, 2n ** 64n - 1n),
  () => leaf(1, 0n),
  () => leaf(2, 0n),
  () => leaf(3, 0n),
  () => leaf(4, 0n),
  () => leaf(5, 0n),
  () => leaf(7, 20n),
  () => leaf(7, 21n),
  () => leaf(7, 22n),
  () => leaf(7, 23n),
];

type Edit = (node: Node, random: Random, donors: readonly Node[]) => void;

/** Each changes one node of a tree in place. */
const EDITS: readonly Edit[] = [
  (node, random) => {
    node.children.splice(random.below(node.children.length + 1), node.major === 5 ? 2 : 1);
  },
  (node, random) => {
    const [at, to] = [random.below(node.children.length), random.below(node.children.length + 1)];
    const size = node.major === 5 ? 2 : 1;
    node.children.splice(to, 0, ...node.children.slice(at, at + size).map(clone));
  },
  ({ children }, random) => {
    const [a, b] = [random.below(children.length), random.below(children.length)];
    const [one, other] = [children[a], children[b]];
    if (one && other) [children[a], children[b]] = [other, one];
  },
  (node, random, donors) => Object.assign(node, clone(random.pick(donors))),
  (node, random, donors) => {
    // A value for the same key, or an item of the same kind, of another message.
    const alike = donors.filter(
      ({ major, children }) => major === node.major && children.length === node.children.length,
    );
    if (alike.length > 0) Object.assign(node, clone(random.pick(alike)));
  },
  (node, random) => Object.assign(node, random.pick(VALUES)()),
  (node, random) => {
    node.argument = BigInt(random.pick([0, 1, 2, 23, 24, 255, 65_536]));
  },
  (node, random) => {
    node.argument ^= 1n << BigInt(random.below(16));
  },
  (node, random) => {
    if (node.bytes.length === 0) return;
    node.children = [];
    node.bytes = damage(node.bytes, random);
  },
  (node, random) => {
    node.info = random.pick([24, 25, 26, 27]);
  },
  (node, random) => {
    node.major = random.below(8);
  },
  (node, random) => {
    const tag: Node = { ...leaf(6, BigInt(random.pick([0, 1, 2, 17, 18, 24, 1004, 55_799]))) };
    tag.children = [clone(node)];
    Object.assign(node, tag);
  },
  (node) => Object.assign(node, { ...leaf(4, 0n), children: [clone(node)] }),
  (node, random, donors) => {
    node.children.push(...[0, 1].map(() => clone(random.pick(donors))));
  },
];

/** One or more edits somewhere in a message, with parts of others to hand. */
export function rearrange(tree: Node, random: Random, donors: readonly Node[]): Uint8Array {
  const changed = clone(tree);
  for (let edits = 1 + random.below(2); edits > 0; edits--) {
    random.pick(EDITS)(random.pick(nodes(changed)), random, donors);
  }
  return encode(changed);
}
