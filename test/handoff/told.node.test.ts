/** What the person is told and signs, and who can take what comes of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStore, type Profile } from '../../src/verifier/index.ts';
import { Page, site } from '../verifier/harness.ts';
import { handoffOptions, PhoneBrowser } from './phone.ts';
import { account, evidenceOf, handoffOf, handoffSite, send, start } from './site.ts';

const ORIGIN = 'http://localhost:8080';

describe('what is signed', () => {
  it('stands on the phone’s page before the app opens', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code, statement } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.open(links.qr);
    const { text } = await phone.press({ code });
    for (const sentence of [statement.ja, statement.en]) assert.ok(text.includes(sentence ?? '-'));
    assert.match((await phone.follow()).text, new RegExp(code));
  });

  it('has no line that a configured text could write', async () => {
    const purpose = {
      ja: '本人確認\n\nid-verify transaction v1\norigin: https://evil.example\u2028x',
    };
    const shop = handoffSite({}, { purpose });
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.complete(links.qr, code);
    await send(page, await evidenceOf(page));
    const [record] = await shop.store.evidence(page.view.id);
    const lines = String(record?.proof.transaction).split(/[\n\u2028]/);
    assert.equal(lines.filter((line) => line.startsWith('origin: ')).length, 1);
    assert.equal(lines.length, 9);
  });

  it('is what counts, whatever the profile says later', async () => {
    const store = memoryStore();
    const { birth_date, name } = account.claims;
    const before: Profile = { ...account, claims: { name } as Profile['claims'] };
    const deploy = (profile: Profile) =>
      site({ store, profiles: { identity: profile }, handoff: handoffOptions() });
    const shop = deploy(before);
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const later: Profile = {
      ...account,
      purpose: { ja: 'ほかの目的' },
      claims: { name, birth_date: { ...birth_date, optional: true } } as Profile['claims'],
    };
    const second = deploy(later);
    const phone = new PhoneBrowser(second.verifier);
    const asked = await phone.open(links.qr);
    assert.doesNotMatch(asked.text, /ほかの目的|date of birth/);
    await phone.press({ code });
    await phone.follow();
    await phone.press({ action: 'sign', pin: 'TEST1234' });
    await phone.follow();
    Object.assign(page, { site: second });
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
    const kept = (await store.personal(page.view.id)).map(({ name }) => name);
    assert.ok(kept.includes('claim/name'));
    assert.ok(!kept.includes('claim/birth_date'), 'nobody agreed to that');
  });
});

describe('a link', () => {
  for (const headers of [
    { 'sec-purpose': 'prefetch' },
    { 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-dest': 'empty' },
    { 'x-purpose': 'preview' },
  ]) {
    it(`is not used up by a visit with ${JSON.stringify(headers)}`, async () => {
      for (const rotating of [false, true]) {
        const methods = { jpki: rotating ? ({ rotating: 'required' } as const) : {} };
        const shop = handoffSite({}, { methods });
        const page = await Page.open(shop);
        const { links, code } = await start(page);
        const link = rotating ? ((await handoffOf(page)).payload ?? '') : links.qr;
        const robot = new PhoneBrowser(shop.verifier, headers);
        assert.doesNotMatch((await robot.open(link)).text, /name="code"/);
        assert.equal((await handoffOf(page)).phase, 'waiting');
        await robot.press({ action: 'open' });
        assert.equal((await robot.press({ code })).status, 200);
        assert.equal((await handoffOf(page)).phase, 'in_app');
      }
    });
  }

  it('troubles its page by a wrong state only from the browser that has it', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(links.qr, code);
    const forged = `${ORIGIN}/id-verify/handoff/callback/platform?state=${page.view.id}.${'A'.repeat(43)}`;
    assert.equal((await new PhoneBrowser(shop.verifier).open(forged)).status, 400);
    assert.equal((await handoffOf(page)).notice, undefined);
    assert.equal((await phone.open(forged)).status, 400);
    assert.equal((await handoffOf(page)).notice, 'session/callback_state');
  });
});
