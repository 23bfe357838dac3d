import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore } from '../../src/verifier/index.ts';
import { json, Page, post, refused } from '../verifier/harness.ts';
import { handoffOptions, PhoneBrowser, testProvider } from './phone.ts';
import { account, evidenceOf, handoffOf, handoffSite, send, start } from './site.ts';

const other = (page: { text: string }, code: string): string => {
  const codes = [...page.text.matchAll(/value="(\d\d)"/g)].map(([, found = '']) => found);
  return codes.find((found) => found !== code) ?? '';
};

/** The callback a person's browser would follow, not yet followed. */
async function upToCallback(phone: PhoneBrowser, link: string, code: string): Promise<string> {
  await phone.toApp(link, code);
  await phone.press({ action: 'sign', pin: 'TEST1234' });
  const [, href = ''] = /<a class="button primary" href="([^"]+)"/.exec(phone.screen.text) ?? [];
  return href.replaceAll('&amp;', '&');
}

describe('a relayed link', () => {
  it('without the code: a wrong choice ends it, for good', async () => {
    const shop = handoffSite();
    const attacker = await Page.open(shop);
    const { links, code } = await start(attacker);
    const victim = new PhoneBrowser(shop.verifier);
    const asked = await victim.open(links.qr);
    const wrong = await victim.press({ code: other(asked, code) });
    assert.match(wrong.text, /different one/);
    assert.deepEqual(
      [(await handoffOf(attacker)).phase, (await handoffOf(attacker)).code],
      ['failed', 'incomplete/wrong_code'],
    );
    await victim.press({ code });
    assert.equal((await handoffOf(attacker)).phase, 'failed', 'the right one comes too late');
  });

  it('shows whose page it is, since when and from what device, and declining is one press', async () => {
    const shop = handoffSite();
    const attacker = await Page.open(shop);
    const agent = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)' };
    const { links } = await json<{ links: { qr: string } }>(
      await attacker.call('handoff', post({ rung: 'jpki' }, agent)),
    );
    const victim = new PhoneBrowser(shop.verifier, { 'accept-language': 'ja' });
    const { text } = await victim.open(links.qr);
    assert.match(text, /テスト商店/);
    assert.match(text, /ご本人の確認のため/);
    assert.match(text, /\d\d:\d\d、パソコン/);
    assert.match(text, /value="decline">やめる</);
  });

  it('with the code passed on live it succeeds: the result says crossDevice, and how it was opened', async () => {
    const shop = handoffSite();
    const attacker = await Page.open(shop);
    const { links, code } = await start(attacker);
    await new PhoneBrowser(shop.verifier).complete(links.copy ?? '', code);
    assert.equal((await send(attacker, await evidenceOf(attacker))).outcome, 'review');
    const [record] = await shop.store.evidence(attacker.view.id);
    assert.equal(record?.proof.opened, 'copy');
    assert.equal((await shop.store.get(attacker.view.id))?.held?.crossDevice, true);
  });

  it('a profile that forbids another device cannot offer handoffs', () => {
    assert.throws(() => handoffSite({}, { crossDevice: 'forbid' }), {
      code: 'config/cross_device',
    });
  });
});

