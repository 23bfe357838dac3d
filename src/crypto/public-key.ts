import { concatBytes, fromBase64url, fromHex } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { expectTag, members, readBitString, readDer, readInteger, readOid, TAG } from './der.ts';

/**
 * The elliptic curves accepted, with the length of a coordinate, the COSE (RFC 9053 section 7.1)
 * and object identifiers, and for those WebCrypto knows the DER that precedes the point in a
 * SubjectPublicKeyInfo.
 */
export const EC_CURVES = {
  'P-256': {
    size: 32,
    cose: 1,
    oid: '1.2.840.10045.3.1.7',
    spki: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  },
  'P-384': {
    size: 48,
    cose: 2,
    oid: '1.3.132.0.34',
    spki: fromHex('3076301006072a8648ce3d020106052b81040022036200'),
  },
  'P-521': {
    size: 66,
    cose: 3,
    oid: '1.3.132.0.35',
    spki: fromHex('30819b301006072a8648ce3d020106052b8104002303818600'),
  },
  brainpoolP256r1: { size: 32, cose: 256, oid: '1.3.36.3.3.2.8.1.1.7', spki: undefined },
  brainpoolP384r1: { size: 48, cose: 258, oid: '1.3.36.3.3.2.8.1.1.11', spki: undefined },
  brainpoolP512r1: { size: 64, cose: 259, oid: '1.3.36.3.3.2.8.1.1.13', spki: undefined },
} as const satisfies Record<
  string,
  { size: number; cose: number; oid: string; spki: Uint8Array | undefined }
>;

export type EcCurve = keyof typeof EC_CURVES;
const EC_CURVE_NAMES = Object.keys(EC_CURVES) as EcCurve[];

/** `point` is the uncompressed form 04‖x‖y for EC, the 32 bytes of RFC 8032 for Ed25519. */
export type PublicKey =
  | { readonly type: 'EC'; readonly curve: EcCurve; readonly point: Uint8Array }
  | { readonly type: 'Ed25519'; readonly point: Uint8Array }
  | { readonly type: 'RSA'; readonly bits: number; readonly spki: Uint8Array };

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const ED25519 = '1.3.101.112';
const ED25519_SPKI = fromHex('302a300506032b6570032100');
const SMALLEST_RSA = 2_048;

function unsupported(found: string): IdVerifyError {
  return new IdVerifyError('unsupported/curve', `public key: ${found} is not accepted`);
}

function ecKey(curve: EcCurve | undefined, name: string, point: Uint8Array): PublicKey {
  if (curve === undefined) throw unsupported(`curve ${name}`);
  if (point[0] === 2 || point[0] === 3) throw unsupported('a compressed point');
  if (point[0] !== 4 || point.length !== 1 + 2 * EC_CURVES[curve].size) {
    throw new IdVerifyError('malformed/key', `public key: not a point of ${curve}`);
  }
  return { type: 'EC', curve, point };
}

function okpKey(point: Uint8Array): PublicKey {
  if (point.length !== 32) throw new IdVerifyError('malformed/key', 'public key: not Ed25519');
  return { type: 'Ed25519', point };
}

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7, RFC 5480, RFC 8410).
 * @throws IdVerifyError `malformed/der`, `malformed/key`, `unsupported/curve`, `unsupported/key`
 */
export function publicKeyFromSpki(spki: Uint8Array): PublicKey {
  const [algorithm, key] = members(readDer(spki, TAG.sequence), 2);
  const [id, parameters] = members(expectTag(algorithm, TAG.sequence), 2);
  const type = readOid(id);
  const bits = readBitString(key);
  switch (type) {
    case EC_PUBLIC_KEY: {
      // Only named curves: explicit parameters would let the sender choose the curve.
      if (parameters?.tag !== TAG.oid) throw unsupported('a curve with explicit parameters');
      const oid = readOid(parameters);
      return ecKey(
        EC_CURVE_NAMES.find((name) => EC_CURVES[name].oid === oid),
        oid,
        bits,
      );
    }
    case ED25519:
      return okpKey(bits);
    case RSA_ENCRYPTION: {
      const modulus = readInteger(members(readDer(bits, TAG.sequence), 2)[0]);
      const first = modulus[0] === 0 ? 1 : 0;
      const size = (modulus.length - first) * 8 - (Math.clz32(modulus[first] ?? 0) - 24);
      if (size < SMALLEST_RSA) {
        throw new IdVerifyError('unsupported/key', `RSA key of ${size} bits`);
      }
      return { type: 'RSA', bits: size, spki };
    }
    default:
      throw new IdVerifyError('unsupported/key', `public key algorithm ${type}`);
  }
}

/**
 * Reads the public half of a COSE_Key, RFC 9052 section 7 and RFC 9053 section 7.
 * @throws IdVerifyError `malformed/key`, `unsupported/curve`, `unsupported/key`
 */
export function publicKeyFromCose(key: ReadonlyMap<unknown, unknown>): PublicKey {
  const kty = key.get(1);
  const crv = key.get(-1);
  const x = key.get(-2);
  const y = key.get(-3);
  if (kty !== 1 && kty !== 2) {
    throw new IdVerifyError('unsupported/key', `COSE_Key of type ${String(kty)}`);
  }
  if (!(x instanceof Uint8Array)) throw new IdVerifyError('malformed/key', 'COSE_Key without x');
  if (kty === 1) {
    if (crv !== 6) throw unsupported(`curve ${String(crv)}`);
    return okpKey(x);
  }
  if (typeof y === 'boolean') throw unsupported('a compressed point');
  if (!(y instanceof Uint8Array)) throw new IdVerifyError('malformed/key', 'COSE_Key without y');
  const curve = EC_CURVE_NAMES.find((name) => EC_CURVES[name].cose === crv);
  return ecKey(curve, String(crv), concatBytes(Uint8Array.of(4), x, y));
}

/** The public half of a P-256 JWK as COSE_Key; the private part never enters. */
export function coseKey(jwk: { x: string; y: string }): Map<number, number | Uint8Array> {
  return new Map<number, number | Uint8Array>([
    [1, 2],
    [-1, EC_CURVES['P-256'].cose],
    [-2, fromBase64url(jwk.x)],
    [-3, fromBase64url(jwk.y)],
  ]);
}

/** Whether a key is on a curve no runtime's WebCrypto knows. */
export function isBrainpool(key: PublicKey): boolean {
  return key.type === 'EC' && EC_CURVES[key.curve].spki === undefined;
}

/** SubjectPublicKeyInfo of a key. @throws IdVerifyError `unsupported/curve` for a brainpool key */
export function spkiOf(key: PublicKey): Uint8Array {
  if (key.type === 'RSA') return key.spki;
  if (key.type === 'Ed25519') return concatBytes(ED25519_SPKI, key.point);
  const prefix = EC_CURVES[key.curve].spki;
  if (!prefix) throw unsupported(`curve ${key.curve}`);
  return concatBytes(prefix, key.point);
}
