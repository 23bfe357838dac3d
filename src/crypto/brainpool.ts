/** The brainpool curves of RFC 5639, which no runtime's WebCrypto has. Loaded when one is met. */
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { IdVerifyError } from '../wire/error.ts';
import { requireScheme } from './algorithms.ts';
import type { CryptoProvider, VerifyKey } from './provider.ts';
import type { EcCurve, PublicKey } from './public-key.ts';

const CURVES: Partial<Record<EcCurve, typeof brainpoolP256r1>> = {
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
};

/** @throws IdVerifyError `unsupported/curve`, `unsupported/key` for a point off the curve */
export function brainpoolKey(key: PublicKey, provider: CryptoProvider): VerifyKey {
  const curve = key.type === 'EC' ? CURVES[key.curve] : undefined;
  if (curve === undefined) throw new IdVerifyError('unsupported/curve', 'not a brainpool key');
  const { point } = key as Extract<PublicKey, { type: 'EC' }>;
  try {
    curve.Point.fromBytes(point).assertValidity();
  } catch (cause) {
    throw new IdVerifyError('unsupported/key', 'point is not on its curve', { cause });
  }
  const signatureLength = point.length - 1;
  return {
    async verify(scheme, data, signature) {
      requireScheme(scheme, 'ECDSA');
      if (signature.length !== signatureLength) return false;
      const digest = await provider.digest(scheme.hash, data);
      return curve.verify(signature, digest, point, { prehash: false, lowS: false });
    },
  };
}
