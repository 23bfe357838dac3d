/** Key pairs of the test PKI, among them kinds a verifier has to refuse. */
import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes.ts';
import * as der from './der.ts';
import { randomBytes } from './entropy.ts';
import { newRsaKeys, signRsa, verifyRsa } from './rsa.ts';

/** In the encodings that WebCrypto and `node:crypto` read. */
export interface Keys {
  readonly curve: Curve;
  /** PKCS #8, DER. */
  readonly privateKey: Bytes;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Bytes;
}

const p192 = ecdsa(
  weierstrass({
    p: 0xfffffffffffffffffffffffffffffffeffffffffffffffffn,
    n: 0xffffffffffffffffffffffff99def836146bc9b1b4d22831n,
    h: 1n,
    a: 0xfffffffffffffffffffffffffffffffefffffffffffffffcn,
    b: 0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
    Gx: 0x188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012n,
    Gy: 0x07192b95ffc8da78631011ed6b24cdd573f977a11e794811n,
  }),
  sha256,
);

/** OID of the curve, COSE curve (IANA registry), COSE algorithm, X.509 signature algorithm. */
export const CURVES = {
  'P-256': ['1.2.840.10045.3.1.7', 1, -7, '1.2.840.10045.4.3.2'],
  'P-384': ['1.3.132.0.34', 2, -35, '1.2.840.10045.4.3.3'],
  'P-521': ['1.3.132.0.35', 3, -36, '1.2.840.10045.4.3.4'],
  'P-192': ['1.2.840.10045.3.1.1', 0, -7, '1.2.840.10045.4.3.2'],
  secp256k1: ['1.3.132.0.10', 8, -47, '1.2.840.10045.4.3.2'],
  brainpoolP256r1: ['1.3.36.3.3.2.8.1.1.7', 256, -7, '1.2.840.10045.4.3.2'],
  brainpoolP384r1: ['1.3.36.3.3.2.8.1.1.11', 258, -35, '1.2.840.10045.4.3.3'],
  brainpoolP512r1: ['1.3.36.3.3.2.8.1.1.13', 259, -36, '1.2.840.10045.4.3.4'],
  Ed25519: ['1.3.101.112', 6, -8, '1.3.101.112'],
  'RSA-1024': ['', 0, -257, '1.2.840.113549.1.1.11'],
  'RSA-2048': ['', 0, -257, '1.2.840.113549.1.1.11'],
} as const satisfies Record<string, readonly [string, number, number, string]>;
export type Curve = keyof typeof CURVES;
type EcCurve = Exclude<Curve, 'Ed25519' | `RSA-${number}`>;

const EC: Readonly<Record<EcCurve, ECDSA>> = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
  'P-192': p192,
  secp256k1,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
};

export function newKeys(curve: Curve = 'P-256'): Keys {
  if (curve === 'RSA-1024') return { curve, ...newRsaKeys(1024) };
  if (curve === 'RSA-2048') return { curve, ...newRsaKeys(2048) };
  if (curve === 'Ed25519') return ed25519Keys();
  const { utils, lengths } = EC[curve];
  return ecKeys(curve, utils.randomSecretKey(randomBytes(lengths.seed ?? 0)));
}

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

/** The pair of a scalar. */
export function ecKeys(curve: EcCurve, scalar: Uint8Array): Keys {
  const algorithm = der.sequence(der.oid(EC_PUBLIC_KEY), der.oid(CURVES[curve][0]));
  const point = EC[curve].getPublicKey(scalar, false);
  const key = der.sequence(der.integer(1n), der.octets(scalar), der.context(1, der.bits(point)));
  return {
    curve,
    privateKey: der.sequence(der.integer(0n), algorithm, der.octets(key)),
    publicKey: ecPublicKey(curve, point),
  };
}

/** SubjectPublicKeyInfo of a point. @throws Error for one that is not on the curve */
export function ecPublicKey(curve: EcCurve, point: Uint8Array): Bytes {
  EC[curve].Point.fromBytes(point).assertValidity();
  const algorithm = der.sequence(der.oid(EC_PUBLIC_KEY), der.oid(CURVES[curve][0]));
  return der.sequence(algorithm, der.bits(point));
}

function ed25519Keys(): Keys {
  const seed = randomBytes(32);
  const algorithm = der.sequence(der.oid(CURVES.Ed25519[0]));
  return {
    curve: 'Ed25519',
    privateKey: der.sequence(der.integer(0n), algorithm, der.octets(der.octets(seed))),
    publicKey: der.sequence(algorithm, der.bits(ed25519.getPublicKey(seed))),
  };
}

/** The scalar of an elliptic key, or the seed of Ed25519, out of its PKCS #8. */
function secretOf({ curve, privateKey }: Keys): Uint8Array {
  const [, , octets = new Uint8Array()] = der.children(privateKey);
  const inner = der.contentOf(octets);
  if (curve === 'Ed25519') return der.contentOf(inner);
  const [, scalar = new Uint8Array()] = der.children(inner);
  return der.contentOf(scalar);
}

/** Signs with the hash that belongs to the curve; ECDSA without chance (RFC 6979). */
export function sign(keys: Keys, data: Uint8Array, format: 'der' | 'ieee-p1363'): Bytes {
  const { curve } = keys;
  if (curve === 'RSA-1024' || curve === 'RSA-2048') return signRsa(keys.privateKey, data);
  if (curve === 'Ed25519') return new Uint8Array(ed25519.sign(data, secretOf(keys)));
  const options = { lowS: false, format: format === 'der' ? 'der' : 'compact' } as const;
  return new Uint8Array(EC[curve].sign(data, secretOf(keys), options));
}

/**
 * @param publicKey SubjectPublicKeyInfo, DER
 * @returns false also for kinds of keys that do not sign here
 */
export function verify(
  publicKey: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
  format: 'der' | 'ieee-p1363',
): boolean {
  const curve = curveOf(publicKey);
  try {
    if (curve === undefined) return verifyRsa(publicKey, data, signature);
    const options = { lowS: false, format: format === 'der' ? 'der' : 'compact' } as const;
    return EC[curve].verify(signature, data, subjectPublicKey(publicKey), options);
  } catch {
    return false;
  }
}

/** The curve of an elliptic key. */
export function curveOf(publicKey: Uint8Array): EcCurve | undefined {
  const [algorithm = new Uint8Array()] = der.children(publicKey);
  const [, parameters = new Uint8Array()] = der.children(algorithm);
  const named = (curve: string) => der.oid(CURVES[curve as EcCurve][0]);
  return (Object.keys(EC) as EcCurve[]).find((curve) => same(named(curve), parameters));
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** ECDH: the x coordinate both sides arrive at. @param theirs SubjectPublicKeyInfo, DER */
export function sharedSecret(mine: Keys, theirs: Uint8Array): Uint8Array {
  const curve = mine.curve as EcCurve;
  return EC[curve].getSharedSecret(secretOf(mine), subjectPublicKey(theirs)).subarray(1);
}

/** The bytes of the subjectPublicKey BIT STRING: for EC the uncompressed point. */
export function subjectPublicKey(info: Uint8Array): Uint8Array {
  const [, bitString = new Uint8Array()] = der.children(info);
  return der.contentOf(bitString).subarray(1);
}
