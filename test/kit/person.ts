/** A person with mouse and keyboard, in front of a page that holds the element. */
import type { Browser, Page } from 'puppeteer-core';
import { en as handoffEn } from '../../src/methods/handoff/page/messages/en.ts';
import { ja as handoffJa } from '../../src/methods/handoff/page/messages/ja.ts';
import { en } from '../../src/screens/first/en.ts';
import { ja } from '../../src/screens/first/ja.ts';
import { en as enLater } from '../../src/screens/later/en.ts';
import { ja as jaLater } from '../../src/screens/later/ja.ts';
import { TEST_PIN } from '../../src/testing/phone/card.ts';
import { WORDS as APP } from '../../src/testing/phone/words.ts';
import { LABELS } from '../../src/testing/wallet/labels.ts';
import { follow, press as pressLabel, says, shown } from '../e2e/handoff.ts';
import { linkIn } from '../e2e/qr.ts';

const WORDS = { ja: { ...ja, ...jaLater }, en: { ...en, ...enLater } };
export type Language = keyof typeof WORDS;

/** Until the element says so. */
export const reach = (page: Page, state: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('id-verify')?.state === wanted,
    { timeout: 20_000 },
    state,
  );

const press = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

/** From the first screen to the end of the flow. */
export async function goByWallet(page: Page, language: Language): Promise<void> {
  const words = WORDS[language];
  await page.locator('id-verify').hover();
  await reach(page, 'intro');
  await press(page, words.intro.begin);
  await reach(page, 'choose');
  await press(page, words.choose.next);
  await reach(page, 'consent');
  await press(page, words.wallet.approve);
  await press(page, LABELS[language].approve);
  await reach(page, 'review');
  await press(page, words.review.confirm);
  await reach(page, 'done');
}

const HANDOFF = { ja: handoffJa, en: handoffEn };
const LANDING = { ja: '「テスト用アプリ」を開く', en: 'Open the test app' };

/** With the QR code's link in another browser, which plays the phone. */
export async function goByJpki(page: Page, browser: Browser, language: Language): Promise<void> {
  const words = WORDS[language];
  await page.locator('id-verify').hover();
  await pressLabel(page, words.intro.begin);
  await pressLabel(page, words.methods.jpki.title);
  await pressLabel(page, words.choose.next);
  await pressLabel(page, HANDOFF[language].rungs.jpki.start);
  await says(page, HANDOFF[language].scanHeading);
  const [link, { code }] = [await linkIn(page), await shown(page)];
  const context = await browser.createBrowserContext();
  const phone = await context.newPage();
  await phone.setExtraHTTPHeaders({ 'accept-language': language });
  await phone.goto(link);
  await follow(phone, code);
  await follow(phone, LANDING[language]);
  await phone.type('input[name=pin]', TEST_PIN);
  await follow(phone, APP[language].sign);
  await follow(phone, APP[language].back);
  await context.close();
  await reach(page, 'review');
  await pressLabel(page, words.review.confirm);
  await reach(page, 'done');
}
