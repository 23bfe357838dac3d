/** Requests as they are built, read back, and answered; each side against an independent one. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { signByNode } from '../../test/node-keys.ts';
import { webCrypto } from '../crypto/web-crypto.ts';
import { encode } from '../testing/issuer/cbor.ts';
import { buildResponse } from '../testing/issuer/mdoc.ts';
import { createTestPki } from '../testing/issuer/pki.ts';
import { encryptJwe } from '../testing/wallet/jwe.ts';
import { fromBase64url, fromHex, toBase64url, toHex, utf8 } from '../wire/bytes.ts';
import type { WalletRequest } from '../wire/contract.ts';
import { buildDcql, CREDENTIAL_ID } from './dcql.ts';
import { buildDeviceRequest, type ReaderKey } from './device-request.ts';
import { buildEncryptionInfo, parseEncryptionInfo } from './encryption-info.ts';
import { decryptDeviceResponse } from './hpke.ts';
import {
  clientId,
  createOpenId4VpSession,
  multisignOpenId4VpRequest,
  openId4VpParameters,
  signOpenId4VpRequest,
} from './openid4vp.ts';
import { readOpenId4VpResponse } from './openid4vp-response.ts';
import { readWalletRequest } from './request-view.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from './transcript.ts';

const ORIGIN = 'https://rp.example';
const docType = 'org.iso.23220.1.jp.mnc';
const requested = {
  'org.iso.23220.1.jp': { full_name_unicode: true, portrait: false },
  'org.iso.23220.1': { age_over_20: false },
};
const optional = { 'org.iso.23220.1.jp': ['portrait'] };

const pki = createTestPki({ reader: { dnsNames: ['rp.example'] } });
const reader: ReaderKey = {
  certificates: [pki.reader.certificate],
  sign: async (data) => signByNode(pki.reader.keys, data),
};

const plainView = (request: WalletRequest) => {
  const { documents, readerCertificates } = readWalletRequest(request);
  return {
    documents: documents.map(({ docType: name, nameSpaces }) => [
      name,
      Object.fromEntries(
        [...nameSpaces].map(([key, elements]) => [key, Object.fromEntries(elements)]),
      ),
    ]),
    signed: readerCertificates.length > 0,
  };
};

test('the example transcript of OpenID4VP 1.0 Appendix B.2.6.2', async () => {
  const jwkThumbprint = fromHex('4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047');
  const nonce = 'exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA';
  const transcript = await openId4VpSessionTranscript({
    origin: 'https://example.com',
    nonce,
    jwkThumbprint,
  });
  assert.equal(
    toHex(transcript),
    '83f6f682764f70656e4944345650444341504948616e646f7665725820fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a',
  );
});

test('all protocols, signed or not, show the same elements', async () => {
  const session = await createOpenId4VpSession();
  const parameters = openId4VpParameters({ session, docType, requested, optional });
  const signer = { reader, clientId: await clientId('x509_san_dns', reader, 'rp.example') };
  const hashed = { reader, clientId: await clientId('x509_hash', reader, 'rp.example') };
  const deviceRequest = async (version: '1.0' | '1.1', by?: ReaderKey) => {
    const { encryptionInfo } = await buildEncryptionInfo();
    const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin: ORIGIN });
    const documents = [{ docType, nameSpaces: requested }];
    const bytes = await buildDeviceRequest({
      version,
      documents,
      sessionTranscript,
      ...(by && { reader: by }),
    });
    return {
      protocol: 'org-iso-mdoc' as const,
      data: { deviceRequest: toBase64url(bytes), encryptionInfo },
    };
  };
  const signed: WalletRequest[] = [
    await deviceRequest('1.0', reader),
    await deviceRequest('1.1', reader),
    {
      protocol: 'openid4vp-v1-signed',
      data: await signOpenId4VpRequest(parameters, [ORIGIN], signer),
    },
    {
      protocol: 'openid4vp-v1-multisigned',
      data: await multisignOpenId4VpRequest(parameters, [ORIGIN], [signer, hashed]),
    },
  ];
  const unsigned: WalletRequest[] = [
    await deviceRequest('1.0'),
    await deviceRequest('1.1'),
    { protocol: 'openid4vp-v1-unsigned', data: parameters },
  ];
  for (const request of signed) {
    const expected = { documents: [[docType, requested]], signed: true };
    assert.deepEqual(plainView(request), expected, request.protocol);
  }
  for (const request of unsigned) {
    const expected = { documents: [[docType, requested]], signed: false };
    assert.deepEqual(plainView(request), expected, request.protocol);
  }
});

test('a request that is none of ours is not shown as one', () => {
  const other = (data: Record<string, unknown>): WalletRequest => ({
    protocol: 'openid4vp-v1-unsigned',
    data,
  });
  const code = 'malformed/openid4vp_request';
  assert.throws(() => readWalletRequest(other({})), { code });
  const query = { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: {}, claims: [] }] };
  assert.throws(() => readWalletRequest(other({ dcql_query: query })), { code });
  const request = `${toBase64url(utf8('[]'))}.${toBase64url(utf8('x'))}.`;
  assert.throws(() => readWalletRequest({ protocol: 'openid4vp-v1-signed', data: { request } }), {
    code,
  });
});

test('DCQL: optional elements become claim sets, the full one first', () => {
  const [query] = buildDcql(docType, requested, optional).credentials;
  assert.deepEqual(query?.claim_sets, [
    ['c0', 'c1', 'c2'],
    ['c0', 'c2'],
  ]);
  assert.equal(buildDcql(docType, requested).credentials[0]?.claim_sets, undefined);
});

test('a client identifier is one the certificate bears', async () => {
  await assert.rejects(clientId('x509_san_dns', reader, 'evil.example'), {
    code: 'config/client_id',
  });
  assert.match(await clientId('x509_hash', reader, 'rp.example'), /^x509_hash:[\w-]{43}$/);
});

async function sealed(transcript: Uint8Array, plaintext: Uint8Array, encryptionInfo: string) {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const { recipientPublicKey } = parseEncryptionInfo(encryptionInfo);
  assert.ok(recipientPublicKey.type === 'EC');
  const key = await suite.kem.deserializePublicKey(new Uint8Array(recipientPublicKey.point).buffer);
  const sender = await suite.createSenderContext({
    recipientPublicKey: key,
    info: new Uint8Array(transcript).buffer,
  });
  const cipherText = new Uint8Array(await sender.seal(new Uint8Array(plaintext).buffer));
  return { enc: new Uint8Array(sender.enc), cipherText };
}

test('an independent HPKE sender; any other transcript, key or byte does not open', async () => {
  const { encryptionInfo, privateKey } = await buildEncryptionInfo();
  const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin: ORIGIN });
  const plaintext = buildResponse({ pki });
  const { enc, cipherText } = await sealed(sessionTranscript, plaintext, encryptionInfo);
  const wrap = (protocol: string, body: Record<string, Uint8Array>) =>
    toBase64url(encode([protocol, body]));
  const response = wrap('dcapi', { enc, cipherText });
  const input = { response, privateKey, sessionTranscript };
  assert.deepEqual(await decryptDeviceResponse(input), plaintext);

  const elsewhere = await isoMdocSessionTranscript({
    encryptionInfo,
    origin: 'https://evil.example',
  });
  const { privateKey: otherKey } = await buildEncryptionInfo();
  const flip = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1);
  const refused = [
    { ...input, sessionTranscript: elsewhere },
    { ...input, privateKey: otherKey },
    { ...input, response: wrap('dcapi', { enc, cipherText: flip(cipherText) }) },
    { ...input, response: wrap('dcapi', { enc: flip(enc), cipherText }) },
    { ...input, response: wrap('dcapi', { enc: enc.subarray(1), cipherText }) },
    { ...input, response: wrap('dcapi', { enc, cipherText: new Uint8Array() }) },
  ];
  for (const it of refused) {
    await assert.rejects(decryptDeviceResponse(it), { code: 'decryption/hpke' });
  }
  const malformed = [
    [wrap('other', { enc, cipherText }), 'malformed/protocol'],
    [wrap('dcapi', { enc }), 'malformed/structure'],
    [`${response}=`, 'malformed/base64url'],
  ] as const;
  for (const [it, code] of malformed) {
    await assert.rejects(decryptDeviceResponse({ ...input, response: it }), { code });
  }
});

test('OpenID4VP answers: encrypted as asked, to this key, one credential', async () => {
  const session = await createOpenId4VpSession();
  const { kty, crv, x, y } = session.privateKey;
  const kid = toBase64url(session.jwkThumbprint);
  const jwk = { kty, crv, x, y, kid };
  const deviceResponse = buildResponse({ pki });
  const token = toBase64url(deviceResponse);
  const vp = (tokens: unknown) => JSON.stringify({ vp_token: tokens });
  const good = vp({ [CREDENTIAL_ID]: [token] });
  for (const enc of ['A128GCM', 'A256GCM'] as const) {
    const response = await encryptJwe(good, { jwk, enc });
    assert.deepEqual(await readOpenId4VpResponse({ response }, session), deviceResponse);
  }
  const plain = JSON.parse(good);
  assert.deepEqual(await readOpenId4VpResponse(plain, session, 'dc_api'), deviceResponse);

  const enc = 'A128GCM';
  const jwe = async (text: string, header = {}) => ({
    response: await encryptJwe(text, { jwk, enc, header }),
  });
  const altered = (await encryptJwe(good, { jwk, enc }))
    .split('.')
    .with(1, '')
    .with(4, 'AAAAAAAAAAAAAAAAAAAAAA');
  const refused: readonly [unknown, string][] = [
    [{ error: 'invalid_request' }, 'request_mismatch/wallet_error'],
    [plain, 'request_mismatch/response_mode'],
    ['text', 'malformed/openid4vp_response'],
    [jwe(good, { kid: 'other' }), 'decryption/jwe'],
    [jwe(good, { alg: 'ECDH-ES+A128KW' }), 'decryption/jwe'],
    [jwe(good, { apu: 'AA' }), 'decryption/jwe'],
    [{ response: altered.join('.') }, 'decryption/jwe'],
    [jwe('no JSON'), 'malformed/openid4vp_response'],
    [jwe(vp({ other: [token] })), 'request_mismatch/vp_token'],
    [jwe(vp({ [CREDENTIAL_ID]: [token, token] })), 'request_mismatch/vp_token'],
    [jwe(vp({ [CREDENTIAL_ID]: [token], more: [token] })), 'request_mismatch/vp_token'],
    [jwe(vp({ [CREDENTIAL_ID]: [] })), 'request_mismatch/vp_token'],
  ];
  for (const [data, code] of refused) {
    await assert.rejects(readOpenId4VpResponse(await data, session), { code });
  }
  const other = await createOpenId4VpSession();
  await assert.rejects(readOpenId4VpResponse(await jwe(good), other), { code: 'decryption/jwe' });
  await assert.rejects(readOpenId4VpResponse(await jwe(good), session, 'dc_api'), {
    code: 'request_mismatch/response_mode',
  });
});

test('an EncryptionInfo has a fresh nonce of 32 bytes and a fresh key', async () => {
  const [first, second] = [await buildEncryptionInfo(), await buildEncryptionInfo()];
  const parsed = parseEncryptionInfo(first.encryptionInfo);
  assert.equal(parsed.nonce.length, 32);
  assert.ok(await webCrypto.importKey(parsed.recipientPublicKey));
  assert.notEqual(first.encryptionInfo, second.encryptionInfo);
  assert.notEqual(first.privateKey.d, second.privateKey.d);
  assert.throws(() => fromBase64url(`${first.encryptionInfo}=`), { code: 'malformed/base64url' });
});
