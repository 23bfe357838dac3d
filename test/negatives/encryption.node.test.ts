/** Cases 53 to 56, and the other layer of 47 to 50: in what the wallet's answer is wrapped. */
import { test } from 'node:test';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { base64url, flipBit, fromBase64url, utf8 } from '../../src/testing/issuer/bytes.ts';
import { type Cbor, encode, raw } from '../../src/testing/issuer/cbor.ts';
import { buildResponse, DEFAULT_TRANSCRIPT } from '../../src/testing/issuer/mdoc.ts';
import { isoMdocTranscript, openId4VpTranscript } from '../../src/testing/issuer/transcript.ts';
import { asArray, asBytes, asMap, decode } from '../../src/testing/wallet/cbor.ts';
import type { JwePlan } from '../../src/testing/wallet/jwe.ts';
import type { WalletAnswer, WalletProtocol } from '../../src/wire/contract.ts';
import type { Code } from '../../src/wire/error.ts';
import { ORIGIN, Page, site } from '../verifier/harness.ts';
import { neg, pki } from './neg.ts';
import { answered, dataOf, honest, jwe, refused } from './over-the-wire.ts';

/** `["dcapi", {enc, cipherText}]`, each part as `change` leaves it. */
type Encrypted = { enc: Uint8Array; cipherText: Uint8Array };
function repacked(response = '', change: (parts: Encrypted) => Cbor): string {
  const body = asMap(asArray(decode(fromBase64url(response), 'x'), 'x')[1], 'x');
  const parts = {
    enc: asBytes(body.get('enc'), 'x'),
    cipherText: asBytes(body.get('cipherText'), 'x'),
  };
  return base64url(encode(change(parts)));
}

neg(53, 'HPKE: AEAD failure, wrong info, enc off the curve', async () => {
  const changes: [string, (parts: Encrypted) => Cbor][] = [
    [
      'a bit of the text',
      ({ enc, cipherText }) => ['dcapi', { enc, cipherText: flipBit(cipherText) }],
    ],
    ['no text', ({ enc }) => ['dcapi', { enc, cipherText: new Uint8Array() }]],
    ['off the curve', ({ enc, cipherText }) => ['dcapi', { enc: flipBit(enc), cipherText }]],
    ['a short point', ({ enc, cipherText }) => ['dcapi', { enc: enc.subarray(0, 64), cipherText }]],
    ['no point', ({ cipherText }) => ['dcapi', { enc: new Uint8Array(), cipherText }]],
    ['infinity', ({ cipherText }) => ['dcapi', { enc: new Uint8Array(65), cipherText }]],
  ];
  for (const [what, change] of changes) {
    await answered(
      'decryption/hpke',
      'org-iso-mdoc',
      async (requests, page) => {
        const { response } = await honest(page, requests, 'org-iso-mdoc');
        return { response: repacked(response, change) };
      },
      what,
    );
  }
});

neg(54, 'first array item other than "dcapi"', async () => {
  const changes: [Code, (parts: Encrypted) => Cbor][] = [
    ['malformed/protocol', (parts) => ['dcapi2', { ...parts }]],
    ['malformed/protocol', (parts) => [null, { ...parts }]],
    ['malformed/protocol', (parts) => ['dcapi', { ...parts }, 0]],
    ['malformed/protocol', () => []],
    ['malformed/structure', (parts) => ({ dcapi: { ...parts } })],
    ['malformed/structure', ({ enc }) => ['dcapi', { enc }]],
  ];
  for (const [code, change] of changes) {
    await answered(code, 'org-iso-mdoc', async (requests, page) => {
      const { response } = await honest(page, requests, 'org-iso-mdoc');
      return { response: repacked(response, change) };
    });
  }
});

neg(55, 'plaintext response where encryption was required', async () => {
  await answered('request_mismatch/response_mode', 'openid4vp-v1-signed', () => ({
    vp_token: { document: ['AA'] },
  }));
  await answered('request_mismatch/response_mode', 'org-iso-mdoc', () => ({
    vp_token: { document: ['AA'] },
  }));
  const json = JSON.stringify({ vp_token: { document: ['AA'] } });
  const document = buildResponse({ pki });
  const clear: [WalletProtocol, string, string][] = [
    ['org-iso-mdoc', 'a DeviceResponse', base64url(document)],
    ['org-iso-mdoc', 'one without documents', base64url(encode({ version: '1.0', status: 0 }))],
    ['org-iso-mdoc', 'one in its wrapping', base64url(encode(['dcapi', raw(document)]))],
    ['openid4vp-v1-signed', 'a DeviceResponse', base64url(document)],
    ['openid4vp-v1-signed', 'JSON', json],
    ['openid4vp-v1-signed', 'JSON as base64url', base64url(utf8(json))],
    [
      'openid4vp-v1-signed',
      'a JWS',
      `${base64url(utf8('{"alg":"ES256"}'))}.${base64url(utf8(json))}.AA`,
    ],
    [
      'openid4vp-v1-signed',
      'an unsecured JWS',
      `${base64url(utf8('{"alg":"none"}'))}.${base64url(utf8(json))}.`,
    ],
  ];
  for (const [protocol, what, response] of clear) {
    await answered('request_mismatch/response_mode', protocol, () => ({ response }), what);
  }
});

