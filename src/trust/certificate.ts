/** X.509 certificates (RFC 5280): parsing and the one signature check, no judgement. */
import {
  children,
  type DerNode,
  expectTag,
  members,
  readBitString,
  readDer,
  readInteger,
  readOid,
  readSmallInteger,
  readTime,
  TAG,
} from '../crypto/der.ts';
import { rawEcdsaSignature } from '../crypto/ecdsa-signature.ts';
import type { CryptoProvider, SignatureScheme, VerifyKey } from '../crypto/provider.ts';
import { EC_CURVES, type PublicKey, publicKeyFromSpki } from '../crypto/public-key.ts';
import { equalBytes, toHex } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type CertificateExtensions, readCertificateExtensions } from './extensions.ts';
import { type Name, readName } from './name.ts';

export interface Certificate extends CertificateExtensions {
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
}

/** Bits of section 4.2.1.3. */
export const KEY_USAGE = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyCertSign: 5,
  crlSign: 6,
} as const;

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
  return readOid(members(expectTag(node, TAG.sequence), 2)[0]);
}

/**
 * Parses a DER certificate and remembers nothing of it: for those that are about a person.
 * @throws IdVerifyError `malformed/der`, `malformed/certificate`, `limit/certificate`,
 *   `unsupported/curve`, `unsupported/key`
 */
export function readCertificate(given: Uint8Array): Certificate {
  const encoded = given.slice();
  if (encoded.length > MAX_CERTIFICATE) {
    throw new IdVerifyError('limit/certificate', `certificate of ${encoded.length} bytes`);
  }
  const [tbs, outerAlgorithm, signature] = members(readDer(encoded, TAG.sequence), 3);
  const fields = children(expectTag(tbs, TAG.sequence));
  const toBeSigned = expectTag(tbs, TAG.sequence).encoded;
  const versionField = fields[0]?.tag === 0xa0 ? fields.shift() : undefined;
  const version = versionField ? readSmallInteger(members(versionField, 1)[0]) + 1 : 1;
  const [serial, innerAlgorithm, issuer, validity, subject, spki, ...optional] = fields;
  const outer = expectTag(outerAlgorithm, TAG.sequence);
  if (!equalBytes(outer.encoded, expectTag(innerAlgorithm, TAG.sequence).encoded)) {
    throw malformed('the two signature algorithms differ');
  }
  const [notBefore, notAfter] = members(expectTag(validity, TAG.sequence), 2);
  const extensionList = extensionsOf(optional);
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
    ...readCertificateExtensions(extensionList && members(extensionList, 1)[0]),
  };
}

/** issuerUniqueID, subjectUniqueID and extensions, in this order and each once, RFC 5280 4.1. */
const OPTIONAL_FIELDS = [0x81, 0x82, 0xa3];

function extensionsOf(optional: readonly DerNode[]): DerNode | undefined {
  const places = optional.map(({ tag }) => OPTIONAL_FIELDS.indexOf(tag));
  if (places.some((place, index) => place <= (places[index - 1] ?? -1))) {
    throw malformed('members after those it has');
  }
  return optional.find(({ tag }) => tag === 0xa3);
}

/** Certificates already parsed, found by the end of their signature and compared whole. */
const parsed = new Map<string, Certificate>();
const MAX_PARSED = 512;

/**
 * Parses a DER certificate. The same bytes give the same object, so that repeated document signers
 * are parsed once; whether a certificate is trusted is never remembered.
 * @throws IdVerifyError as `readCertificate`
 */
export function parseCertificate(encoded: Uint8Array): Certificate {
  const index = toHex(encoded.subarray(-8));
  const known = parsed.get(index);
  if (known && equalBytes(known.encoded, encoded)) return known;
  const certificate = readCertificate(encoded);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(index, certificate);
  return certificate;
}

/** Drops what was parsed, for measuring what it costs to do without. */
export function forgetCertificates(): void {
  parsed.clear();
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
