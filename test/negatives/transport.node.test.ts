/** Cases 53 to 63, 82 and 83, and the other layer of 47 to 50: over the wire, through the verifier's calls. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { base64url, flipBit, fromBase64url, utf8 } from '../../demo/issuer/bytes.ts';
import { type Cbor, encode, raw } from '../../demo/issuer/cbor.ts';
import { buildResponse, DEFAULT_TRANSCRIPT } from '../../demo/issuer/mdoc.ts';
import { isoMdocTranscript, openId4VpTranscript } from '../../demo/issuer/transcript.ts';
import { asArray, asBytes, asMap, decode } from '../../demo/wallet/cbor.ts';
import { encryptJwe, type JwePlan } from '../../demo/wallet/jwe.ts';
import { createKey, sign } from '../../src/evidence/key.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import type { EvidenceAnswer, WalletAnswer, WalletProtocol } from '../../src/wire/contract.ts';
import { parseEnvelope, sealEnvelope } from '../../src/wire/envelope.ts';
import type { Code } from '../../src/wire/error.ts';
import {
  bearer,
  type EvidenceBody,
  identity,
  ORIGIN,
  options,
  Page,
  post,
  randomToken,
  refused as refusedCall,
  site,
} from '../verifier/harness.ts';
import { neg, note, pki, refusedWith } from './neg.ts';

/** A session that waits for evidence, and its requests. */
async function asked() {
  const page = await Page.open(site());
  return { page, requests: await page.requests() };
}

/** Sends `data` for one protocol and asserts the refusal. */
async function answered(
  code: Code,
  protocol: WalletProtocol,
  data: (
    requests: WalletAnswer,
    page: Page,
  ) => Promise<EvidenceBody['data']> | EvidenceBody['data'],
  what = '',
) {
  const { page, requests } = await asked();
  const answer = await page.evidence<EvidenceAnswer>({
    request: requests.id,
    protocol,
    data: await data(requests, page),
  });
  assert.deepEqual([answer.outcome, answer.code], ['refused', code], what);
  note(code);
}

/** Asserts the refusal of a call. */
async function refused(response: Response, status: number, code: Code) {
  await refusedCall(response, status, code);
  note(code);
}

/** The answer of an honest wallet, changed on its way. */
async function honest(page: Page, requests: WalletAnswer, protocol: WalletProtocol, plan = {}) {
  const request = requests.requests.find((one) => one.protocol === protocol);
  assert.ok(request);
  return (await page.site.wallet.answer(request, { origin: ORIGIN, plan })).data as Record<
    string,
    string
  >;
}

const dataOf = ({ requests }: WalletAnswer, protocol: WalletProtocol) =>
  (requests.find((one) => one.protocol === protocol)?.data ?? {}) as Record<string, string>;

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

/** A JWE to the request's own key, with whatever else in its header or text. */
async function jwe(
  requests: WalletAnswer,
  plan: Partial<JwePlan>,
  change = (text: string) => text,
  answer: unknown = { vp_token: { document: ['AA'] } },
) {
  const [, payload = ''] = (dataOf(requests, 'openid4vp-v1-signed').request ?? '').split('.');
  const parameters = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const [jwk] = parameters.client_metadata.jwks.keys;
  return {
    response: change(encryptJwe(JSON.stringify(answer), { jwk, enc: 'A128GCM', ...plan })),
  };
}

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

neg(57, 'response protocol other than one asked', async () => {
  for (const protocol of ['openid4vp-v1-unsigned', 'openid4vp-v1-multisigned'] as const) {
    await answered('request_mismatch/protocol', protocol, () => ({ response: 'AA' }));
  }
  const { page, requests } = await asked();
  const body = await page.present(requests, { mode: 'other-protocol' });
  const { code } = await page.evidence<EvidenceAnswer>(body);
  assert.equal(code, 'request_mismatch/protocol');
});

