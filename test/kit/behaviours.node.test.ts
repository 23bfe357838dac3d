/**
 * Each behaviour of the simulated wallet and of the browser around it, on a page with a strict
 * Content-Security-Policy: what the person reads, and what the site gets.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { ja } from '../../src/screens/first/ja.ts';
import { ja as later } from '../../src/screens/later/ja.ts';
import { LABELS } from '../../src/testing/wallet/labels.ts';
import type { BrowserMode, Mode } from '../../src/testing/wallet/modes.ts';
import { launchChromium } from '../chromium.ts';
import { press, says } from '../e2e/handoff.ts';
import { type KitSite, SUBJECT, startKitSite } from './kit-site.ts';
import { reach } from './person.ts';

const DONE = later.review.heading;
const INCOMPLETE = '手続きは完了していません';
const UNCONFIRMED = 'カードの情報を確認できませんでした';

/** What stands there in the end, and the code of the element's error; undefined where there is none. */
const ANSWERS: Readonly<Record<Mode, readonly [heading: string, code: string | undefined]>> = {
  approve: [DONE, undefined],
  renewed: [DONE, undefined],
  cancel: [INCOMPLETE, 'incomplete/not_allowed'],
  'no-card': [INCOMPLETE, 'incomplete/not_allowed'],
  expired: ['カードの有効期限を確かめてください', 'validity/expired'],
  tampered: [UNCONFIRMED, 'digest/mismatch'],
  'wrong-origin': [INCOMPLETE, 'decryption/hpke'],
  'wrong-nonce': [INCOMPLETE, 'decryption/hpke'],
  'other-protocol': [INCOMPLETE, 'request_mismatch/protocol'],
  garbage: [INCOMPLETE, 'malformed/indefinite_length'],
  'openid-error': [INCOMPLETE, 'request_mismatch/openid4vp_error'],
  'unrequested-element': [INCOMPLETE, 'request_mismatch/extra_element'],
  'withheld-element': [INCOMPLETE, 'request_mismatch/no_element'],
  'two-documents': [INCOMPLETE, 'request_mismatch/extra_document'],
  revoked: ['このカードは今は使えません', 'revoked/document'],
};

/** Browsers that show no sheet to approve. */
const BROWSERS = {
  'safari-cancel': [INCOMPLETE, 'incomplete/cancelled'],
  'safari-busy': [INCOMPLETE, 'incomplete/busy'],
  'safari-protocols': ['この方法は今は使えません', 'unavailable/platform'],
} as const satisfies Partial<Record<BrowserMode, readonly [string, string]>>;

let site: KitSite;
let browser: Browser;
let context: BrowserContext;
before(async () => {
  site = await startKitSite();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});
// Of its own, so that no session of the test before goes on.
beforeEach(async () => {
  context = await browser.createBrowserContext();
});
afterEach(() => context.close());

/** @returns what breaks the page's policy or is thrown in it goes into `complaints` */
async function open(mode: Mode | BrowserMode): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security|TrustedHTML|eval/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${site.origin}/?mode=${mode}`);
  await page.locator('id-verify').hover();
  await press(page, ja.intro.begin);
  return { page, complaints };
}

async function ask(page: Page): Promise<void> {
  await press(page, later.choose.next);
  await press(page, later.wallet.approve);
}

const approve = (page: Page) =>
  page.locator(`::-p-aria([name="${LABELS.ja.approve}"][role="button"])`).click();

const outcome = (page: Page) =>
  page.$eval('id-verify', ({ state, value, error }) => ({ state, value, code: error?.code }));

/** The one thing a site goes on with. */
async function redeemed(page: Page): Promise<string> {
  await press(page, later.review.confirm);
  await reach(page, 'done');
  const { value } = await outcome(page);
  const wanted = { subject: SUBJECT, profile: 'identity', acceptTest: true } as const;
  const result = await site.verifier.redeem(value, wanted);
  return `${result.status} ${result.method}`;
}

describe('a wallet that answers', () => {
  for (const [mode, [heading, code]] of Object.entries(ANSWERS)) {
    it(`${mode}: ${code ?? 'verified'}`, async () => {
      const { page, complaints } = await open(mode as Mode);
      await ask(page);
      await approve(page);
      await says(page, heading);
      if (code === undefined) assert.equal(await redeemed(page), 'verified wallet');
      else assert.deepEqual(await outcome(page), { state: 'failed', value: '', code });
      assert.deepEqual(complaints, []);
    });
  }
});

describe('a browser that', () => {
  it('takes its time still ends with verified', async () => {
    const { page } = await open('slow');
    await ask(page);
    await approve(page);
    await says(page, DONE);
    assert.equal(await redeemed(page), 'verified wallet');
  });

  for (const [mode, [heading, code]] of Object.entries(BROWSERS)) {
    it(`answers as ${mode}: ${code}`, async () => {
      const { page } = await open(mode as BrowserMode);
      await ask(page);
      await says(page, heading);
      assert.deepEqual(await outcome(page), { state: 'failed', value: '', code });
    });
  }

  it('has no wallet: says so, and that a phone can go on', async () => {
    const { page } = await open('api-absent');
    await press(page, later.choose.next);
    await says(page, 'ここではウォレットを使えません');
  });

  it('is inside an app: asks for Safari or Chrome first', async () => {
    const { page } = await open('in-app-browser');
    await says(page, 'Safari か Chrome で開いてください');
    assert.equal((await outcome(page)).state, 'choose');
  });
});
