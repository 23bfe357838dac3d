/** Signatures of a session's key: ES256 by the browser, r‖s. */

import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { concatBytes, fromBase64url } from '../wire/bytes.ts';
import { type PublicKey, publicKey } from '../wire/contract.ts';
import { type EnvelopePayload, parseEnvelope } from '../wire/envelope.ts';
import { IdVerifyError } from '../wire/error.ts';
import { borrowedBytes, objectWithMethods, parseOptions } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';

/** @throws IdVerifyError with the given code unless `publicKey` made the signature; `unsupported/key` */
export async function requireSignature(
  crypto: CryptoProvider,
  { x, y }: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
  code: 'session/proof' | 'session/signature',
): Promise<void> {
  const point = concatBytes(Uint8Array.of(4), fromBase64url(x), fromBase64url(y));
  const key = await crypto.importKey({ type: 'EC', curve: 'P-256', point });
  if (!(await key.verify({ kind: 'ECDSA', hash: 'SHA-256' }, data, signature))) {
    throw new IdVerifyError(code, 'the signature was not made by the key of this session');
  }
}

const schema = v.object({
  envelope: borrowedBytes,
  // A JWK as the runtime exports it has more members.
  publicKey: v.object(publicKey.shape.entries),
  crypto: v.optional(objectWithMethods<CryptoProvider>('importKey')),
});

/**
 * Takes an evidence envelope (COSE_Sign1, RFC 9052) apart and verifies its signature. What it says
 * of session, origin, place in the chain and body is for the caller to compare.
 * @param envelope the bytes as sent
 * @param publicKey the key that claimed the session
 * @throws IdVerifyError `malformed/*`, `limit/*` or `unsupported/envelope_version` for what is no
 *   envelope; `session/signature` for one of another key, `session/algorithm` for
 *   one of another algorithm; `config/option`
 */
export async function verifyEvidence(options: {
  readonly envelope: Uint8Array;
  readonly publicKey: PublicKey;
  readonly crypto?: CryptoProvider;
}): Promise<EnvelopePayload> {
  const { envelope, publicKey: key, crypto = defaultCrypto() } = parseOptions(schema, options);
  const { payload, toBeSigned, signature } = parseEnvelope(envelope);
  await requireSignature(crypto, key, toBeSigned, signature, 'session/signature');
  return payload;
}
