/** X.509 certificates (RFC 5280): parsing and the one signature check, no judgement. */
import {
  children,
  type DerNode,
  expectTag,
  readBitString,
  readBoolean,
  readDer,
  readInteger,
  readNamedBits,
  readOid,
  readSmallInteger,
  readString,
  readTime,
  TAG,
} from '../crypto/der.ts';
import { rawEcdsaSignature } from '../crypto/ecdsa-signature.ts';
import type { CryptoProvider, SignatureScheme, VerifyKey } from '../crypto/provider.ts';
import { EC_CURVES, type PublicKey, publicKeyFromSpki } from '../crypto/public-key.ts';
import { equalBytes, toHex } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Name, readName } from './name.ts';

export interface Certificate {
  readonly encoded: Uint8Array;
  readonly toBeSigned: Uint8Array;
  readonly version: number;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly issuer: Name;
  readonly subject: Name;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  /** Bit numbers of RFC 5280 section 4.2.1.3; undefined without the extension. */
  readonly keyUsage: readonly number[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly crlUrls: readonly string[];
  readonly dnsNames: readonly string[];
  /** Critical extensions this reader does not process. */
  readonly unknownCritical: readonly string[];
}

export const KEY_USAGE = { digitalSignature: 0, keyCertSign: 5, crlSign: 6 } as const;

const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.10045.4.3.2': { kind: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { kind: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { kind: 'ECDSA', hash: 'SHA-512' },
  '1.2.840.113549.1.1.11': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  '1.3.101.112': { kind: 'EdDSA' },
};

const MAX_CERTIFICATE = 16_384;

function malformed(what: string): IdVerifyError {
  return new IdVerifyError('malformed/certificate', `certificate: ${what}`);
}

/** The identifier of an AlgorithmIdentifier. */
export function readAlgorithm(node: DerNode | undefined): string {
  return readOid(children(expectTag(node, TAG.sequence))[0]);
}

interface Extension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Extensions by object identifier. @throws IdVerifyError `malformed/certificate` for one given twice */
export function readExtensions(list: DerNode): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const item of children(expectTag(list, TAG.sequence))) {
    const [id, ...rest] = children(expectTag(item, TAG.sequence));
    const oid = readOid(id);
    const flag = rest[0]?.tag === TAG.boolean ? rest.shift() : undefined;
    if (extensions.has(oid)) throw malformed('an extension is given twice');
    const value = expectTag(rest[0], TAG.octetString).content;
    extensions.set(oid, { critical: flag !== undefined && readBoolean(flag), value });
  }
  return extensions;
}

/** The key identifier of an AuthorityKeyIdentifier. */
export function readAuthorityKeyId(value: Uint8Array): Uint8Array | undefined {
  return children(readDer(value, TAG.sequence)).find((node) => node.tag === 0x80)?.content;
}

/** Uniform resource identifiers anywhere in a DistributionPoint's full name. */
export function readCrlUrls(value: Uint8Array): string[] {
  return children(readDer(value, TAG.sequence))
    .flatMap((point) => children(point).filter((node) => node.tag === 0xa0))
    .flatMap((name) => children(name).filter((node) => node.tag === 0xa0))
    .flatMap((fullName) => children(fullName).filter((node) => node.tag === 0x86))
    .flatMap((uri) => readString(uri) ?? []);
}

function readExtensionFields(extensions: ReadonlyMap<string, Extension>) {
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
        const fields = children(readDer(value, TAG.sequence));
        if (fields[0]?.tag === TAG.boolean) isCa = readBoolean(fields.shift() as DerNode);
        if (fields[0]) pathLength = readSmallInteger(fields[0]);
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
  };
}

