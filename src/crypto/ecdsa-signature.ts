import { concatBytes } from '../wire/bytes.ts';
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

/** The DER form of an ECDSA signature given as r‖s. */
export function derEcdsaSignature(raw: Uint8Array): Uint8Array {
  const size = raw.length / 2;
  const numbers = concatBytes(derInteger(raw.subarray(0, size)), derInteger(raw.subarray(size)));
  const length = numbers.length < 0x80 ? [numbers.length] : [0x81, numbers.length];
  return concatBytes(Uint8Array.of(TAG.sequence, ...length), numbers);
}

function derInteger(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Uint8Array.of(0) : magnitude.subarray(first);
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return concatBytes(Uint8Array.of(TAG.integer, digits.length + sign.length, ...sign), digits);
}
