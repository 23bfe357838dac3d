import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, PhoneBrowser, testProvider } from '../../../../test/handoff/phone.ts';
import { evidenceOf, handoffOf, handoffSite, send, start } from '../../../../test/handoff/site.ts';
import { ORIGIN, Page } from '../../../../test/verifier/harness.ts';

/** The callback a person's browser would follow, not yet followed. */
async function upToCallback(phone: PhoneBrowser, link: string, code: string): Promise<string> {
  await phone.toApp(link, code);
  await phone.press({ action: 'sign', pin: 'TEST1234' });
  const [, href = ''] = /<a class="button primary" href="([^"]+)"/.exec(phone.screen.text) ?? [];
  return href.replaceAll('&amp;', '&');
}

describe('the way back (neg-76)', () => {
  it('a second time: refused, told to the page, and the result stands', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const back = await upToCallback(phone, links.qr, code);
    await phone.open(back);
    const again = await phone.open(back);
    assert.equal(again.status, 409);
    assert.match(again.text, /Reading is finished/, 'to the same browser');
    const stranger = await new PhoneBrowser(shop.verifier).open(back);
    assert.equal(stranger.status, 409);
    assert.match(stranger.text, /does not belong/);
    const { phase, notice } = await handoffOf(page);
    assert.deepEqual([phase, notice], ['completing', 'session/callback_used']);
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
  });

  it('in another browser: refused, told to the page, and over', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const back = await upToCallback(new PhoneBrowser(shop.verifier), links.qr, code);
    assert.equal((await new PhoneBrowser(shop.verifier).open(back)).status, 403);
    const { phase, code: reason } = await handoffOf(page);
    assert.deepEqual([phase, reason], ['failed', 'session/callback_browser']);
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
    assert.equal((await handoffOf(page)).notice, 'session/callback_state');
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
    assert.equal((await handoffOf(mine)).code, 'session/callback_state');
    assert.equal((await handoffOf(theirs)).phase, 'in_app');
  });

  it('after the operator has told the end: the person reads where it goes on', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(links.qr, code);
    await phone.press({ action: 'play', outcome: 'pin_locked' });
    while ((await handoffOf(page)).phase !== 'failed') {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { status, text } = await phone.follow();
    assert.equal(status, 200);
    assert.match(text, /The first screen says how to go on/);
  });

  it('on the device of the first screen: a link leads back there, on another it does not', async () => {
    const shop = handoffSite({ transferPages: [`${ORIGIN}/account`] });
    for (const [entrance, leads] of [
      ['here', true],
      ['qr', false],
    ] as const) {
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      const phone = new PhoneBrowser(shop.verifier);
      const { text } = await phone.complete(links[entrance], code);
      assert.match(text, /Reading is finished/);
      assert.equal(text.includes(`href="${ORIGIN}/account"`), leads, entrance);
    }
  });

  it('too late: refused, and the page knows it is over', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const back = await upToCallback(phone, links.qr, code);
    shop.clock.ahead += 5 * 60_000;
    const late = await phone.open(back);
    assert.equal(late.status, 410);
    assert.match(late.text, /no longer works/);
    const { phase, code: reason, notice } = await handoffOf(page);
    assert.deepEqual(
      [phase, reason, notice],
      ['expired', 'incomplete/timed_out', 'session/callback_expired'],
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
