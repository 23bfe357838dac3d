/**
 * RSA (RFC 8017) for the test cards of JPKI and for keys a verifier has to refuse. In plain
 * numbers, so that it runs wherever the simulated phone does, and nothing waits for it.
 */
import { type Bytes, digest, fromNumber, join, toNumber } from './bytes.ts';
import * as der from './der.ts';
import { randomBytes } from './entropy.ts';

const E = 65_537n;
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

const SMALL_PRIMES = Array.from({ length: 3_000 }, (_, index) => 2 * index + 3).filter((one) => {
  for (let factor = 3; factor * factor <= one; factor += 2) if (one % factor === 0) return false;
  return true;
});

/** A key pair as PKCS #8 and SubjectPublicKeyInfo, DER. */
export function newRsaKeys(bits: 1024 | 2048): { privateKey: Bytes; publicKey: Bytes } {
  const [p, q] = [prime(bits / 2), prime(bits / 2)];
  const n = p * q;
  const d = inverse(E, (p - 1n) * (q - 1n));
  const numbers = [0n, n, E, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  const algorithm = der.sequence(der.oid(RSA_ENCRYPTION), der.nothing());
  const key = der.sequence(...numbers.map(der.integer));
  return {
    privateKey: der.sequence(der.integer(0n), algorithm, der.octets(key)),
    publicKey: der.sequence(algorithm, der.bits(der.sequence(der.integer(n), der.integer(E)))),
  };
}

/** RSASSA-PKCS1-v1_5 with SHA-256. @param privateKey PKCS #8, DER */
export function signRsa(privateKey: Uint8Array, data: Uint8Array): Bytes {
  const [, , octets = new Uint8Array()] = der.children(privateKey);
  const numbers = der.children(der.contentOf(octets)).map((one) => toNumber(der.contentOf(one)));
  const [, n = 1n, , , p = 1n, q = 1n, dp = 1n, dq = 1n, qInverse = 1n] = numbers;
  const size = fromNumber(n).length;
  const message = toNumber(padded(data, size));
  const [atP, atQ] = [power(message, dp, p), power(message, dq, q)];
  const difference = ((((atP - atQ) * qInverse) % p) + p) % p;
  return fromNumber(atQ + difference * q, size);
}

/** @param publicKey SubjectPublicKeyInfo, DER */
export function verifyRsa(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const [, bits = new Uint8Array()] = der.children(publicKey);
  const numbers = der.children(der.contentOf(bits).subarray(1));
  const [n = 1n, e = 1n] = numbers.map((one) => toNumber(der.contentOf(one)));
  const size = fromNumber(n).length;
  return power(toNumber(signature), e, n) === toNumber(padded(data, size));
}

/** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2). */
function padded(data: Uint8Array, size: number): Bytes {
  const info = der.sequence(
    der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.nothing()),
    der.octets(digest('SHA-256', data)),
  );
  const filler = new Uint8Array(size - info.length - 3).fill(0xff);
  return join(new Uint8Array([0, 1]), filler, new Uint8Array(1), info);
}

/** A number of so many bits that is prime for every purpose of a test. */
function prime(bits: number): bigint {
  for (;;) {
    const bytes = randomBytes(bits / 8);
    bytes[0] = (bytes[0] ?? 0) | 0xc0;
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 1;
    const start = toNumber(bytes);
    const remainders = SMALL_PRIMES.map((one) => Number(start % BigInt(one)));
    for (let step = 0; step < 4_000; step += 2) {
      if (SMALL_PRIMES.some((one, index) => ((remainders[index] ?? 0) + step) % one === 0))
        continue;
      const candidate = start + BigInt(step);
      // Fermat's test errs for one in a great many random numbers of this size.
      if (power(2n, candidate - 1n, candidate) === 1n && (candidate - 1n) % E !== 0n) {
        return candidate;
      }
    }
  }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Of a number that has no factor in common with the modulus. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
