import { children, type DerNode, expectTag, readOid, readString, TAG } from '../crypto/der.ts';

/** A distinguished name. Names are compared by their bytes, as ISO/IEC 18013-5 B.1 demands. */
export interface Name {
  readonly encoded: Uint8Array;
  /** First value of each attribute by its object identifier. */
  readonly attributes: ReadonlyMap<string, string>;
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
  for (const set of children(name)) {
    for (const pair of children(expectTag(set, TAG.set))) {
      const [type, value] = children(expectTag(pair, TAG.sequence));
      const oid = readOid(type);
      const text = value && readString(value);
      if (text !== undefined && !attributes.has(oid)) attributes.set(oid, text);
    }
  }
  return { encoded: name.encoded, attributes };
}

/** A short human form of a name: its common name, or what else identifies it. */
export function nameText(name: Name): string {
  return name.attributes.get(ATTRIBUTE.commonName) ?? [...name.attributes.values()].join(', ');
}
