import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, afterEach, describe, it } from 'node:test';
import { CLIENT_ID, startService } from '../../../../../test/handoff/digital-auth-service.ts';
import { handoffOptions, operator, PhoneBrowser } from '../../../../../test/handoff/phone.ts';
import {
  evidenceOf,
  handoffOf,
  handoffSite,
  send,
  start,
} from '../../../../../test/handoff/site.ts';
import { ORIGIN, Page } from '../../../../../test/verifier/harness.ts';
import {
  DIGITAL_AUTH_ENDPOINTS,
  digitalAuthApp,
  directoryCrl,
} from '../../../../verifier/index.ts';

const CALLBACK = `${ORIGIN}/id-verify/handoff/callback/digital-auth`;

const service = await startService(operator.cards.cards.good, CALLBACK);

after(service.stop);

afterEach(() => {
  for (const name of Object.keys(service.mischief)) Reflect.deleteProperty(service.mischief, name);
  service.reconfigure();
});

const endpoints = {
  discovery: `${service.issuer}/.well-known/openid-configuration`,
  sign: `${service.issuer}/api/sign-transactions`,
};

type Changes = Partial<Parameters<typeof digitalAuthApp>[0]>;

const provider = (changes: Changes = {}) =>
  digitalAuthApp({
    endpoints,
    clientId: CLIENT_ID,
    clientKey: { pem: service.clientKey },
    decryptionKey: { pem: service.decryptionKey, alg: 'RSA-OAEP-256' },
    ...changes,
  });

async function begin(changes: Changes = {}) {
  const revocation = { sources: [directoryCrl(async () => operator.cards.crl())] };
  const handoff = handoffOptions({ providers: [provider(changes)], revocation });
  const shop = handoffSite({ handoff }, { methods: { jpki: {} } });
  const page = await Page.open(shop);
  const started = await start(page);
  const phone = new PhoneBrowser(shop.verifier);
  await phone.open(started.links.qr);
  return { shop, page, phone, ...started };
}

