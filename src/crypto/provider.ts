import type { PublicKey } from './public-key.ts';

export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Node's crypto answers at once, WebCrypto later; `await` treats both alike. */
export type MaybePromise<T> = T | Promise<T>;

/** How a signature is made. ECDSA signatures are r‖s of fixed length (IEEE P1363) everywhere here. */
export type SignatureScheme =
  | { readonly kind: 'ECDSA'; readonly hash: HashName }
  | { readonly kind: 'EdDSA' }
  | { readonly kind: 'RSASSA-PKCS1-v1_5'; readonly hash: HashName };

/** An imported public key whose point is known to be on its curve. */
export interface VerifyKey {
  /** False for any signature that does not verify, whatever its length; throws only for a scheme that is not the key's. */
  verify(scheme: SignatureScheme, data: Uint8Array, signature: Uint8Array): MaybePromise<boolean>;
}

/** A P-256 private key, RFC 7518 section 6.2.2. Exportable, because request keys live in the store. */
export interface EcPrivateJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
}

/**
 * The seam between this project and the runtime's cryptography. Implementations: `webCrypto`
 * (every runtime) and Node's own, several times cheaper per call, where the runtime is Node.
 */
export interface CryptoProvider {
  readonly name: string;
  digest(hash: HashName, data: Uint8Array): MaybePromise<Uint8Array>;
  /** @throws IdVerifyError `unsupported/key` for a point off the curve or a key the runtime refuses */
  importKey(key: PublicKey): MaybePromise<VerifyKey>;
  /** The x-coordinate of the shared P-256 point. */
  ecdh(privateKey: EcPrivateJwk, peer: PublicKey): MaybePromise<Uint8Array>;
  /** HMAC-SHA-256. */
  hmac(key: Uint8Array, data: Uint8Array): MaybePromise<Uint8Array>;
  /** HKDF-SHA-256, RFC 5869. */
  hkdf(
    secret: Uint8Array,
    salt: Uint8Array,
    info: Uint8Array,
    length: number,
  ): MaybePromise<Uint8Array>;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}
