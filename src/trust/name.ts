import {
  children,
  type DerNode,
  expectTag,
  members,
  readOid,
  readString,
  TAG,
} from '../crypto/der.ts';

/** A distinguished name. Names are compared by their bytes, as ISO/IEC 18013-5 B.1 demands. */
export interface Name {
  readonly encoded: Uint8Array;
  /** First value of each attribute by its object identifier. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Every attribute that is text, in order. */
  readonly pairs: readonly (readonly [oid: string, text: string])[];
}

export const ATTRIBUTE = {
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  organization: '2.5.4.10',
} as const;

/** @throws IdVerifyError `malformed/der` */
export function readName(node: DerNode | undefined): Name {
  const name = expectTag(node, TAG.sequence);
  const attributes = new Map<string, string>();
  const pairs: (readonly [string, string])[] = [];
  for (const set of children(name)) {
    for (const pair of children(expectTag(set, TAG.set))) {
      const [type, value] = members(expectTag(pair, TAG.sequence), 2);
      const oid = readOid(type);
      const text = value && readString(value);
      if (text === undefined) continue;
      pairs.push([oid, text]);
      if (!attributes.has(oid)) attributes.set(oid, text);
    }
  }
  return { encoded: name.encoded, attributes, pairs };
}

/** A short human form of a name: its common name, or what else identifies it. */
export function nameText(name: Name): string {
  return name.attributes.get(ATTRIBUTE.commonName) ?? [...name.attributes.values()].join(', ');
}

/** RFC 4514 section 3. */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** The string of a name that RFC 4514 makes of it: the last attribute first. */
export const distinguishedName = ({ pairs }: Name): string =>
  pairs
    .toReversed()
    .map(([oid, text]) => `${SHORT[oid] ?? oid}=${escaped(text)}`)
    .join(',');

/** Section 2.4. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\"+,;<>=]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
