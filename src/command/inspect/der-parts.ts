/** Certificates and revocation lists for a tree: each DER item with its place and, where known, its name. */
import {
  children,
  type DerNode,
  readDer,
  readOid,
  readString,
  readTime,
  TAG,
} from '../../crypto/der.ts';
import { HOLDER_NAMES } from '../../jpki/person.ts';
import { JPKI_SIGNING_POLICIES } from '../../jpki/policies.ts';
import { parseCertificate } from '../../trust/certificate.ts';
import { parseCrl } from '../../trust/crl.ts';
import { toHex } from '../../wire/bytes.ts';
import { type Code, IdVerifyError } from '../../wire/error.ts';
import type { Part } from './part.ts';

const CERTIFICATE = ['tbsCertificate', 'signatureAlgorithm', 'signature'];
const TO_BE_SIGNED = [
  'version',
  'serialNumber',
  'algorithm',
  'issuer',
  'validity',
  'subject',
  'publicKey',
  'extensions',
];
const LIST = ['tbsCertList', 'signatureAlgorithm', 'signature'];
const LIST_SIGNED = [
  'version',
  'algorithm',
  'issuer',
  'thisUpdate',
  'nextUpdate',
  'revokedCertificates',
  'extensions',
];

/** What common object identifiers are called. */
const OIDS: Readonly<Record<string, string>> = {
  '1.2.840.10045.2.1': 'EC public key',
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.2.840.10045.4.3.2': 'ECDSA with SHA-256',
  '1.2.840.10045.4.3.3': 'ECDSA with SHA-384',
  '1.2.840.10045.4.3.4': 'ECDSA with SHA-512',
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.11': 'RSA with SHA-256',
  '1.0.18013.5.1.2': 'mdoc document signer',
  '1.0.18013.5.1.6': 'mdoc reader',
  '1.0.18013.5.1.8': 'VICAL signer',
  '2.5.4.3': 'commonName',
  '2.5.4.6': 'country',
  '2.5.4.7': 'locality',
  '2.5.4.10': 'organization',
  '2.5.4.11': 'organizationalUnit',
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.15': 'keyUsage',
  '2.5.29.17': 'subjectAltName',
  '2.5.29.18': 'issuerAltName',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.20': 'crlNumber',
  '2.5.29.31': 'cRLDistributionPoints',
  '2.5.29.32': 'certificatePolicies',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.37': 'extKeyUsage',
  '1.3.6.1.5.5.7.2.1': 'practice statement',
  [JPKI_SIGNING_POLICIES.card]: '署名用電子証明書 of a card',
  [JPKI_SIGNING_POLICIES.phone]: '署名用電子証明書 of a phone (not confirmed)',
  [JPKI_SIGNING_POLICIES.testCard]: '署名用電子証明書 of a test card',
  [HOLDER_NAMES.name]: '氏名',
  [HOLDER_NAMES.nameSubstituted]: '氏名 代替文字',
  [HOLDER_NAMES.sex]: '性別',
  [HOLDER_NAMES.birthDate]: '生年月日',
  [HOLDER_NAMES.address]: '住所',
  [HOLDER_NAMES.addressSubstituted]: '住所 代替文字',
};

/** @param base where the certificate begins in the input */
export const certificateParts = (bytes: Uint8Array, base: number): Part =>
  parts(bytes, base, 'certificate', parseCertificate, [CERTIFICATE, TO_BE_SIGNED]);

export const crlParts = (bytes: Uint8Array, base: number): Part =>
  parts(bytes, base, 'revocation list', parseCrl, [LIST, LIST_SIGNED]);

function parts(
  bytes: Uint8Array,
  base: number,
  name: string,
  read: (bytes: Uint8Array) => unknown,
  [outer, inner]: readonly [readonly string[], readonly string[]],
): Part {
  const refused = codes(() => read(bytes));
  try {
    const node = readDer(bytes, TAG.sequence);
    return { ...partOf(node, base, name, [outer, inner]), refused };
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return { offset: base, length: bytes.length, name, text: 'cannot be read', refused, parts: [] };
  }
}

function codes(read: () => unknown): Code[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return [error.code];
  }
}

function partOf(
  node: DerNode,
  offset: number,
  name: string,
  names: readonly (readonly string[])[],
): Part {
  const length = node.encoded.length;
  let at = offset + length - node.content.length;
  if ((node.tag & 0x20) === 0) {
    const inside = nodeWithin(node);
    const within = inside ? [partOf(inside, at, '', [])] : [];
    return { offset, length, name, text: primitive(node), refused: [], parts: within };
  }
  const found: Part[] = [];
  const [own = [], next, ...rest] = names;
  for (const [index, child] of innerNodes(node).entries()) {
    const below = index === 0 && next ? [next, ...rest] : [];
    found.push(partOf(child, at, own[index] ?? '', below));
    at += child.encoded.length;
  }
  return { offset, length, name, text: titleOf(node, found), refused: [], parts: found };
}

/** What an extension holds stands in an OCTET STRING. */
function nodeWithin({ tag, content }: DerNode): DerNode | undefined {
  if (tag !== TAG.octetString || content[0] !== TAG.sequence) return undefined;
  try {
    return readDer(content, TAG.sequence);
  } catch {
    return undefined;
  }
}

function innerNodes(node: DerNode): DerNode[] {
  try {
    return children(node);
  } catch {
    return [];
  }
}

/** A sequence that begins with an object identifier goes by its name. */
function titleOf({ tag }: DerNode, [first]: readonly Part[]): string {
  const isId = first?.parts.length === 0;
  const known = isId && Object.values(OIDS).find((name) => first.text.startsWith(name));
  if (known) return known;
  return tag === TAG.sequence ? 'sequence' : tag === TAG.set ? 'set' : `[${tag & 0x1f}]`;
}

function primitive(node: DerNode): string {
  if (node.tag === TAG.oid) {
    const oid = readOid(node);
    return OIDS[oid] ? `${OIDS[oid]} (${oid})` : oid;
  }
  if (node.tag === TAG.utcTime || node.tag === TAG.generalizedTime) {
    return new Date(readTime(node)).toISOString();
  }
  const written = readString(node);
  if (written !== undefined) return JSON.stringify(written);
  if (node.tag === TAG.boolean) return String(node.content[0] === 0xff);
  const hex = toHex(node.content.subarray(0, 24));
  const kind = node.tag === TAG.integer ? 'integer' : `${node.content.length} bytes`;
  return `${kind} ${hex}${node.content.length > 24 ? '…' : ''}`;
}
