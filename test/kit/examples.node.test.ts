/**
 * The applications of `demo/examples`, from the packed package, with real clicks, until their server
 * has the result.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { ja } from '../../src/screens/first/ja.ts';
import { ja as later } from '../../src/screens/later/ja.ts';
import { launchChromium } from '../chromium.ts';
import { press, says } from '../e2e/handoff.ts';
import { type Example, startExample } from './example.ts';
import { goByWallet } from './person.ts';
import { type Registry, startRegistry } from './registry.ts';

let registry: Registry;
let browser: Browser;
before(async () => {
  registry = await startRegistry();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  registry?.stop();
});

/** Starts an example for the tests of one `describe`. */
function started(name: string): { readonly example: Example; open(): Promise<Page> } {
  let example: Example | undefined;
  let page: Page | undefined;
  before(async () => {
    example = await startExample(name, registry);
  });
  after(() => example?.stop());
  const running = (): Example => {
    if (!example) throw new Error(`${name} has not started`);
    return example;
  };
  return {
    get example() {
      return running();
    },
    async open() {
      await page?.close();
      page = await browser.newPage();
      await page.setExtraHTTPHeaders({ 'accept-language': 'ja' });
      await page.goto(running().origin);
      return page;
    },
  };
}

const text = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.textContent);

describe('plain HTML, with a form', () => {
  const app = started('html-form');

  it('sends nothing before there is a result', async () => {
    const page = await app.open();
    await page.click('form > button');
    assert.equal(await page.$eval('form', (form) => form.checkValidity()), false);
    assert.equal(new URL(page.url()).pathname, '/');
  });

  it('ends with verified on the server, beside what else was in the form', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await Promise.all([page.waitForNavigation(), page.click('form > button')]);
    assert.equal(await text(page, 'body'), 'verified');
    assert.match(app.example.printed(), /^verified wallet 番号\s花子 普通$/mu);
  });
});

describe('React', () => {
  const app = started('react');

  it('hears the event, and its server has the result', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await page.waitForFunction(() => document.querySelector('output')?.textContent === 'verified');
    assert.match(app.example.printed(), /^verified wallet 番号\s花子$/mu);
  });
});

describe('Next.js, where a server renders the page', () => {
  const app = started('next');

  it('the markup holds what the element is told', async () => {
    const markup = await (await fetch(app.example.origin)).text();
    assert.match(
      markup,
      /<id-verify endpoint="\/id-verify" profile="identity" methods="wallet jpki"/,
    );
  });

  it('offers the methods named there, after React has taken the page over', async () => {
    const page = await app.open();
    await page.locator('id-verify').hover();
    await press(page, ja.intro.begin);
    const offered = await says(page, later.methods.jpki.title);
    assert.match(offered, new RegExp(later.methods.wallet.title));
    assert.doesNotMatch(offered, new RegExp(later.methods['ic-chip'].title));
  });

  it('hears the event by its ref; who comes late finds what happened, and no event twice', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await page.waitForFunction(() => document.querySelector('output')?.textContent === 'verified');
    const late = await page.$eval('id-verify', async (element) => {
      const heard: string[] = [];
      for (const name of ['id-verify-result', 'id-verify-state', 'id-verify-error'] as const)
        element.addEventListener(name, () => heard.push(name));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { state, error, value } = element;
      const sent = new FormData(element.closest('form') ?? undefined).get('ref');
      return { heard, state, error: error?.code ?? 'none', isSent: value !== '' && value === sent };
    });
    assert.deepEqual(late, { heard: [], state: 'done', error: 'none', isSent: true });
  });

  it('ends with verified on the server', async () => {
    const page = await app.open();
    await goByWallet(page, 'ja');
    await Promise.all([page.waitForNavigation(), page.click('form > button')]);
    assert.match(app.example.printed(), /^verified wallet 番号\s花子$/mu);
  });
});
