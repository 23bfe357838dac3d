/** Key pairs of the test PKI, among them kinds a verifier has to refuse. */
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { Bytes } from './bytes.ts';
import { children, contentOf } from './der.ts';
import { isSeeded, randomBytes } from './entropy.ts';

export interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly curve: Curve;
}

/** Name in OpenSSL, COSE curve (IANA registry), COSE algorithm, X.509 signature algorithm, hash. */
export const CURVES = {
  'P-256': ['prime256v1', 1, -7, '1.2.840.10045.4.3.2', 'sha256'],
  'P-384': ['secp384r1', 2, -35, '1.2.840.10045.4.3.3', 'sha384'],
  'P-521': ['secp521r1', 3, -36, '1.2.840.10045.4.3.4', 'sha512'],
  'P-192': ['prime192v1', 0, -7, '1.2.840.10045.4.3.2', 'sha256'],
  secp256k1: ['secp256k1', 8, -47, '1.2.840.10045.4.3.2', 'sha256'],
  brainpoolP256r1: ['brainpoolP256r1', 256, -7, '1.2.840.10045.4.3.2', 'sha256'],
  brainpoolP384r1: ['brainpoolP384r1', 258, -35, '1.2.840.10045.4.3.3', 'sha384'],
  brainpoolP512r1: ['brainpoolP512r1', 259, -36, '1.2.840.10045.4.3.4', 'sha512'],
  Ed25519: [null, 6, -8, '1.3.101.112', null],
  'RSA-1024': [null, 0, -257, '1.2.840.113549.1.1.11', 'sha256'],
  'RSA-2048': [null, 0, -257, '1.2.840.113549.1.1.11', 'sha256'],
} as const satisfies Record<
  string,
  readonly [string | null, number, number, string, 'sha256' | 'sha384' | 'sha512' | null]
>;
export type Curve = keyof typeof CURVES;

export function newKeys(curve: Curve = 'P-256'): Keys {
  return { ...generate(curve), curve };
}

/** Curves whose keys and signatures can follow from a seed. */
const REPEATABLE: Readonly<Partial<Record<Curve, typeof p256>>> = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
};

function generate(curve: Curve) {
  const repeatable = REPEATABLE[curve];
  if (isSeeded() && repeatable) {
    const scalar = repeatable.utils.randomSecretKey(randomBytes(repeatable.lengths.seed ?? 0));
    const privateKey = privateKeyOf(curve, scalar);
    return { privateKey, publicKey: createPublicKey(privateKey) };
  }
  if (curve === 'Ed25519') return generateKeyPairSync('ed25519');
  if (curve === 'RSA-1024') return generateKeyPairSync('rsa', { modulusLength: 1024 });
  if (curve === 'RSA-2048') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: CURVES[curve][0] });
}

function privateKeyOf(curve: Curve, scalar: Uint8Array): KeyObject {
  const ecdh = createECDH(CURVES[curve][0] ?? '');
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const size = (point.length - 1) / 2;
  const [x, y, d] = [
    point.subarray(1, 1 + size),
    point.subarray(1 + size),
    Buffer.from(scalar),
  ].map((it) => it.toString('base64url'));
  return createPrivateKey({ key: { kty: 'EC', crv: curve, x, y, d } as JsonWebKey, format: 'jwk' });
}

/** Signs with the hash that belongs to the curve; where chance is seeded, as RFC 6979 does. */
export function sign(
  { privateKey, curve }: Keys,
  data: Uint8Array,
  dsaEncoding: 'der' | 'ieee-p1363',
): Bytes {
  const repeatable = REPEATABLE[curve];
  if (isSeeded() && repeatable) {
    const { d = '' } = privateKey.export({ format: 'jwk' });
    const format = dsaEncoding === 'der' ? 'der' : 'compact';
    const scalar = new Uint8Array(Buffer.from(d, 'base64url'));
    return new Uint8Array(repeatable.sign(data, scalar, { lowS: false, format }));
  }
  const hash = CURVES[curve][4];
  return new Uint8Array(signBytes(hash, data, { key: privateKey, dsaEncoding }));
}

/** SubjectPublicKeyInfo, DER. */
export function spki(key: KeyObject): Bytes {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}

/** The bytes of the subjectPublicKey BIT STRING: for EC the uncompressed point. */
export function subjectPublicKey(info: Uint8Array): Uint8Array {
  const [, bitString = new Uint8Array()] = children(info);
  return contentOf(bitString).subarray(1);
}
