import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, PhoneBrowser } from '../../../../test/handoff/phone.ts';
import { evidenceOf, handoffOf, handoffSite, send, start } from '../../../../test/handoff/site.ts';
import { json, ORIGIN, Page, post, refused } from '../../../../test/verifier/harness.ts';
import { join, offer } from '../../../../test/verifier/phone.ts';
import { memoryStore } from '../../../verifier/index.ts';
import type { Rung } from '../../../wire/contract.ts';

const other = (page: { text: string }, code: string): string => {
  const codes = [...page.text.matchAll(/value="(\d\d)"/g)].map(([, found = '']) => found);
  return codes.find((found) => found !== code) ?? '';
};

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

  it('take a button’s form and nothing else', async () => {
    const shop = handoffSite();
    const { links } = await start(await Page.open(shop));
    const ask = (body: string, type: string) =>
      shop.verifier.fetch(
        new Request(links.qr, { method: 'POST', body, headers: { 'content-type': type } }),
      );
    await refused(await ask('{}', 'application/json'), 415, 'unsupported/content_type');
    const form = 'application/x-www-form-urlencoded';
    await refused(await ask(`code=${'0'.repeat(2_000)}`, form), 413, 'limit/body');
  });

  it('cannot be started without end, by all rungs together', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const ask = (rung: Rung = 'jpki') => page.call('handoff', post({ rung }));
    for (let times = 0; times < 9; times++) await start(page);
    const last = await Promise.all([ask('jpki-mobile'), ask('ic-chip'), ask()]);
    assert.deepEqual(last.map(({ status }) => status).sort(), [200, 429, 429]);
    await refused(await ask(), 429, 'limit/rate');
    shop.clock.ahead += 10 * 60_000 + 1;
    await start(page);
  });

  it('are counted on where the session goes on on a phone, and where it comes back', async () => {
    const shop = handoffSite({ transferPages: [`${ORIGIN}/`] });
    const first = await Page.open(shop);
    const ask = (page: Page) => page.call('handoff', post({ rung: 'jpki' }));
    for (let times = 0; times < 5; times++) await start(first);
    const phone = await join(shop, await json(await offer(first)));
    assert.equal((await shop.store.get(first.view.id))?.exchanges.length, 0);
    for (let times = 0; times < 5; times++) await start(phone);
    await refused(await ask(phone), 429, 'limit/rate');
    await first.call('transfer', { method: 'DELETE' });
    await refused(await ask(first), 429, 'limit/rate');
  });

  it('keep no session alive for longer than two hours, or than the site says', async () => {
    for (const [changes, hours] of [
      [{}, 2],
      [{ longestSession: 3_600_000 }, 1],
    ] as const) {
      const shop = handoffSite(changes);
      const page = await Page.open(shop);
      const opened = (await shop.store.get(page.view.id))?.createdAt ?? 0;
      let status = 200;
      while (status === 200) {
        shop.clock.ahead += 9 * 60_000;
        status = (await page.call('handoff', post({ rung: 'jpki' }))).status;
      }
      const { state, expiresAt = 0 } = (await shop.store.get(page.view.id)) ?? {};
      assert.deepEqual([state, expiresAt - opened], ['expired', hours * 3_600_000]);
    }
  });

  it('are counted on where evidence was refused and used one up', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { id } = await start(page);
    const hash = new Uint8Array(32);
    const lie = { handoff: id, rung: 'jpki', transactionDigest: hash, statementHash: hash };
    assert.equal((await send(page, lie)).outcome, 'refused');
    assert.equal((await shop.store.get(page.view.id))?.exchanges.length, 0);
    for (let times = 0; times < 9; times++) await start(page);
    await refused(await page.call('handoff', post({ rung: 'jpki' })), 429, 'limit/rate');
  });
});