describe('links', () => {
  it('open once, for one browser; the others stop working then', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.open(links.qr);
    const thief = new PhoneBrowser(shop.verifier);
    for (const link of [links.qr, links.here, links.copy ?? '']) {
      const seen = await thief.open(link);
      assert.equal(seen.status, 409);
      assert.doesNotMatch(seen.text, /name="code"/);
    }
    assert.match((await phone.open(links.qr)).text, /name="code"/, 'a reload shows it again');
  });

  it('are not used up by a messenger that makes a preview', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const robot = new PhoneBrowser(shop.verifier, { 'sec-fetch-mode': '' });
    const preview = await robot.open(links.copy ?? '');
    assert.doesNotMatch(preview.text, /name="code"|Test shop/);
    assert.equal((await handoffOf(page)).phase, 'waiting');
    const phone = new PhoneBrowser(shop.verifier, { 'sec-fetch-mode': '' });
    await phone.open(links.copy ?? '');
    await phone.press({ action: 'open' });
    await phone.press({ code });
    assert.equal((await handoffOf(page)).phase, 'in_app');
  });

  it('hold nothing but the session’s id and a secret, and the store only its hash', async () => {
    const store = memoryStore();
    const shop = handoffSite({ store });
    const page = await Page.open(shop);
    const { links } = await start(page);
    const stored = JSON.stringify(await store.get(page.view.id));
    for (const link of [links.qr, links.here, links.copy ?? '']) {
      assert.match(link, /^http:\/\/localhost:8080\/id-verify\/h\/[\w-]{22}\.[\w-]{22}$/);
      assert.equal(stored.includes(link.split('.').at(-1) ?? ''), false);
    }
    assert.equal(new Set(Object.values(links)).size, 3);
  });

  it('guessed, of an ended session, or none at all: the same page, and nothing is told', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links } = await start(page);
    await page.call('', { method: 'DELETE' });
    const phone = new PhoneBrowser(shop.verifier);
    for (const link of [links.qr, `${links.qr.slice(0, -1)}A`, links.qr.replace(/h\/.*/, 'h/x')]) {
      assert.equal((await phone.open(link)).status, 404);
    }
  });

  it('their pages let no script, frame or foreign form in', async () => {
    const shop = handoffSite();
    const { links } = await start(await Page.open(shop));
    const request = new Request(links.qr, { headers: { 'sec-fetch-mode': 'navigate' } });
    const { headers } = await shop.verifier.fetch(request);
    assert.match(
      headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    assert.match(headers.get('set-cookie') ?? '', /HttpOnly; SameSite=Lax/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('over https the cookie is bound to the host', async () => {
    const shop = handoffSite({ handoff: handoffOptions({ url: 'https://localhost/id-verify' }) });
    const { links } = await start(await Page.open(shop));
    const request = new Request(links.qr, { headers: { 'sec-fetch-mode': 'navigate' } });
    const { headers } = await shop.verifier.fetch(request);
    assert.match(headers.get('set-cookie') ?? '', /^__Host-id-verify-.*Path=\/;.*; Secure$/);
  });

  it('text of the operator is text on the page', async () => {
    const purpose = { ja: '<img src=x onerror=alert(1)>', en: '"><script>' };
    const shop = handoffSite({}, { purpose });
    const { links } = await start(await Page.open(shop));
    const { text } = await new PhoneBrowser(shop.verifier).open(links.qr);
    assert.doesNotMatch(text, /<script|<img/);
  });

  it('cannot be started without end', async () => {
    const page = await Page.open(handoffSite());
    for (let times = 0; times < 10; times++) await start(page);
    await refused(await page.call('handoff', post({ rung: 'jpki' })), 429, 'limit/rate');
  });
});

describe('the way back', () => {
  it('a second time: refused, told to the page, and the result stands', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const back = await upToCallback(phone, links.qr, code);
    await phone.open(back);
    assert.equal((await phone.open(back)).status, 409);
    const { phase, notice } = await handoffOf(page);
    assert.deepEqual([phase, notice], ['completing', 'request_mismatch/callback_used']);
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
  });

  it('in another browser: refused, told to the page, and over', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const back = await upToCallback(new PhoneBrowser(shop.verifier), links.qr, code);
    assert.equal((await new PhoneBrowser(shop.verifier).open(back)).status, 403);
    const { phase, code: reason } = await handoffOf(page);
    assert.deepEqual([phase, reason], ['failed', 'request_mismatch/callback_browser']);
  });

  it('with a wrong state: refused, told to the page, and the right one still works', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const back = await upToCallback(phone, links.qr, code);
    const url = new URL(back);
    const state = url.searchParams.get('state') ?? '';
    url.searchParams.set('state', `${state.slice(0, -2)}${state.endsWith('A') ? 'BB' : 'AA'}`);
    assert.equal((await phone.open(url.href)).status, 400);
    assert.equal((await handoffOf(page)).notice, 'request_mismatch/callback_state');
    url.searchParams.set('state', 'nothing');
    assert.equal((await phone.open(url.href)).status, 400);
    await phone.open(back);
    assert.equal((await handoffOf(page)).phase, 'completing');
  });

  it('for another session: refused there, and here it is over', async () => {
    const shop = handoffSite();
    const [mine, theirs] = [await Page.open(shop), await Page.open(shop)];
    const phone = new PhoneBrowser(shop.verifier);
    const [a, b] = [await start(mine), await start(theirs)];
    const back = new URL(await upToCallback(phone, a.links.qr, a.code));
    const elsewhere = new URL(await upToCallback(phone, b.links.qr, b.code));
    back.searchParams.set('session_id', elsewhere.searchParams.get('session_id') ?? '');
    assert.equal((await phone.open(back.href)).status, 400);
    assert.equal((await handoffOf(mine)).code, 'request_mismatch/callback_state');
    assert.equal((await handoffOf(theirs)).phase, 'in_app');
  });

  it('too late: refused, and the page knows it is over', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const back = await upToCallback(phone, links.qr, code);
    shop.clock.ahead += 5 * 60_000;
    assert.equal((await phone.open(back)).status, 409);
    const { phase, code: reason, notice } = await handoffOf(page);
    assert.deepEqual(
      [phase, reason, notice],
      ['expired', 'incomplete/timed_out', 'request_mismatch/callback_expired'],
    );
  });
});

