/**
 * X.509 certificates (RFC 5280) as this wallet reads those of who asks: by its own reader, so that a
 * request is judged by another one than made it.
 */
import type { Bytes } from '../issuer/bytes.ts';
import * as der from '../issuer/der.ts';
import { verify } from '../issuer/keys.ts';

export interface Certificate {
  readonly bytes: Uint8Array;
  /** Names as DER, to be compared as they are. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Bytes;
  readonly ca: boolean;
  readonly keyUsage: number | undefined;
  /** OIDs, DER. */
  readonly extendedKeyUsage: readonly Uint8Array[];
  readonly dnsNames: readonly string[];
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const EMPTY = new Uint8Array();
const text = new TextDecoder();

/** @throws Error for what is no certificate */
export function readCertificate(bytes: Uint8Array): Certificate {
  const [signed = EMPTY, , bits = EMPTY] = der.children(whole(bytes));
  const [
    version = EMPTY,
    ,
    ,
    issuer = EMPTY,
    validity = EMPTY,
    subject = EMPTY,
    key = EMPTY,
    ...rest
  ] = der.children(signed);
  if (version[0] !== 0xa0 || key.length === 0) throw new Error('not a certificate of version 3');
  const [notBefore = EMPTY, notAfter = EMPTY] = der.children(validity);
  const extensions = extensionsOf(rest.find((part) => part[0] === 0xa3));
  const usage = extensions.get('2.5.29.15');
  const constraints = extensions.get('2.5.29.19');
  const purposes = extensions.get('2.5.29.37');
  const names = extensions.get('2.5.29.17');
  return {
    bytes,
    issuer,
    subject,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: new Uint8Array(key),
    ca: constraints !== undefined && der.children(constraints)[0]?.[0] === 1,
    keyUsage: usage && der.contentOf(usage)[1],
    extendedKeyUsage: purposes ? der.children(purposes) : [],
    dnsNames: names
      ? der
          .children(names)
          .filter(([tag]) => tag === 0x82)
          .map((name) => text.decode(der.contentOf(name)))
      : [],
    signed,
    signature: der.contentOf(bits).subarray(1),
  };
}

/** The item itself, if nothing stands after it. */
function whole(bytes: Uint8Array): Uint8Array {
  const [item] = der.children(der.sequence(bytes));
  if (bytes[0] !== 0x30 || item?.length !== bytes.length) throw new Error('not one DER item');
  return bytes;
}

function extensionsOf(list: Uint8Array | undefined): Map<string, Uint8Array> {
  const [inner = EMPTY] = list ? der.children(list) : [];
  return new Map(
    der.children(inner).map((extension) => {
      const [name = EMPTY, ...rest] = der.children(extension);
      return [dotted(name), der.contentOf(rest.at(-1) ?? EMPTY)];
    }),
  );
}

function dotted(oid: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of der.contentOf(oid)) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(...(arcs.length === 0 ? [Math.floor(arc / 40), arc % 40] : [arc]));
    arc = 0;
  }
  return arcs.join('.');
}

/** UTCTime or GeneralizedTime, both in UTC. */
function timeOf(item: Uint8Array): Date {
  const digits = text.decode(der.contentOf(item));
  const full = item[0] === 0x17 ? (digits < '5' ? '20' : '19') + digits : digits;
  return new Date(full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const isSameCertificate = (one: Certificate, other: Certificate): boolean =>
  same(one.bytes, other.bytes);

/** keyCertSign (RFC 5280 section 4.2.1.3). */
const SIGNS_CERTIFICATES = 0x04;

/** Whether an authority issued it: names, permission and signature. */
export function issuedBy(certificate: Certificate, authority: Certificate): boolean {
  const { ca, keyUsage = SIGNS_CERTIFICATES, subject, publicKey } = authority;
  return (
    ca &&
    (keyUsage & SIGNS_CERTIFICATES) !== 0 &&
    same(certificate.issuer, subject) &&
    verify(publicKey, certificate.signed, certificate.signature, 'der')
  );
}

export const hasPurpose = ({ extendedKeyUsage }: Certificate, oid: string): boolean =>
  extendedKeyUsage.some((one) => same(one, der.oid(oid)));

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** Attributes of a name in order, those without a short name by OID. */
export function attributesOf(name: Uint8Array): [type: string, value: string][] {
  return der.children(name).flatMap((set) =>
    der.children(set).map((attribute): [string, string] => {
      const [type = EMPTY, value = EMPTY] = der.children(attribute);
      const oid = dotted(type);
      return [ATTRIBUTES[oid] ?? oid, text.decode(der.contentOf(value))];
    }),
  );
}
