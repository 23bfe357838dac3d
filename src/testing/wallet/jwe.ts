/** JWE compact serialization with ECDH-ES in direct mode (RFC 7516, RFC 7518 section 4.6). */
import { base64url, digest, fromBase64url, join, utf8 } from '../issuer/bytes.ts';
import { randomBytes } from '../issuer/entropy.ts';
import { ecPublicKey, newKeys, sharedSecret, subjectPublicKey } from '../issuer/keys.ts';

/** A public key of P-256. */
export interface RecipientKey {
  readonly kty?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly kid?: string;
}

export interface JwePlan {
  jwk: RecipientKey;
  enc: 'A128GCM' | 'A256GCM';
  /** Further members of the protected header, or replacements of those it has. */
  header?: Record<string, unknown> | undefined;
  apu?: Uint8Array | undefined;
  apv?: Uint8Array | undefined;
}

export async function encryptJwe(
  plaintext: string,
  { jwk, enc, header, apu, apv }: JwePlan,
): Promise<string> {
  const { kid, x = '', y = '' } = jwk;
  const ephemeral = newKeys('P-256');
  const point = subjectPublicKey(ephemeral.publicKey);
  const coordinates = { x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
  const protectedHeader = base64url(
    utf8(
      JSON.stringify({
        alg: 'ECDH-ES',
        enc,
        kid,
        epk: { kty: 'EC', crv: 'P-256', ...coordinates },
        ...(apu && { apu: base64url(apu) }),
        ...(apv && { apv: base64url(apv) }),
        ...header,
      }),
    ),
  );
  const theirs = join(new Uint8Array([4]), fromBase64url(x), fromBase64url(y));
  const secret = sharedSecret(ephemeral, ecPublicKey('P-256', theirs));
  const raw = new Uint8Array(concatKdf(secret, enc, apu, apv));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const iv = randomBytes(12);
  const parameters = { name: 'AES-GCM', iv, additionalData: utf8(protectedHeader) };
  const sealed = await crypto.subtle.encrypt(parameters, key, utf8(plaintext));
  const ciphertext = new Uint8Array(sealed.slice(0, -16));
  const tag = new Uint8Array(sealed.slice(-16));
  return [protectedHeader, '', ...[iv, ciphertext, tag].map(base64url)].join('.');
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
