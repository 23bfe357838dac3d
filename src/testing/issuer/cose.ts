/** COSE (RFC 9052, 9053) as the test issuer and wallet write it. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, digest, utf8 } from './bytes.ts';
import { type Cbor, encode, raw } from './cbor.ts';
import { CURVES, type Keys, sharedSecret, sign, subjectPublicKey } from './keys.ts';

export type Header = Map<Cbor, Cbor>;

/** COSE_Sign1 and COSE_Mac0 alike: protected, unprotected, payload (null: detached), signature or tag. */
export type Signed = [
  protected_: Uint8Array,
  unprotected: Cbor,
  payload: Cbor,
  signature: Uint8Array,
];

export interface SignPlan {
  keys: Keys;
  /** What is signed. */
  payload: Uint8Array;
  detached?: boolean | undefined;
  /** Beyond `alg`; an `alg` (1) here replaces the one that belongs to the key. */
  protected?: Header | undefined;
  unprotected?: Header | undefined;
}

export const ALG = 1;
export const X5CHAIN = 33;

/** x5chain (RFC 9360): one certificate alone, several as an array. */
export function x5chain(...certificates: readonly Uint8Array[]): Header {
  return new Map([[X5CHAIN, certificates.length === 1 ? certificates[0] : certificates]]);
}

/** Signs as COSE_Sign1 with empty external data. */
export function sign1(plan: SignPlan): Signed {
  const [, , alg] = CURVES[plan.keys.curve];
  const header = encode(new Map<Cbor, Cbor>([[ALG, alg], ...(plan.protected ?? [])]));
  const toBeSigned = encode(['Signature1', header, new Uint8Array(), plan.payload]);
  const signature = sign(plan.keys, toBeSigned, 'ieee-p1363');
  return [header, plan.unprotected ?? {}, plan.detached ? null : plan.payload, signature];
}

/** COSE_Mac0 with HMAC 256/256 over a detached payload. */
export function mac0(macKey: Uint8Array, payload: Uint8Array): Signed {
  const header = encode(new Map([[ALG, 5]]));
  const toBeMaced = encode(['MAC0', header, new Uint8Array(), payload]);
  return [header, {}, null, new Uint8Array(hmac(sha256, macKey, toBeMaced))];
}

/** EMacKey of ISO/IEC 18013-5 section 9.1.3.5: from either private and the other's public key. */
export function macKey(mine: Keys, theirs: Uint8Array, sessionTranscript: Uint8Array): Bytes {
  const secret = sharedSecret(mine, theirs);
  const salt = digest('SHA-256', encode(embeddedBytes(sessionTranscript)));
  return new Uint8Array(hkdf(sha256, secret, salt, utf8('EMacKey'), 32));
}

/** `#6.24(bstr)` around bytes that are CBOR already. */
export const embeddedBytes = (bytes: Uint8Array): Cbor =>
  raw(new Uint8Array([0xd8, 24]), encode(bytes));

/** COSE_Key of a public key; for curves COSE has no number for, the number 0. */
export function coseKey({ publicKey, curve }: Pick<Keys, 'publicKey' | 'curve'>): Header {
  const point = subjectPublicKey(publicKey);
  const [, crv] = CURVES[curve];
  if (curve === 'Ed25519')
    return new Map<Cbor, Cbor>([
      [1, 1],
      [-1, crv],
      [-2, point],
    ]);
  const size = (point.length - 1) / 2;
  const [x, y] = [point.slice(1, 1 + size), point.slice(1 + size)];
  return new Map<Cbor, Cbor>([
    [1, 2],
    [-1, crv],
    [-2, x],
    [-3, y],
  ]);
}