neg(58, 'session unknown, expired, already used, or raced', async () => {
  const shop = site();
  const page = await Page.open(shop);
  const unknown = 'A'.repeat(22);
  await refused(
    await shop.send(`sessions/${unknown}`, { headers: bearer(randomToken(unknown)) }),
    404,
    'session/unknown',
  );
  const requests = await page.requests();
  const envelopes = await Promise.all(
    [0, 1, 2].map(async () => page.seal({ ...(await page.present(requests)) })),
  );
  const answers = await Promise.all(envelopes.map((it) => page.sendEnvelope('evidence', it)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  const late = await Page.open(shop);
  shop.clock.ahead = 16 * 60_000;
  await refused(await late.call('wallet', { method: 'POST' }), 410, 'session/expired');
});

neg(59, 'session of another user', async () => {
  const shop = site();
  const [mine, other] = [await Page.open(shop), await Page.open(shop)];
  const foreign = { headers: bearer(other.token) };
  await refused(await shop.send(`sessions/${mine.view.id}`, foreign), 401, 'session/token');
  const body = { ...(await mine.present(await mine.requests())) };
  const signedByOther = await other.seal(body, { sid: mine.view.id });
  await refused(await mine.sendEnvelope('evidence', signedByOther), 401, 'session/signature');
  // A request of one session, answered in another.
  const answer = await other.sendEnvelope('evidence', await other.seal(body));
  await refused(answer, 409, 'session/used');
  await mine.evidence(await mine.present(await mine.requests()));
  const { status } = await mine.confirm<EvidenceAnswer>();
  await refusedWith(
    'session/subject',
    shop.verifier.redeem(status.ref ?? '', {
      subject: 'another',
      profile: 'identity',
      acceptTest: true,
    }),
  );
});

neg(60, 'origin taken from client JSON', async () => {
  const evil = 'https://evil.example';
  // A page elsewhere had the wallet sign for itself, and says so in every place it can.
  const page = await Page.open(site());
  const requests = await page.requests();
  const [request] = requests.requests;
  assert.ok(request?.protocol === 'org-iso-mdoc');
  const transcript = isoMdocTranscript(request.data.encryptionInfo, evil);
  const { data } = await page.site.wallet.answer(request, {
    origin: ORIGIN,
    plan: { sessionTranscript: transcript },
  });
  const body = {
    request: requests.id,
    protocol: request.protocol,
    data: data as EvidenceBody['data'],
    origin: evil,
  };
  await refused(
    await page.sendEnvelope('evidence', await page.seal(body)),
    400,
    'malformed/envelope_body',
  );
  await refused(
    await page.sendEnvelope('evidence', await page.seal(body, { origin: evil })),
    401,
    'session/binding',
  );
  const { origin: _, ...plain } = body;
  const unbound = 'device_binding/signature';
  assert.equal((await page.evidence<EvidenceAnswer>(plain)).code, unbound);
  note(unbound);
  await refused(
    await page.site.send('sessions', post({ profile: 'identity', origin: evil })),
    400,
    'malformed/request',
  );
});

neg(61, 'request other than the one the server made', async () => {
  // Script on the page has the wallet asked for less, or for more: what came back tells.
  const elements = { full_name_unicode: true, resident_address_unicode: true, portrait: false };
  for (const [disclose, code] of [
    [{ 'org.iso.23220.1.jp': elements }, 'request_mismatch/missing_element'],
    [
      {
        'org.iso.23220.1.jp': { ...elements, sex_unicode: false },
        'org.iso.23220.1': { birth_date: false },
      },
      'request_mismatch/extra_element',
    ],
  ] as const) {
    await answered(code, 'org-iso-mdoc', async (requests, page) => {
      const { encryptionInfo = '' } = dataOf(requests, 'org-iso-mdoc');
      const items = encode({ docType: 'org.iso.23220.1.jp.mnc', nameSpaces: disclose });
      const itemsRequest = [0xd8, 24, 0x58, items.length, ...items];
      assert.ok(items.length < 256);
      const start = encode({ version: '1.0', docRequests: [{ itemsRequest: 0 }] });
      const altered = Uint8Array.from([...start.subarray(0, -1), ...itemsRequest]);
      const request = {
        protocol: 'org-iso-mdoc',
        data: { deviceRequest: base64url(altered), encryptionInfo },
      };
      return (await page.site.wallet.answer(request, { origin: ORIGIN }))
        .data as EvidenceBody['data'];
    });
  }
  const { page, requests } = await asked();
  await page.evidence(await page.present(requests));
  await page.review();
  const another = await page.seal({ reviewHash: new Uint8Array(32) });
  await refused(await page.sendEnvelope('confirm', another), 422, 'request_mismatch/review');
});

neg(62, 'SD-JWT: none is ever asked for, so none is bound to the session', async () => {
  const part = (value: object) => base64url(utf8(JSON.stringify(value)));
  const issued = `${part({ alg: 'ES256', typ: 'dc+sd-jwt' })}.${part({ cnf: { jwk: {} } })}.AA`;
  const bound = { nonce: 'x', aud: `origin:${ORIGIN}`, sd_hash: 'x', iat: 0 };
  const presentations = [
    `${issued}~`,
    `${issued}~${part({ alg: 'none', typ: 'kb+jwt' })}.${part(bound)}.`,
    `${issued}~WyJhIl0~${part({ alg: 'ES256', typ: 'kb+jwt' })}.${part(bound)}.AA`,
    issued,
    { '@context': [], type: 'VerifiablePresentation' },
  ];
  for (const presentation of presentations) {
    await answered('device_binding/format', 'openid4vp-v1-signed', (requests) =>
      jwe(requests, {}, undefined, { vp_token: { document: [presentation] } }),
    );
  }
  for (const vpToken of [
    { document: [1] },
    { document: ['*'] },
    { document: 'AA' },
    issued,
    null,
  ]) {
    await answered('malformed/openid4vp_response', 'openid4vp-v1-signed', (requests) =>
      jwe(requests, {}, undefined, { vp_token: vpToken }),
    );
  }
  await answered('request_mismatch/vp_token', 'openid4vp-v1-signed', (requests) =>
    jwe(requests, {}, undefined, { vp_token: { pid: [`${issued}~`] } }),
  );
});

neg(
  63,
  'evidence signed by an unknown key, for another audience, replayed, or with another algorithm',
  async () => {
    const shop = site();
    const page = await Page.open(shop);
    const body = { ...(await page.present(await page.requests())) };
    const stranger = await createKey();
    const { payload } = {
      payload: await page.seal(body, { aud: 'https://other.example/id-verify' }),
    };
    await refused(await page.sendEnvelope('evidence', payload), 401, 'session/binding');
    const good = await page.seal(body);
    const resigned = await sealEnvelope(parseEnvelope(good).payload, (data) =>
      sign(stranger, data),
    );
    await refused(await page.sendEnvelope('evidence', resigned), 401, 'session/signature');
    const es256 = Buffer.from([0xa2, 0x01, 0x26]);
    const at = Buffer.from(good).indexOf(es256);
    assert.ok(at > 0);
    const swapped = new Uint8Array(good);
    swapped[at + 2] = 0x27;
    await refused(await page.sendEnvelope('evidence', swapped), 401, 'session/algorithm');
    await json200(page.sendEnvelope('evidence', good));
    const other = await Page.open(shop);
    await refused(await other.sendEnvelope('evidence', good), 401, 'session/signature');
  },
);

async function json200(sending: Promise<Response>): Promise<void> {
  assert.equal((await sending).status, 200);
}

neg(82, 'OpenID4VP error in a fulfilled promise treated as a response', async () => {
  const errors = [
    { error: 'access_denied' },
    { error: '' },
    { error: null },
    { error: 'x', response: 'AA' },
    { error: {}, vp_token: {} },
  ];
  for (const data of errors) {
    await answered('request_mismatch/wallet_error', 'openid4vp-v1-signed', () => data);
  }
});

neg(83, 'confirmation backend absent, unreachable or silent', async () => {
  const profiles = { identity: { ...identity, confirmation: 'required' as const } };
  await refusedWith('config/confirmation', () =>
    createVerifier(options(memoryStore(), { profiles })),
  );
  const programs = {
    unreachable: () => Promise.reject(new TypeError('no network')),
    'without an answer it knows': async () => 'maybe' as 'confirmed',
  };
  for (const [what, confirm] of Object.entries(programs)) {
    const confirmation = { kind: 'certified', program: 'test', confirm } as const;
    const page = await Page.open(site({ profiles, confirmation }));
    const { code } = await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
    assert.equal(code, 'undetermined/confirmation', what);
    note('undetermined/confirmation');
  }
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
