/**
 * The session's key: P-256 in WebCrypto, non-extractable. It proves that one browser profile sent
 * everything, in order and unaltered; it does not prove who held the camera.
 */
import { toBase64url, utf8 } from './bytes.ts';
import { type ClaimBody, claimProofInput, type PublicKey } from './session.ts';
import { sha256 } from './sha256.ts';

export type SessionKey = CryptoKeyPair;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

export const createKey = (): Promise<SessionKey> =>
  crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);

/** ES256, r‖s (RFC 9053 section 2.1). */
export const sign = async (
  key: SessionKey,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, data),
  );

/** What binds this key to a session: the public half, and proof that this page holds the other. */
export async function proveKey(
  key: SessionKey,
  sessionId: string,
  token: string,
  origin: string,
): Promise<ClaimBody> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key.publicKey);
  const publicKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
  const tokenHash = toBase64url(await sha256(utf8(token)));
  const proof = await sign(key, claimProofInput(sessionId, tokenHash, origin, publicKey));
  return { publicKey, proof: toBase64url(proof) };
}