describe('a provider', () => {
  const broken = (answer: typeof fetch) =>
    handoffSite({ handoff: handoffOptions({ providers: [testProvider({ fetch: answer })] }) });

  for (const [what, answer] of Object.entries({
    'is down': async () => Promise.reject(new TypeError('refused')),
    'answers HTML': async () => new Response('<p>maintenance', { status: 200 }),
    'answers 500': async () => Response.json({}, { status: 500 }),
    'leads to no https page': async () =>
      Response.json({ session_id: 'a', url: 'javascript:alert(1)' }),
    'keeps silent': () => new Promise<Response>(() => {}),
  } satisfies Record<string, typeof fetch>)) {
    it(`${what}: said within five seconds, on both screens, and another try is open`, async () => {
      const shop = broken(answer);
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      const phone = new PhoneBrowser(shop.verifier);
      await phone.open(links.qr);
      const began = performance.now();
      const { status, text } = await phone.press({ code });
      assert.ok(performance.now() - began < 5_000);
      assert.equal(status, 503);
      assert.match(text, /does not answer/);
      assert.equal((await handoffOf(page)).code, 'unavailable/provider');
      await start(page);
    });
  }
});

describe('evidence of a handoff', () => {
  async function completed(rung: 'jpki' | 'ic-chip' = 'jpki') {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page, rung);
    await new PhoneBrowser(shop.verifier).complete(links.qr, code);
    return { shop, page, body: await evidenceOf(page) };
  }

  it('without an envelope there is no result, whatever the operator says', async () => {
    const { shop, page } = await completed();
    assert.equal((await shop.store.get(page.view.id))?.state, 'awaiting');
    assert.equal((await shop.store.evidence(page.view.id)).length, 0);
  });

  it('cannot claim another rung', async () => {
    const { page, body } = await completed('ic-chip');
    const answer = await send(page, { ...body, rung: 'jpki' }, 'ic-chip');
    assert.equal(answer.code, 'request_mismatch/rung');
    const second = await completed('ic-chip');
    const envelope = await second.page.seal({ ...second.body, rung: 'jpki' }, { method: 'jpki' });
    await refused(await second.page.sendEnvelope('evidence', envelope), 409, 'session/used');
  });

  it('has to name the transaction and the statement of the operator', async () => {
    for (const [field, code] of [
      ['transactionDigest', 'request_mismatch/transaction'],
      ['statementHash', 'request_mismatch/statement'],
    ] as const) {
      const { page, body } = await completed();
      const answer = await send(page, { ...body, [field]: new Uint8Array(32) });
      assert.equal(answer.code, code);
    }
  });

  it('before the app is done is refused', async () => {
    const page = await Page.open(handoffSite());
    const { id } = await start(page);
    const digests = { transactionDigest: new Uint8Array(32), statementHash: new Uint8Array(32) };
    const answer = await send(page, { handoff: id, rung: 'jpki', ...digests });
    assert.equal(answer.code, 'incomplete/handoff');
  });

  it('of another session is nobody’s here', async () => {
    const { page, body } = await completed();
    const second = await Page.open(page.site);
    await start(second);
    const envelope = await second.seal(body, { method: 'jpki' });
    await refused(await second.sendEnvelope('evidence', envelope), 409, 'session/used');
  });

  it('keeps the certificate only where the provider allows it', async () => {
    for (const mayRetainCertificate of [false, true]) {
      const providers = [testProvider({ mayRetainCertificate })];
      const shop = handoffSite(
        { handoff: handoffOptions({ providers }) },
        { retainDocumentDays: 1 },
      );
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      await new PhoneBrowser(shop.verifier).complete(links.qr, code);
      await send(page, await evidenceOf(page));
      const kept = await shop.store.personal(page.view.id);
      const document = kept.find(({ name }) => name === 'document')?.value;
      const text = new TextDecoder().decode(document);
      assert.equal(text.includes('certificate"'), mayRetainCertificate);
    }
  });
});

describe('a deployment with handoffs does not start', () => {
  it('with a test operator for a real origin, without a root, or asking what nobody tells', () => {
    const real = { origins: ['https://shop.example'] };
    assert.throws(() => handoffSite(real), { code: 'config/test_anchor' });
    assert.throws(() => handoffSite({ handoff: handoffOptions({ trustAnchors: [] }) }), {
      code: 'config/trust_anchor',
    });
    assert.throws(() => handoffSite({ handoff: handoffOptions({ providers: [] }) }), {
      code: 'config/provider',
    });
    const purpose = { ja: '番号' };
    const claims = { ...account.claims, local_gov_code: { purpose, retainDays: 0 } };
    assert.throws(() => handoffSite({}, { claims }), { code: 'config/claim' });
  });
});
