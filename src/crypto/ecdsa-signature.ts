import { IdVerifyError } from '../wire/error.ts';
import { children, readDer, readInteger, TAG } from './der.ts';

/**
 * The r‖s form of an ECDSA signature in DER (RFC 3279 section 2.2.3), each number `size` bytes.
 * @throws IdVerifyError `malformed/der`, `malformed/signature`
 */
export function rawEcdsaSignature(der: Uint8Array, size: number): Uint8Array {
  const numbers = children(readDer(der, TAG.sequence));
  const raw = new Uint8Array(2 * size);
  for (const [index, node] of numbers.entries()) {
    const number = readInteger(node);
    const magnitude = number[0] === 0 ? number.subarray(1) : number;
    const negative = (number[0] ?? 0) >= 0x80;
    if (negative || magnitude.length > size || index > 1) {
      throw new IdVerifyError('malformed/signature', 'ECDSA signature number out of range');
    }
    raw.set(magnitude, (index + 1) * size - magnitude.length);
  }
  if (numbers.length !== 2) {
    throw new IdVerifyError('malformed/signature', 'ECDSA signature needs r and s');
  }
  return raw;
}
