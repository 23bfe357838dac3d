/** X.509 version 3 extensions, of certificates and of revocation lists. */
import {
  children,
  type DerNode,
  expectTag,
  members,
  readBoolean,
  readDer,
  readNamedBits,
  readOid,
  readSmallInteger,
  readString,
  TAG,
} from '../crypto/der.ts';
import { IdVerifyError } from '../wire/error.ts';

/** Extensions by name, RFC 5280 section 4.2.1. */
export const EXTENSION = {
  subjectAltName: '2.5.29.17',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
} as const;

/** The extensions of a certificate, RFC 5280 section 4.2.1. */
export interface CertificateExtensions {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  /** Bit numbers of section 4.2.1.3; undefined without the extension. */
  readonly keyUsage: readonly number[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly crlUrls: readonly string[];
  readonly dnsNames: readonly string[];
  /** Critical extensions this reader does not process. */
  readonly unknownCritical: readonly string[];
  /** All of them as they are, by object identifier, for profiles that read more. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Extensions by object identifier. @throws IdVerifyError `malformed/certificate` for one given twice */
export function readExtensions(list: DerNode): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const item of children(expectTag(list, TAG.sequence))) {
    const [id, ...rest] = members(expectTag(item, TAG.sequence), 3);
    const oid = readOid(id);
    const flag = rest[0]?.tag === TAG.boolean ? rest.shift() : undefined;
    if (extensions.has(oid))
      throw new IdVerifyError('malformed/certificate', 'an extension is given twice');
    const [octets, ...more] = rest;
    if (more.length > 0) {
      throw new IdVerifyError('malformed/certificate', 'an extension with members after its value');
    }
    const value = expectTag(octets, TAG.octetString).content;
    extensions.set(oid, { critical: flag !== undefined && readBoolean(flag), value });
  }
  return extensions;
}

/** The key identifier of an AuthorityKeyIdentifier. */
function readAuthorityKeyId(value: Uint8Array): Uint8Array | undefined {
  return members(readDer(value, TAG.sequence), 3).find((node) => node.tag === 0x80)?.content;
}

/** Uniform resource identifiers anywhere in a DistributionPoint's full name. */
function readCrlUrls(value: Uint8Array): string[] {
  return children(readDer(value, TAG.sequence))
    .flatMap((point) => members(point, 3).filter((node) => node.tag === 0xa0))
    .flatMap((name) => members(name, 1).filter((node) => node.tag === 0xa0))
    .flatMap((fullName) => children(fullName).filter((node) => node.tag === 0x86))
    .flatMap((uri) => readString(uri) ?? []);
}

/** What this project acts on, with everything absent at its default. */
export function readCertificateExtensions(list: DerNode | undefined): CertificateExtensions {
  const extensions = list ? readExtensions(list) : new Map<string, Extension>();
  let isCa = false;
  let pathLength: number | undefined;
  let keyUsage: number[] | undefined;
  let extendedKeyUsage: string[] | undefined;
  let subjectKeyId: Uint8Array | undefined;
  let authorityKeyId: Uint8Array | undefined;
  let crlUrls: string[] = [];
  let dnsNames: string[] = [];
  const unknownCritical: string[] = [];
  for (const [oid, { critical, value }] of extensions) {
    switch (oid) {
      case '2.5.29.19': {
        const fields = members(readDer(value, TAG.sequence), 2);
        if (fields[0]?.tag === TAG.boolean) isCa = readBoolean(fields.shift() as DerNode);
        if (fields[0]) pathLength = readSmallInteger(fields.shift());
        if (fields.length > 0) {
          throw new IdVerifyError('malformed/certificate', 'basicConstraints with further members');
        }
        break;
      }
      case '2.5.29.15':
        keyUsage = readNamedBits(readDer(value, TAG.bitString));
        break;
      case '2.5.29.37':
        extendedKeyUsage = children(readDer(value, TAG.sequence)).map(readOid);
        break;
      case '2.5.29.14':
        subjectKeyId = readDer(value, TAG.octetString).content;
        break;
      case '2.5.29.35':
        authorityKeyId = readAuthorityKeyId(value);
        break;
      case '2.5.29.31':
        crlUrls = readCrlUrls(value);
        break;
      case '2.5.29.17':
        dnsNames = children(readDer(value, TAG.sequence))
          .filter((node) => node.tag === 0x82)
          .map((node) => String.fromCharCode(...node.content.subarray(0, 255)));
        break;
      default:
        if (critical) unknownCritical.push(oid);
    }
  }
  return {
    isCa,
    pathLength,
    keyUsage,
    extendedKeyUsage,
    subjectKeyId,
    authorityKeyId,
    crlUrls,
    dnsNames,
    unknownCritical,
    extensions,
  };
}

/** Qualifiers a policy may have: where its practice statement is, and a notice. Neither is followed. */
const QUALIFIERS: readonly string[] = ['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2'];

/**
 * Object identifiers of certificatePolicies, section 4.2.1.4.
 * @throws IdVerifyError `malformed/certificate` for one given twice, or with a qualifier nobody knows
 */
export function readPolicies(value: Uint8Array): string[] {
  const policies = children(readDer(value, TAG.sequence)).map((policy) => {
    const [id, qualifiers] = children(expectTag(policy, TAG.sequence));
    for (const qualifier of qualifiers ? children(expectTag(qualifiers, TAG.sequence)) : []) {
      const kind = readOid(children(expectTag(qualifier, TAG.sequence))[0]);
      if (!QUALIFIERS.includes(kind)) throw malformed(`policy qualifier ${kind}`);
    }
    return readOid(id);
  });
  if (new Set(policies).size < policies.length) throw malformed('a policy is given twice');
  return policies;
}

/** One otherName of subjectAltName that is text. */
export interface OtherName {
  readonly oid: string;
  readonly text: string;
}

/**
 * The otherNames of subjectAltName in their order; section 4.2.1.6. Those that are no text, and names of
 * other kinds, are left out.
 * @throws IdVerifyError `malformed/certificate` for text that is none
 */
export function readOtherNames(value: Uint8Array): OtherName[] {
  const names: OtherName[] = [];
  for (const name of children(readDer(value, TAG.sequence)).filter(({ tag }) => tag === 0xa0)) {
    const [type, wrapped] = children(name);
    const oid = readOid(type);
    const [text, ...more] = wrapped?.tag === 0xa0 ? children(wrapped) : [];
    if (text === undefined || more.length > 0) throw malformed('an otherName');
    if (text.tag === TAG.utf8String) names.push({ oid, text: utf8Text(text.content) });
  }
  return names;
}

function utf8Text(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    throw malformed('text that is not UTF-8', cause);
  }
}

const malformed = (what: string, cause?: unknown) =>
  new IdVerifyError('malformed/certificate', `certificate: ${what}`, { cause });
