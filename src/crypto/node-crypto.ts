/**
 * Node's own cryptography, reached without an import so that this module loads in any runtime.
 * It answers synchronously and costs about half of WebCrypto per signature, a fifth per digest.
 */
import { toBase64url } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { requireScheme } from './algorithms.ts';
import { derEcdsaSignature } from './ecdsa-signature.ts';
import type { CryptoProvider, HashName } from './provider.ts';
import { EC_CURVES, isBrainpool, type PublicKey, spkiOf } from './public-key.ts';
import { webCrypto } from './web-crypto.ts';

const NODE_HASH = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const;

type NodeCrypto = NonNullable<ReturnType<typeof builtin>>;

function builtin() {
  return globalThis.process?.getBuiltinModule?.('node:crypto');
}

/** Node reads a JWK faster than the DER of the same key. */
function nativeForm(key: PublicKey): Parameters<NodeCrypto['createPublicKey']>[0] {
  if (key.type !== 'EC') {
    return { key: spkiOf(key) as Buffer, format: 'der', type: 'spki' };
  }
  const { size } = EC_CURVES[key.curve];
  const x = toBase64url(key.point.subarray(1, 1 + size));
  const y = toBase64url(key.point.subarray(1 + size));
  return { key: { kty: 'EC', crv: key.curve, x, y }, format: 'jwk' };
}

function provider(node: NodeCrypto): CryptoProvider {
  const digest = (hash: HashName, data: Uint8Array): Uint8Array =>
    node.hash(NODE_HASH[hash], data, 'buffer');

  const self: CryptoProvider = {
    name: 'node',
    digest,

    async importKey(key) {
      if (isBrainpool(key)) return (await import('./brainpool.ts')).brainpoolKey(key, self);
      let native: ReturnType<NodeCrypto['createPublicKey']>;
      try {
        native = node.createPublicKey(nativeForm(key));
      } catch (cause) {
        throw new IdVerifyError('unsupported/key', 'public key refused by Node', { cause });
      }
      const kind = key.type === 'EC' ? 'ECDSA' : key.type === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'EdDSA';
      const ecdsaLength = key.type === 'EC' ? 2 * EC_CURVES[key.curve].size : 0;
      return {
        verify(scheme, data, signature) {
          requireScheme(scheme, kind);
          if (scheme.kind === 'EdDSA') return node.verify(null, data, native, signature);
          const hash = NODE_HASH[scheme.hash];
          if (scheme.kind !== 'ECDSA') return node.verify(hash, data, native, signature);
          // Node takes r‖s too, but then looks the curve up again for every signature: half as
          // much time as the verification itself.
          if (signature.length !== ecdsaLength) return false;
          return node.verify(hash, data, native, derEcdsaSignature(signature));
        },
      };
    },

    ecdh: webCrypto.ecdh,
    hmac: (key, data) => node.createHmac('sha256', key).update(data).digest(),
    hkdf: (secret, salt, info, length) =>
      new Uint8Array(node.hkdfSync('sha256', secret, salt, info, length)),
    randomBytes: webCrypto.randomBytes,
  };
  return self;
}

const node = builtin();

/** Node's provider; undefined in any other runtime. */
export const nodeCrypto: CryptoProvider | undefined =
  typeof node?.hash === 'function' ? provider(node) : undefined;

/** The fastest provider this runtime has. */
export function defaultCrypto(): CryptoProvider {
  return nodeCrypto ?? webCrypto;
}
