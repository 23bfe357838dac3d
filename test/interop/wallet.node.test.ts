/** The simulated wallet, judged by libraries that share no code with it or with the verifier. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode, pairs } from '../../src/testing/issuer/cbor.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import { buildResponse, DEFAULT_TRANSCRIPT, defaultPki } from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki, EKU, issueReader, issueReaderCa } from '../../src/testing/issuer/pki.ts';
import type { Mode } from '../../src/testing/wallet/modes.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { privateKeyOf } from '../node-keys.ts';
import { verifyByAuth0 } from './auth0-mdl.ts';
import { verifyByOwf } from './owf-mdoc.ts';
import { isoRequest, openId4VpRequest } from './relying-party.ts';

const ORIGIN = 'https://rp.example';
const pki = createTestPki();
const roots = [pki.iaca.certificate];
const wallet = createWallet({ pki, allowUnsigned: true });
const strict = createWallet({ pki });
const asked = {
  docType: MNC,
  nameSpaces: {
    'org.iso.23220.1.jp': { full_name_unicode: true, portrait: false },
    'org.iso.23220.1': { birth_date: false },
  },
};

for (const version of ['1.0', '1.1'] as const) {
  test(`Annex C, DeviceRequest ${version}: @auth0/mdl verifies the answer`, async () => {
    const request = isoRequest({ ...asked, version, origin: ORIGIN, reader: pki.reader });
    const credential = await strict.answer(request, { origin: ORIGIN });
    assert.equal(credential.protocol, 'org-iso-mdoc');
    const response = await request.open(credential.data);
    const elements = await verifyByAuth0(response, request.transcript, roots);
    assert.deepEqual([...elements.keys()].sort(), ['birth_date', 'full_name_unicode', 'portrait']);
    assert.equal(elements.get('full_name_unicode'), '番号　花子');
  });
}

for (const kind of ['unsigned', 'signed', 'multisigned'] as const) {
  for (const mode of ['dc_api', 'dc_api.jwt'] as const) {
    test(`OpenID4VP ${kind}, ${mode}: @owf/mdoc verifies the answer`, async () => {
      const plan = { ...asked, origin: ORIGIN, reader: pki.reader, kind, mode };
      const request = await openId4VpRequest(plan);
      const credential = await wallet.answer(request, { origin: ORIGIN });
      const session = {
        origin: ORIGIN,
        nonce: request.nonce,
        ...(mode === 'dc_api.jwt' && { jwkThumbprint: request.thumbprint }),
      };
      const response = await request.open(credential.data);
      const verified = await verifyByOwf(response, session, roots);
      assert.equal(verified.documents?.[0]?.docType, MNC);
      const otherSession = { ...session, nonce: 'another' };
      await assert.rejects(verifyByOwf(response, otherSession, roots));
    });
  }
}

test('@auth0/mdl accepts each digest, curve and document the issuer can make', async () => {
  const plans = [
    { digestAlgorithm: 'SHA-384' },
    { digestAlgorithm: 'SHA-512' },
    { deviceKeys: newKeys('P-384') },
    { deviceKeys: newKeys('P-521') },
    { deviceKeys: newKeys('Ed25519') },
    { docType: MDL },
    { pki: createTestPki({ curve: 'P-256' }) },
  ] as const;
  for (const plan of plans) {
    const { iaca } = 'pki' in plan ? plan.pki : defaultPki();
    await verifyByAuth0(buildResponse(plan), DEFAULT_TRANSCRIPT, [iaca.certificate]);
  }
});

test('@auth0/mdl verifies a deviceMac', async () => {
  const reader = newKeys();
  const { d, x, y } = privateKeyOf(reader).export({ format: 'jwk' });
  const bytes = (part: string | undefined) => new Uint8Array(Buffer.from(part ?? '', 'base64url'));
  const coseKey = encode(pairs([1, 2], [-1, 1], [-2, bytes(x)], [-3, bytes(y)], [-4, bytes(d)]));
  const response = buildResponse({ macWith: reader.publicKey });
  await verifyByAuth0(response, DEFAULT_TRANSCRIPT, [defaultPki().iaca.certificate], coseKey);
});

const REFUSED_BY_AUTH0 = ['expired', 'tampered', 'wrong-nonce', 'wrong-origin'] as const;
for (const mode of REFUSED_BY_AUTH0) {
  test(`mode ${mode} makes what @auth0/mdl or the decryption refuses`, async () => {
    const request = isoRequest({ ...asked, origin: ORIGIN, reader: pki.reader });
    const { data } = await wallet.answer(request, { origin: ORIGIN, mode });
    await assert.rejects(async () => {
      await verifyByAuth0(await request.open(data), request.transcript, roots);
    });
  });
}

test('every other mode does what its name says', async () => {
  const answer = (mode: Mode) => {
    const request = isoRequest({ ...asked, origin: ORIGIN, reader: pki.reader });
    const statusList = 'http://localhost/demo/issuer/status';
    const issuing = createWallet({ pki, statusList });
    return { request, credential: issuing.answer(request, { origin: ORIGIN, mode }) };
  };
  const documents = async (mode: Mode) => {
    const { request, credential } = answer(mode);
    const response = await request.open((await credential).data);
    return { response, elements: await verifyByAuth0(response, request.transcript, roots) };
  };
  for (const mode of ['cancel', 'no-card'] as const) {
    await assert.rejects(answer(mode).credential, { exception: 'NotAllowedError' });
  }
  assert.equal((await answer('other-protocol').credential).protocol, 'test-unasked-protocol');
  assert.deepEqual((await answer('openid-error').credential).data, { error: 'access_denied' });
  const garbage = answer('garbage');
  await assert.rejects(garbage.request.open((await garbage.credential).data));
  assert.equal((await documents('approve')).elements.size, 3);
  assert.equal((await documents('unrequested-element')).elements.size, 4);
  assert.equal((await documents('withheld-element')).elements.size, 2);
  const two = await documents('two-documents');
  assert.ok(two.response.length > (await documents('approve')).response.length * 1.9);
  const statusOf = async (mode: Mode) =>
    Buffer.from((await documents(mode)).response).indexOf(
      encode(pairs(['idx', mode === 'revoked' ? 1 : 0])).subarray(1),
    );
  assert.ok((await statusOf('revoked')) > 0 && (await statusOf('approve')) > 0);
});

test('a reader the wallet has no reason to trust gets nothing', async () => {
  const stranger = issueReader(issueReaderCa());
  const tls = issueReader(pki.readerCa, { extensions: { extendedKeyUsage: [EKU.tlsServer] } });
  const expired = issueReader(pki.readerCa, { notAfter: new Date(Date.now() - 1000) });
  const swapped = { ...pki.reader, keys: newKeys() };
  for (const reader of [stranger, tls, expired, swapped]) {
    const iso = isoRequest({ ...asked, origin: ORIGIN, reader });
    await assert.rejects(wallet.answer(iso, { origin: ORIGIN }), { exception: 'NotAllowedError' });
    const plan = { ...asked, origin: ORIGIN, reader, kind: 'signed' as const };
    const openid = await openId4VpRequest(plan);
    await assert.rejects(wallet.answer(openid, { origin: ORIGIN }), {
      exception: 'NotAllowedError',
    });
  }
  const unsigned = isoRequest({ ...asked, origin: ORIGIN });
  await assert.rejects(strict.answer(unsigned, { origin: ORIGIN }), /without reader/);
  await assert.doesNotReject(wallet.answer(unsigned, { origin: ORIGIN }));
});

test('a signed request from another origin, or for another client, gets nothing', async () => {
  for (const version of ['1.0', '1.1'] as const) {
    const iso = isoRequest({ ...asked, version, origin: ORIGIN, reader: pki.reader });
    await assert.rejects(wallet.answer(iso, { origin: 'https://other.example' }), /signature/);
  }
  const plan = { ...asked, origin: ORIGIN, reader: pki.reader, kind: 'signed' as const };
  const openid = await openId4VpRequest(plan);
  await assert.rejects(
    wallet.answer(openid, { origin: 'https://other.example' }),
    /expected_origins/,
  );
  for (const clientId of ['x509_san_dns:other.example', 'x509_hash:AAAA', 'localhost']) {
    const request = await openId4VpRequest({ ...plan, clientId });
    await assert.rejects(wallet.answer(request, { origin: ORIGIN }), /client_id/);
  }
});

test('the sheet is told what the request says', () => {
  const reader = issueReader(pki.readerCa, { organization: 'サンプル証券' });
  const request = isoRequest({ ...asked, origin: ORIGIN, reader });
  const { requester, documents } = strict.describe(request, { origin: ORIGIN });
  assert.equal(requester?.name, 'サンプル証券');
  assert.deepEqual(documents[0]?.elements[0], {
    namespace: 'org.iso.23220.1.jp',
    element: 'full_name_unicode',
    retain: true,
  });
});