function parse(encoded: Uint8Array): Certificate {
  if (encoded.length > MAX_CERTIFICATE) {
    throw new IdVerifyError('limit/certificate', `certificate of ${encoded.length} bytes`);
  }
  const [tbs, outerAlgorithm, signature] = children(readDer(encoded, TAG.sequence));
  const fields = children(expectTag(tbs, TAG.sequence));
  const toBeSigned = expectTag(tbs, TAG.sequence).encoded;
  const versionField = fields[0]?.tag === 0xa0 ? fields.shift() : undefined;
  const version = versionField ? readSmallInteger(children(versionField)[0]) + 1 : 1;
  const [serial, innerAlgorithm, issuer, validity, subject, spki, ...optional] = fields;
  const outer = expectTag(outerAlgorithm, TAG.sequence);
  if (!equalBytes(outer.encoded, expectTag(innerAlgorithm, TAG.sequence).encoded)) {
    throw malformed('the two signature algorithms differ');
  }
  const [notBefore, notAfter] = children(expectTag(validity, TAG.sequence));
  const extensionList = optional.find((node) => node.tag === 0xa3);
  const inner = extensionList && children(extensionList)[0];
  return {
    encoded,
    toBeSigned,
    version,
    serialNumber: toHex(readInteger(serial)),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKey: publicKeyFromSpki(expectTag(spki, TAG.sequence).encoded),
    signatureAlgorithm: readAlgorithm(outer),
    signature: readBitString(signature),
    ...readExtensionFields(inner ? readExtensions(inner) : new Map()),
  };
}

/** Certificates already parsed, found by the end of their signature and compared whole. */
const parsed = new Map<string, Certificate>();
const MAX_PARSED = 512;

/**
 * Parses a DER certificate. The same bytes give the same object, so that repeated document signers
 * are parsed once; whether a certificate is trusted is never remembered.
 * @throws IdVerifyError `malformed/der`, `malformed/certificate`, `limit/certificate`,
 *   `unsupported/curve`, `unsupported/key`
 */
export function parseCertificate(encoded: Uint8Array): Certificate {
  const index = toHex(encoded.subarray(-8));
  const known = parsed.get(index);
  if (known && equalBytes(known.encoded, encoded)) return known;
  const certificate = parse(encoded.slice());
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(index, certificate);
  return certificate;
}

const importedKeys = new WeakMap<CryptoProvider, WeakMap<Certificate, VerifyKey>>();

/** The certificate's key, imported once per provider. */
export async function certificateKey(
  certificate: Certificate,
  crypto: CryptoProvider,
): Promise<VerifyKey> {
  let keys = importedKeys.get(crypto);
  if (!keys) {
    keys = new WeakMap();
    importedKeys.set(crypto, keys);
  }
  const known = keys.get(certificate);
  if (known) return known;
  const key = await crypto.importKey(certificate.publicKey);
  keys.set(certificate, key);
  return key;
}

/**
 * Whether `signer` made this X.509 signature (certificate or CRL).
 * @throws IdVerifyError `unsupported/algorithm` for any but ECDSA and RSA with SHA-2, and Ed25519
 */
export async function verifyX509Signature(
  signed: Pick<Certificate, 'toBeSigned' | 'signature' | 'signatureAlgorithm'>,
  signer: Certificate,
  crypto: CryptoProvider,
): Promise<boolean> {
  const scheme = SIGNATURE_ALGORITHMS[signed.signatureAlgorithm];
  if (!scheme) {
    throw new IdVerifyError(
      'unsupported/algorithm',
      `X.509 signature algorithm ${signed.signatureAlgorithm}`,
    );
  }
  const key = await certificateKey(signer, crypto);
  const { publicKey } = signer;
  const signature =
    scheme.kind === 'ECDSA' && publicKey.type === 'EC'
      ? rawEcdsaSignature(signed.signature, EC_CURVES[publicKey.curve].size)
      : signed.signature;
  return key.verify(scheme, signed.toBeSigned, signature);
}

/** The DER inside the first, or every, block of a PEM text. */
export function certificatesFromPem(pem: string): Uint8Array[] {
  const blocks = pem.matchAll(
    /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g,
  );
  return [...blocks].map(([, body = '']) =>
    Uint8Array.from(atob(body.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0)),
  );
}
