/** Signature algorithms by the names COSE and JOSE give them, and the keys each may be used with. */
import { IdVerifyError } from '../wire/error.ts';
import type { SignatureScheme } from './provider.ts';
import type { EcCurve, PublicKey } from './public-key.ts';

interface Algorithm {
  readonly name: string;
  readonly scheme: SignatureScheme;
  readonly keys: readonly (EcCurve | 'Ed25519')[];
}

const ecdsa = (name: string, hash: 'SHA-256' | 'SHA-384' | 'SHA-512', ...keys: EcCurve[]) =>
  ({ name, scheme: { kind: 'ECDSA', hash }, keys }) as const;
const eddsa = (name: string) => ({ name, scheme: { kind: 'EdDSA' }, keys: ['Ed25519'] }) as const;

/** ISO/IEC 18013-5 9.1.2.4 and 9.1.3.6, and the fully specified identifiers of RFC 9864. */
const COSE: ReadonlyMap<unknown, Algorithm> = new Map<unknown, Algorithm>([
  [-7, ecdsa('ES256', 'SHA-256', 'P-256', 'brainpoolP256r1')],
  [-35, ecdsa('ES384', 'SHA-384', 'P-384', 'brainpoolP384r1')],
  [-36, ecdsa('ES512', 'SHA-512', 'P-521', 'brainpoolP512r1')],
  [-8, eddsa('EdDSA')],
  [-9, ecdsa('ESP256', 'SHA-256', 'P-256')],
  [-51, ecdsa('ESP384', 'SHA-384', 'P-384')],
  [-52, ecdsa('ESP512', 'SHA-512', 'P-521')],
  [-19, eddsa('Ed25519')],
  [-265, ecdsa('ESB256', 'SHA-256', 'brainpoolP256r1')],
  [-267, ecdsa('ESB384', 'SHA-384', 'brainpoolP384r1')],
  [-268, ecdsa('ESB512', 'SHA-512', 'brainpoolP512r1')],
]);

/** RFC 7518 section 3.1, where each ECDSA name has one curve, and RFC 8037. */
const JOSE: ReadonlyMap<unknown, Algorithm> = new Map<unknown, Algorithm>(
  [
    ecdsa('ES256', 'SHA-256', 'P-256'),
    ecdsa('ES384', 'SHA-384', 'P-384'),
    ecdsa('ES512', 'SHA-512', 'P-521'),
    eddsa('EdDSA'),
    eddsa('Ed25519'),
  ].map((algorithm) => [algorithm.name, algorithm]),
);

/** The identifiers of `COSE`, for those who announce what they accept. */
export const COSE_ALGORITHMS = [...COSE.keys()] as readonly number[];

function schemeFor(known: ReadonlyMap<unknown, Algorithm>, id: unknown, key: PublicKey) {
  const algorithm = known.get(id);
  const keyName = key.type === 'EC' ? key.curve : key.type;
  if (!algorithm?.keys.some((name) => name === keyName)) {
    const name = algorithm?.name ?? String(id).slice(0, 32);
    throw new IdVerifyError('unsupported/algorithm', `${name} with a key of ${keyName}`);
  }
  return algorithm.scheme;
}

/** @throws IdVerifyError `unsupported/algorithm` for an unknown one or one that is not the key's */
export function coseScheme(id: unknown, key: PublicKey): SignatureScheme {
  return schemeFor(COSE, id, key);
}

/** @throws IdVerifyError `unsupported/algorithm` for an unknown one (`none` among them) or one that is not the key's */
export function joseScheme(id: unknown, key: PublicKey): SignatureScheme {
  return schemeFor(JOSE, id, key);
}

/** Narrows a scheme to the kind a key can answer. */
export function requireScheme<K extends SignatureScheme['kind']>(
  scheme: SignatureScheme,
  kind: K,
): asserts scheme is Extract<SignatureScheme, { kind: K }> {
  if (scheme.kind !== kind) {
    throw new IdVerifyError('unsupported/algorithm', `${scheme.kind} with a key for ${kind}`);
  }
}
