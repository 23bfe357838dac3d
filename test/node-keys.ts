/** Keys of the test issuer as objects of `node:crypto`, and back. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Keys } from '../src/testing/issuer/keys.ts';

export const privateKeyOf = ({ privateKey }: Keys): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });

export const publicKeyOf = ({ publicKey }: Pick<Keys, 'publicKey'>): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });

/** SubjectPublicKeyInfo of a JSON Web Key. */
export const spkiOf = (jwk: JsonWebKey): Uint8Array =>
  new Uint8Array(
    createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'der' }),
  );

/** ECDSA by OpenSSL with SHA-256, r‖s. */
export const signByNode = (keys: Keys, data: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(sign('sha256', data, { key: privateKeyOf(keys), dsaEncoding: 'ieee-p1363' }));
