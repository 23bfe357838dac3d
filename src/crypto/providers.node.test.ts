import assert from 'node:assert/strict';
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  sign,
} from 'node:crypto';
import { test } from 'node:test';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { concatBytes, fromHex, toHex, utf8 } from '../wire/bytes.ts';
import { derEcdsaSignature, rawEcdsaSignature } from './ecdsa-signature.ts';
import { defaultCrypto, nodeCrypto } from './node-crypto.ts';
import type { CryptoProvider, HashName, SignatureScheme } from './provider.ts';
import { coseKey, publicKeyFromCose, publicKeyFromSpki } from './public-key.ts';
import { generateKeyJwk, importKeyPair, jwkThumbprint, webCrypto } from './web-crypto.ts';

assert.ok(nodeCrypto);
const PROVIDERS: readonly CryptoProvider[] = [nodeCrypto, webCrypto];
const DATA = utf8('本人確認');

interface Signed {
  readonly spki: Uint8Array;
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
}

function ecdsa(namedCurve: string, hash: HashName): Signed {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
  return {
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    scheme: { kind: 'ECDSA', hash },
    signature: new Uint8Array(sign(hash.replace('-', ''), DATA, key)),
  };
}

const ed25519 = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SIGNED: Record<string, Signed> = {
  'P-256': ecdsa('P-256', 'SHA-256'),
  'P-384': ecdsa('P-384', 'SHA-384'),
  'P-384 with SHA-256': ecdsa('P-384', 'SHA-256'),
  'P-521': ecdsa('P-521', 'SHA-512'),
  brainpoolP256r1: ecdsa('brainpoolP256r1', 'SHA-256'),
  brainpoolP384r1: ecdsa('brainpoolP384r1', 'SHA-384'),
  brainpoolP512r1: ecdsa('brainpoolP512r1', 'SHA-512'),
  Ed25519: {
    spki: new Uint8Array(ed25519.publicKey.export({ type: 'spki', format: 'der' })),
    scheme: { kind: 'EdDSA' },
    signature: new Uint8Array(sign(null, DATA, ed25519.privateKey)),
  },
  'RSA-2048': {
    spki: new Uint8Array(rsa.publicKey.export({ type: 'spki', format: 'der' })),
    scheme: { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    signature: new Uint8Array(sign('sha256', DATA, rsa.privateKey)),
  },
};

for (const provider of PROVIDERS) {
  for (const [name, { spki, scheme, signature }] of Object.entries(SIGNED)) {
    test(`${provider.name}: ${name} verifies, and nothing altered does`, async () => {
      const key = await provider.importKey(publicKeyFromSpki(spki));
      assert.equal(await key.verify(scheme, DATA, signature), true);
      const other = signature.with(-1, (signature.at(-1) ?? 0) ^ 1);
      const wrong = [other, signature.subarray(1), concatBytes(signature, signature)];
      for (const it of [...wrong, new Uint8Array(), new Uint8Array(signature.length)]) {
        assert.equal(await key.verify(scheme, DATA, it), false);
      }
      assert.equal(await key.verify(scheme, utf8('x'), signature), false);
      const foreign: SignatureScheme =
        scheme.kind === 'EdDSA' ? { kind: 'ECDSA', hash: 'SHA-256' } : { kind: 'EdDSA' };
      await assert.rejects(async () => key.verify(foreign, DATA, signature), {
        code: 'unsupported/algorithm',
      });
    });
  }

  test(`${provider.name}: a point off the curve is refused`, async () => {
    for (const name of ['P-256', 'P-384', 'P-521', 'brainpoolP256r1']) {
      const { spki } = SIGNED[name] as Signed;
      const off = publicKeyFromSpki(spki.with(-1, (spki.at(-1) ?? 0) ^ 1));
      await assert.rejects(async () => provider.importKey(off), { code: 'unsupported/key' });
    }
  });

  test(`${provider.name}: digest, HMAC, HKDF and ECDH agree with Node`, async () => {
    assert.equal(
      toHex(await provider.digest('SHA-256', utf8('abc'))),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    const [secret, salt, info] = [utf8('secret'), utf8('salt'), utf8('info')];
    const mac = createHmac('sha256', secret).update(DATA).digest();
    assert.equal(toHex(await provider.hmac(secret, DATA)), toHex(mac));
    const derived = new Uint8Array(hkdfSync('sha256', secret, salt, info, 32));
    assert.equal(toHex(await provider.hkdf(secret, salt, info, 32)), toHex(derived));
    const [own, peer] = [await generateKeyJwk(), await generateKeyJwk()];
    const { d: _, ...publicJwk } = peer;
    const shared = diffieHellman({
      privateKey: createPrivateKey({ key: { ...own }, format: 'jwk' }),
      publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }),
    });
    const found = await provider.ecdh(own, publicKeyFromCose(coseKey(publicJwk)));
    assert.equal(toHex(found), toHex(shared));
    assert.equal(provider.randomBytes(16).length, 16);
  });
}