neg(56, 'JWE alg or enc other than offered, or apu or apv mismatch', async () => {
  const bytes = Uint8Array.of(1);
  const plans: [string, Partial<JwePlan>][] = [
    ['alg', { header: { alg: 'ECDH-ES+A128KW' } }],
    ['alg dir', { header: { alg: 'dir' } }],
    ['alg none', { header: { alg: 'none' } }],
    ['enc', { header: { enc: 'A128CBC-HS256' } }],
    ['enc of another length', { header: { enc: 'A256GCM' } }],
    ['zip', { header: { zip: 'DEF' } }],
    ['crit', { header: { crit: ['x'], x: 1 } }],
    ['apu that was not used', { header: { apu: 'AA' } }],
    ['apv that was not used', { header: { apv: 'AA' } }],
    ['apu that was left out', { apu: bytes, header: { apu: undefined } }],
    ['another kid', { header: { kid: 'x' } }],
    ['no kid', { header: { kid: undefined } }],
    ['a key off the curve', { header: { epk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } } }],
  ];
  for (const [what, plan] of plans) {
    await answered(
      'decryption/jwe',
      'openid4vp-v1-signed',
      (requests) => jwe(requests, plan),
      what,
    );
  }
  for (const change of [
    (it: string) => `${it.slice(0, -2)}AA`,
    () => 'a.b.c.d.e',
    () => '',
    () => 'x',
  ]) {
    await answered(
      'decryption/jwe',
      'openid4vp-v1-signed',
      (requests) => jwe(requests, {}, change),
      String(change),
    );
  }
  // With the parameters told, they are taken: what then is refused is the document.
  const told = { apu: bytes, apv: Uint8Array.of(2), enc: 'A256GCM' } as const;
  await answered('malformed/structure', 'openid4vp-v1-signed', (requests) => jwe(requests, told));
});

test('neg-47 to neg-50 over the wire: what is bound wrong does not even open', async () => {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const sealedWith = async (
    requests: WalletAnswer,
    info: (encryptionInfo: string) => Uint8Array,
    foreignKey = false,
  ) => {
    const { encryptionInfo = '' } = dataOf(requests, 'org-iso-mdoc');
    const parameters = asMap(asArray(decode(fromBase64url(encryptionInfo), 'x'), 'x')[1], 'x');
    const key = asMap(parameters.get('recipientPublicKey'), 'x');
    const point = Uint8Array.from([4, ...asBytes(key.get(-2), 'x'), ...asBytes(key.get(-3), 'x')]);
    const recipientPublicKey = foreignKey
      ? (await suite.kem.generateKeyPair()).publicKey
      : await suite.kem.deserializePublicKey(point);
    const sender = await suite.createSenderContext({
      recipientPublicKey,
      info: new Uint8Array(info(encryptionInfo)),
    });
    const cipherText = new Uint8Array(await sender.seal(encode({ version: '1.0', status: 0 })));
    return {
      response: base64url(encode(['dcapi', { enc: new Uint8Array(sender.enc), cipherText }])),
    };
  };
  const lies: [string, Code, (it: string) => Uint8Array, boolean?][] = [
    ['the true one opens', 'request_mismatch/no_document', (it) => isoMdocTranscript(it, ORIGIN)],
    ['origin', 'decryption/hpke', (it) => isoMdocTranscript(it, 'https://evil.example')],
    ['nonce', 'decryption/hpke', (it) => isoMdocTranscript(`${it}A`, ORIGIN)],
    ['key', 'decryption/hpke', (it) => isoMdocTranscript(it, ORIGIN), true],
    ['protocol', 'decryption/hpke', (it) => openId4VpTranscript(ORIGIN, it, null)],
    ['no transcript', 'decryption/hpke', () => new Uint8Array()],
    ['another session', 'decryption/hpke', () => DEFAULT_TRANSCRIPT],
  ];
  for (const [what, code, info, foreignKey] of lies) {
    await answered(
      code,
      'org-iso-mdoc',
      (requests) => sealedWith(requests, info, foreignKey),
      what,
    );
  }
  // OpenID4VP: encryption is to the key only, so the device's signature is what tells.
  await answered('device_binding/signature', 'openid4vp-v1-signed', (requests, page) => {
    const sessionTranscript = openId4VpTranscript('https://evil.example', 'x', null);
    return honest(page, requests, 'openid4vp-v1-signed', { sessionTranscript });
  });
  await answered('device_binding/signature', 'openid4vp-v1-signed', (requests, page) => {
    const { encryptionInfo = '' } = dataOf(requests, 'org-iso-mdoc');
    const sessionTranscript = isoMdocTranscript(encryptionInfo, ORIGIN);
    return honest(page, requests, 'openid4vp-v1-signed', { sessionTranscript });
  });
  // A recipient key that was used once does not open anything any more.
  const page = await Page.open(site());
  const requests = await page.requests();
  const first = await page.present(requests);
  await page.evidence({ ...first, data: { response: 'AA' } });
  await refused(
    await page.sendEnvelope('evidence', await page.seal({ ...first })),
    409,
    'session/used',
  );
});