describe('デジタル認証アプリ, played by an independent OpenID provider', () => {
  it('asks with PKCE, state, nonce, acr_values and the signing transaction; the card’s word counts', async () => {
    const { shop, page, phone, code } = await begin();
    await phone.press({ code });
    assert.match(phone.screen.text, /Open the Digital Authentication App/);
    const done = await phone.follow();
    assert.match(done.text, /Reading is finished/, done.text);

    const request = service.asked.at(-1);
    assert.equal(request?.code_challenge_method, 'S256');
    assert.equal(request?.acr_values, 'aal3 crl');
    assert.equal(request?.scope, 'openid name address birthdate sign');
    assert.equal(request?.response_type, 'code');
    assert.match(request?.sign_transaction_id ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(request?.nonce, (await handoffOf(page)).transactionDigest);

    const answer = await send(page, await evidenceOf(page));
    assert.equal(answer.outcome, 'review', JSON.stringify(answer));
    const review = JSON.stringify(JSON.parse((await page.review()).text).items);
    assert.match(review, /番号/);
    assert.match(review, /□□町/);
    assert.match(review, /1971-09-01/);
    const [record] = await shop.store.evidence(page.view.id);
    const statement = String(record?.proof.statement);
    const header = JSON.parse(Buffer.from(statement.split('.')[0] ?? '', 'base64url').toString());
    assert.equal(header.alg, 'ES256');
  });

  it('keeps only the hash of an ID token that speaks about the person', async () => {
    service.mischief.idTokenClaims = true;
    service.reconfigure();
    const { shop, page, phone, code } = await begin();
    await phone.press({ code });
    await phone.follow();
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
    const [record] = await shop.store.evidence(page.view.id);
    assert.equal(record?.proof.statement, undefined);
    assert.match(String(record?.proof.statementHash), /^[\w-]{43}$/);
  });

  it('records how the person was authenticated', async () => {
    const { shop, page, phone, code } = await begin();
    await phone.press({ code });
    await phone.follow();
    await send(page, await evidenceOf(page));
    const [record] = await shop.store.evidence(page.view.id);
    const check = record?.checks.find(({ id }) => id === 'handoff.assurance');
    assert.deepEqual([check?.outcome, /^acr aal3/.test(check?.detail ?? '')], ['passed', true]);
  });

  for (const [what, acr] of [
    ['another assurance than was asked', 'aal2'],
    ['none, because acr_values was cut out of the address', undefined],
  ] as const) {
    it(`an ID token of ${what}: refused`, async () => {
      service.mischief.acr = acr ?? '';
      const { page, phone, code } = await begin();
      await phone.press({ code });
      const [, href = ''] = /primary" href="([^"]+)"/.exec(phone.screen.text) ?? [];
      const url = new URL(href.replaceAll('&amp;', '&'));
      url.searchParams.delete('acr_values');
      await phone.open(url.href);
      const answer = await send(page, await evidenceOf(page));
      assert.deepEqual([answer.outcome, answer.code], ['refused', 'request_mismatch/assurance']);
    });
  }

  it('declined: told so', async () => {
    service.mischief.decline = true;
    const { page, phone, code } = await begin();
    await phone.press({ code });
    assert.match((await phone.follow()).text, /You stopped/);
    assert.equal((await handoffOf(page)).code, 'incomplete/declined');
  });

  it('an ID token with another nonce: refused by name', async () => {
    const { page, phone, code } = await begin();
    await phone.press({ code });
    const [, href = ''] = /primary" href="([^"]+)"/.exec(phone.screen.text) ?? [];
    const url = new URL(href.replaceAll('&amp;', '&'));
    url.searchParams.set('nonce', 'A'.repeat(43));
    assert.equal((await phone.open(url.href)).status, 400);
    assert.equal((await handoffOf(page)).code, 'session/callback_state');
  });

  it('a code for another PKCE challenge, or used before: no result', async () => {
    const { page, phone, code } = await begin();
    await phone.press({ code });
    const [, href = ''] = /primary" href="([^"]+)"/.exec(phone.screen.text) ?? [];
    const url = new URL(href.replaceAll('&amp;', '&'));
    url.searchParams.set('code_challenge', 'B'.repeat(43));
    await phone.open(url.href);
    assert.equal((await handoffOf(page)).code, 'unavailable/provider');
    assert.equal((await phone.open(phone.screen.url)).status, 409);
    assert.equal((await handoffOf(page)).notice, 'session/callback_used');
  });

  it('a signature over something else: refused by the server', async () => {
    service.mischief.otherDigest = true;
    const { page, phone, code } = await begin();
    await phone.press({ code });
    await phone.follow();
    const answer = await send(page, await evidenceOf(page));
    assert.deepEqual([answer.outcome, answer.code], ['refused', 'device_binding/transaction']);
  });

  it('a client key that is not registered: said within five seconds', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { page, phone, code } = await begin({ clientKey: { pem } });
    assert.equal((await phone.press({ code })).status, 503);
    assert.equal((await handoffOf(page)).code, 'unavailable/provider');
  });

  it('a silent signing service: said within five seconds', async () => {
    service.mischief.silent = true;
    const { page, phone, code } = await begin();
    await phone.press({ code });
    const began = performance.now();
    assert.equal((await phone.follow()).status, 503);
    assert.ok(performance.now() - began < 5_000);
    assert.equal((await handoffOf(page)).code, 'unavailable/provider');
  });

  it('has presets for production and sandbox; only the first is no test', () => {
    assert.equal(provider({ endpoints: 'production' }).environment, 'production');
    assert.equal(provider({ endpoints: 'sandbox' }).environment, 'test');
    for (const { discovery, sign } of Object.values(DIGITAL_AUTH_ENDPOINTS)) {
      assert.match(discovery, /^https:.*\/\.well-known\/openid-configuration$/);
      assert.match(sign, /^https:/);
    }
    assert.throws(() => provider({ acrValues: ' ' }), { code: 'config/provider' });
  });
});