test('an independent brainpool signer: noble signs, we verify', async () => {
  for (const curve of [brainpoolP256r1, brainpoolP384r1, brainpoolP512r1]) {
    const { secretKey, publicKey } = curve.keygen();
    const point = curve.Point.fromBytes(publicKey).toBytes(false);
    const size = (point.length - 1) / 2;
    const crv = { 32: 256, 48: 258, 64: 259 }[size];
    const cose = new Map<number, unknown>([
      [1, 2],
      [-1, crv],
      [-2, point.subarray(1, 1 + size)],
      [-3, point.subarray(1 + size)],
    ]);
    const key = await webCrypto.importKey(publicKeyFromCose(cose));
    const digest = await webCrypto.digest('SHA-256', DATA);
    const signature = curve.sign(digest, secretKey, { prehash: false });
    assert.equal(await key.verify({ kind: 'ECDSA', hash: 'SHA-256' }, DATA, signature), true);
  }
});

test('ECDSA signatures go from r‖s to DER and back, leading zeros and all', () => {
  for (const first of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
    const raw = new Uint8Array(132).fill(0x11).with(0, first).with(66, first).with(1, 0);
    assert.deepEqual(rawEcdsaSignature(derEcdsaSignature(raw), 66), raw);
  }
  const der = derEcdsaSignature(new Uint8Array(64).fill(0x11));
  assert.throws(() => rawEcdsaSignature(der, 16), { code: 'malformed/signature' });
  assert.throws(() => rawEcdsaSignature(concatBytes(der, der), 32), { code: 'malformed/der' });
});

test('an ECDSA signature is two numbers, neither negative nor too long', () => {
  const raw = (hex: string) => toHex(rawEcdsaSignature(fromHex(hex), 2));
  assert.equal(raw('3006020101020102'), '00010002');
  assert.equal(raw('300802027f0102020102'), '7f010102');
  assert.equal(raw('30080203008000020102'), '80000002');
  for (const hex of ['3000', '3003020101', '3009020101020102020103', '3006020180020101']) {
    assert.throws(() => raw(hex), { code: 'malformed/signature' }, hex);
  }
  assert.throws(() => raw('30080203010000020102'), {
    code: 'malformed/signature',
  });
});

test('the longest ECDSA signature with a length of one byte, and the shortest with two', () => {
  const der = (size: number) => derEcdsaSignature(new Uint8Array(2 * size).fill(0x11));
  assert.equal(toHex(der(61).subarray(0, 3)), '307e02');
  assert.equal(toHex(der(62).subarray(0, 4)), '30818002');
  assert.deepEqual(toHex(derEcdsaSignature(new Uint8Array(4))), '3006020100020100');
});

for (const provider of PROVIDERS) {
  test(`${provider.name}: ECDH with a key of another kind is refused`, async () => {
    const own = await generateKeyJwk();
    for (const name of ['P-384', 'brainpoolP256r1', 'Ed25519', 'RSA-2048']) {
      const peer = publicKeyFromSpki((SIGNED[name] as Signed).spki);
      await assert.rejects(
        async () => provider.ecdh(own, peer),
        { code: 'unsupported/curve' },
        name,
      );
    }
  });

  test(`${provider.name}: other hashes than SHA-256 are as Node has them`, async () => {
    for (const hash of ['SHA-384', 'SHA-512'] as const) {
      const expected = createHash(hash.replace('-', '')).update(DATA).digest('hex');
      assert.equal(toHex(await provider.digest(hash, DATA)), expected);
    }
  });
}

test('a stored request key that is none is refused as the deployment’s fault', async () => {
  const own = await generateKeyJwk();
  const peer = publicKeyFromSpki((SIGNED['P-256'] as Signed).spki);
  const broken = { ...own, d: 'AA' };
  await assert.rejects(async () => webCrypto.ecdh(broken, peer), { code: 'config/private_key' });
  const pair = await importKeyPair(own);
  assert.deepEqual(
    [pair.privateKey, pair.publicKey].map(({ extractable, usages }) => [extractable, usages]),
    [
      [false, ['deriveBits']],
      [true, []],
    ],
  );
});

test('Node’s own provider where there is one', () => {
  assert.equal(defaultCrypto(), nodeCrypto);
});

test('JWK thumbprint of RFC 7638 for an EC key', async () => {
  const jwk = { crv: 'P-256', x: 'AQ', y: 'Ag' };
  const expected = await webCrypto.digest(
    'SHA-256',
    utf8('{"crv":"P-256","kty":"EC","x":"AQ","y":"Ag"}'),
  );
  assert.deepEqual(await jwkThumbprint(jwk), expected);
});
