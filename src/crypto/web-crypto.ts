import { IdVerifyError } from '../wire/error.ts';
import { requireScheme } from './algorithms.ts';
import type { CryptoProvider, EcPrivateJwk, VerifyKey } from './provider.ts';
import { isBrainpool, type PublicKey, spkiOf } from './public-key.ts';

/** WebCrypto takes no views of shared memory; nothing here ever has one, so the copy is for the type. */
function plain(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer ? (data as Uint8Array<ArrayBuffer>) : data.slice();
}

type KeyAlgorithmParameters = EcKeyImportParams | RsaHashedImportParams | { name: 'Ed25519' };

async function importNative(
  spki: Uint8Array,
  parameters: KeyAlgorithmParameters,
  usages: KeyUsage[],
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('spki', plain(spki), parameters, true, usages);
  } catch (cause) {
    throw new IdVerifyError('unsupported/key', 'public key refused by WebCrypto', { cause });
  }
}

/** An RSA key is bound to its hash on import, so it is imported per signature. */
function rsaKey(spki: Uint8Array): VerifyKey {
  return {
    async verify(scheme, data, signature) {
      requireScheme(scheme, 'RSASSA-PKCS1-v1_5');
      const parameters = { name: scheme.kind, hash: scheme.hash };
      const key = await importNative(spki, parameters, ['verify']);
      return crypto.subtle.verify(scheme.kind, key, plain(signature), plain(data));
    },
  };
}

function curveKey(key: CryptoKey, kind: 'ECDSA' | 'EdDSA'): VerifyKey {
  return {
    verify(scheme, data, signature) {
      requireScheme(scheme, kind);
      const algorithm =
        scheme.kind === 'ECDSA' ? { name: scheme.kind, hash: scheme.hash } : { name: 'Ed25519' };
      return crypto.subtle.verify(algorithm, key, plain(signature), plain(data));
    },
  };
}

async function hmacKey(key: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', plain(key), algorithm, false, ['sign']);
}

const ECDH = { name: 'ECDH', namedCurve: 'P-256' };

/** A stored request key as WebCrypto takes it. @throws IdVerifyError `config/private_key` */
export async function importKeyPair(jwk: EcPrivateJwk): Promise<CryptoKeyPair> {
  const { kty, crv, x, y, d } = jwk;
  try {
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey('jwk', { kty, crv, x, y, d }, ECDH, false, ['deriveBits']),
      crypto.subtle.importKey('jwk', { kty, crv, x, y }, ECDH, true, []),
    ]);
    return { privateKey, publicKey };
  } catch (cause) {
    throw new IdVerifyError('config/private_key', 'request key refused by WebCrypto', { cause });
  }
}

/** The provider every runtime has: browsers, workers, Node. */
export const webCrypto: CryptoProvider = {
  name: 'webcrypto',

  async digest(hash, data) {
    return new Uint8Array(await crypto.subtle.digest(hash, plain(data)));
  },

  async importKey(key) {
    if (isBrainpool(key)) return (await import('./brainpool.ts')).brainpoolKey(key, webCrypto);
    const spki = spkiOf(key);
    switch (key.type) {
      case 'RSA':
        return rsaKey(spki);
      case 'Ed25519':
        return curveKey(await importNative(spki, { name: 'Ed25519' }, ['verify']), 'EdDSA');
      case 'EC': {
        const parameters = { name: 'ECDSA', namedCurve: key.curve };
        return curveKey(await importNative(spki, parameters, ['verify']), 'ECDSA');
      }
    }
  },

  async ecdh(privateKey, peer: PublicKey) {
    if (peer.type !== 'EC' || peer.curve !== 'P-256') {
      throw new IdVerifyError('unsupported/curve', 'ECDH needs a P-256 key');
    }
    const peerKey = await importNative(spkiOf(peer), ECDH, []);
    const own = await importKeyPair(privateKey);
    const algorithm = { name: 'ECDH', public: peerKey };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, own.privateKey, 256));
  },

  async hmac(key, data) {
    return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(key), plain(data)));
  },

  async hkdf(secret, salt, info, length) {
    const key = await crypto.subtle.importKey('raw', plain(secret), 'HKDF', false, ['deriveBits']);
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: plain(salt), info: plain(info) };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, length * 8));
  },

  randomBytes(length) {
    return crypto.getRandomValues(new Uint8Array(length));
  },
};

/** A fresh P-256 key pair for one request, exportable so that the store can hold it. */
export async function generateKeyJwk(): Promise<EcPrivateJwk> {
  const pair = await crypto.subtle.generateKey(ECDH, true, ['deriveBits']);
  const { x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

/** RFC 7638 thumbprint of an EC key, SHA-256, raw bytes. */
export async function jwkThumbprint(
  jwk: { crv: string; x: string; y: string },
  provider: CryptoProvider = webCrypto,
): Promise<Uint8Array> {
  const { crv, x, y } = jwk;
  const canonical = JSON.stringify({ crv, kty: 'EC', x, y });
  return provider.digest('SHA-256', new TextEncoder().encode(canonical));
}
