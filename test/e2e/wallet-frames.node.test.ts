/** The element in a frame, or under a header that forbids the API: it says so and asks nobody. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Frame } from 'puppeteer-core';
import { deployed } from './setting.ts';
import { tag, Visit } from './visit.ts';

const { browser, site } = await deployed();

/** A page on one origin with the element in a frame; `inner` is the frame's origin. */
async function framed(inner: string, attributes = ''): Promise<{ tab: Visit; frame: Frame }> {
  const source = inner + site.front.page(tag());
  const html = `<!doctype html><title>outer</title><iframe ${attributes} width="400" height="900" src="${source}"></iframe>`;
  const tab = await Visit.start(browser, site.wallet);
  await tab.open(site.front.origin + site.front.page(html));
  const frame = await tab.page.waitForFrame(source);
  await frame.waitForSelector('id-verify');
  return { tab, frame };
}

async function reach(frame: Frame, state: string): Promise<string> {
  await frame.waitForFunction(
    (wanted) => {
      const element = document.querySelector('id-verify');
      const screen = element?.shadowRoot?.querySelector('.panel:not(:has(.skeleton))');
      return element?.state === wanted && screen;
    },
    { timeout: 15_000 },
    state,
  );
  return frame.$eval('id-verify', ({ shadowRoot }) => shadowRoot?.textContent ?? '');
}

const press = (frame: Frame): Promise<void> =>
  frame.locator('id-verify >>> [part="primary"]:not([aria-disabled])').click();

/** The whole path in a frame. */
async function verifiedIn(frame: Frame, tab: Visit): Promise<void> {
  await reach(frame, 'consent');
  await frame.waitForSelector('id-verify >>> [part="primary"]:not([aria-disabled])');
  await tab.prepare({ origin: new URL(frame.url()).origin });
  await press(frame);
  await reach(frame, 'review');
  await press(frame);
  await reach(frame, 'done');
  const ref = await frame.$eval('id-verify', ({ value }) => value);
  const { status, origin } = await site.redeem(ref);
  assert.deepEqual([status, origin], ['verified', new URL(frame.url()).origin]);
}

describe('in a frame', () => {
  it('of the same origin the path is whole', async () => {
    const { tab, frame } = await framed(site.front.origin);
    await verifiedIn(frame, tab);
    await tab.close();
  });

  it('of another origin with allow="digital-credentials-get" it is whole, bound to the frame’s origin', async () => {
    const { tab, frame } = await framed(site.front.otherOrigin, 'allow="digital-credentials-get"');
    await verifiedIn(frame, tab);
    await tab.close();
  });

  it('neg-64 of another origin without it the panel says what is missing', async () => {
    const { tab, frame } = await framed(site.front.otherOrigin);
    const words = await reach(frame, 'consent');
    assert.match(words, /別のページの中に表示されているため、ここではウォレットを使えません/);
    assert.match(words, /スマホで続ける/);
    await tab.close();
  });

  it('neg-64 in a sandbox the opaque origin gets no session, and a way out is shown', async () => {
    const opened = () => site.log.filter((line) => line.includes('session.opened')).length;
    const before = opened();
    const { tab, frame } = await framed(site.front.origin, 'sandbox="allow-scripts"');
    const words = await reach(frame, 'failed');
    assert.match(words, /もう一度試す|はじめからやり直す/);
    assert.equal(opened(), before);
    await tab.close();
  });
});

it('neg-64 a header that forbids the API is respected without asking', async () => {
  const tab = await Visit.start(browser, site.wallet);
  const headers = { 'permissions-policy': 'digital-credentials-get=()' };
  await tab.open(site.front.origin + site.front.page(tag(), { headers }));
  await tab.reach('consent');
  assert.match(await tab.words(), /ここではウォレットを使えません/);
  assert.match(await tab.words(), /スマホで続ける/);
  await tab.close();
});
