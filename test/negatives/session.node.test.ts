/** Cases 57 to 63, 82 and 83: who answers, in which session, and what was asked there. */
import assert from 'node:assert/strict';
import { base64url, utf8 } from '../../src/testing/issuer/bytes.ts';
import { encode } from '../../src/testing/issuer/cbor.ts';
import { isoMdocTranscript } from '../../src/testing/issuer/transcript.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import type { EvidenceAnswer } from '../../src/wire/contract.ts';
import { parseEnvelope, sealEnvelope } from '../../src/wire/envelope.ts';
import { createKey, sign } from '../../src/wire/session-key.ts';
import {
  bearer,
  type EvidenceBody,
  identity,
  ORIGIN,
  options,
  Page,
  post,
  randomToken,
  site,
} from '../verifier/harness.ts';
import { neg, note, refusedWith } from './neg.ts';
import { answered, asked, dataOf, jwe, refused } from './over-the-wire.ts';

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
