import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page as Tab } from 'puppeteer-core';
import { nodeHandler } from '../../src/server/node.ts';
import { createPhone } from '../../src/testing/phone/server.ts';
import { directoryCrl } from '../../src/verifier/index.ts';
import type { HandoffAnswer } from '../../src/wire/contract.ts';
import { launchChromium } from '../chromium.ts';
import { Page, type Site } from '../verifier/harness.ts';
import { handoffOptions, testProvider } from './phone.ts';
import { handoffOf, handoffSite, start } from './site.ts';

const axe = readFileSync(
  new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
);

let shop: Site;
let browser: Browser;
let stop = () => {};

before(async () => {
  let origin = '';
  let handle = async (_: Request): Promise<Response | undefined> => undefined;
  const server = createServer(
    nodeHandler(
      { fetch: async (request) => (await handle(request)) ?? shop.verifier.fetch(request) },
      { origins: () => [origin] },
    ),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const phone = createPhone({ origin });
  handle = phone.handle;
  const ask: typeof fetch = async (input, init) =>
    (await phone.handle(new Request(input, init))) ?? new Response(null, { status: 404 });
  const { apiKey, clientId } = phone;
  const provider = testProvider({ apiKey, clientId, url: `${origin}/demo/phone/api`, fetch: ask });
  shop = handoffSite({
    handoff: handoffOptions({
      url: `${origin}/id-verify`,
      providers: [provider],
      trustAnchors: phone.cards.roots.map(({ certificate }) => ({ certificate, test: true })),
      revocation: { sources: [directoryCrl(async () => phone.cards.crl())] },
    }),
  });
  browser = await launchChromium();
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
});

after(async () => {
  await browser.close();
  stop();
});

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly object[] }[];
}

async function accessible(tab: Tab): Promise<void> {
  await tab.evaluate(axe);
  const { violations } = (await tab.evaluate('axe.run(document)')) as AxeResult;
  assert.deepEqual(
    violations.map(({ id }) => id),
    [],
    `${await tab.title()}: ${JSON.stringify(violations)}`,
  );
  const width = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${await tab.title()} is ${width} px wide`);
}

/** Presses Enter on what was reached by Tab, and waits for the next page. */
async function enter(tab: Tab): Promise<void> {
  await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
  await accessible(tab);
}

async function tabTo(tab: Tab, selector: string): Promise<void> {
  for (let presses = 0; presses < 12; presses++) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by keyboard`);
}

describe('the pages on the phone, in a real browser', () => {
  for (const [language, scheme] of [
    ['ja', 'light'],
    ['en', 'dark'],
  ] as const) {
    it(`${language}, ${scheme}: by keyboard alone, accessible on every page, 360 px wide`, async () => {
      const page = await Page.open(shop);
      const { links, code }: HandoffAnswer = await start(page);
      const context = await browser.createBrowserContext();
      const tab = await context.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => complaints.push(message.text()));
      await tab.setViewport({ width: 360, height: 740 });
      await tab.setExtraHTTPHeaders({ 'accept-language': language });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);

      await tab.goto(links.qr);
      await accessible(tab);
      assert.equal((await handoffOf(page)).phase, 'scanned');
      await tabTo(tab, `button[value="${code}"]`);
      await enter(tab);
      await tabTo(tab, 'a.primary');
      await enter(tab);
      assert.equal((await handoffOf(page)).phase, 'in_app');
      await tabTo(tab, 'input');
      await tab.keyboard.type('WRONG99');
      await enter(tab);
      await tabTo(tab, 'summary');
      await tab.keyboard.press('Enter');
      await accessible(tab);
      await tab.focus('input');
      await tab.keyboard.type('TEST1234');
      await enter(tab);
      await tabTo(tab, 'a.primary');
      await enter(tab);
      assert.equal((await handoffOf(page)).phase, 'completing');
      assert.deepEqual(complaints, [], 'nothing broke the policy');
      await context.close();
    });
  }

  it('a page that was opened cannot be opened again elsewhere', async () => {
    const page = await Page.open(shop);
    const { links } = await start(page);
    const tabs = await Promise.all(
      [1, 2].map(async () => (await browser.createBrowserContext()).newPage()),
    );
    const seen: number[] = [];
    for (const tab of tabs) seen.push((await tab.goto(links.qr))?.status() ?? 0);
    assert.deepEqual(seen, [200, 409]);
  });
});
