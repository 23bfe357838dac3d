/** JWE compact serialization with ECDH-ES in direct mode (RFC 7516, RFC 7518 section 4.6). */
import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type JsonWebKey,
  randomBytes,
} from 'node:crypto';
import { base64url, digest, join, utf8 } from '../issuer/bytes.ts';

export interface JwePlan {
  /** The recipient's public key, P-256. */
  jwk: JsonWebKey;
  enc: 'A128GCM' | 'A256GCM';
  /** Further members of the protected header, or replacements of those it has. */
  header?: Record<string, unknown> | undefined;
  apu?: Uint8Array | undefined;
  apv?: Uint8Array | undefined;
}

export function encryptJwe(plaintext: string, { jwk, enc, header, apu, apv }: JwePlan): string {
  const { kid } = jwk;
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { kty, crv, x, y } = ephemeral.publicKey.export({ format: 'jwk' });
  const protectedHeader = base64url(
    utf8(
      JSON.stringify({
        alg: 'ECDH-ES',
        enc,
        kid,
        epk: { kty, crv, x, y },
        ...(apu && { apu: base64url(apu) }),
        ...(apv && { apv: base64url(apv) }),
        ...header,
      }),
    ),
  );
  const secret = diffieHellman({
    privateKey: ephemeral.privateKey,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
  });
  const key = concatKdf(secret, enc, apu, apv);
  const iv = randomBytes(12);
  const cipher = createCipheriv(enc === 'A128GCM' ? 'aes-128-gcm' : 'aes-256-gcm', key, iv);
  cipher.setAAD(utf8(protectedHeader));
  const ciphertext = join(cipher.update(plaintext, 'utf8'), cipher.final());
  return [protectedHeader, '', ...[iv, ciphertext, cipher.getAuthTag()].map(base64url)].join('.');
}

/** One round of the Concat KDF is enough for both key sizes. */
function concatKdf(
  secret: Uint8Array,
  enc: JwePlan['enc'],
  apu: Uint8Array = new Uint8Array(),
  apv: Uint8Array = new Uint8Array(),
): Uint8Array {
  const bits = enc === 'A128GCM' ? 128 : 256;
  const withLength = (bytes: Uint8Array) => join(uint32(bytes.length), bytes);
  const info = [withLength(utf8(enc)), withLength(apu), withLength(apv), uint32(bits)];
  return digest('SHA-256', join(uint32(1), secret, ...info)).subarray(0, bits / 8);
}

function uint32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}
