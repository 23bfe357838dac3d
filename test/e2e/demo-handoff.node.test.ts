/**
 * The demo's JPKI way by keyboard alone, in both languages: the phone's page in a second window from
 * the link under the code, once to the end and once through everything that can go wrong there.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import type { Language } from '../../src/i18n/language.ts';
import { en as enHandoff } from '../../src/methods/handoff/page/messages/en.ts';
import { ja as jaHandoff } from '../../src/methods/handoff/page/messages/ja.ts';
import { WORDS as LANDING } from '../../src/methods/handoff/server/words.ts';
import { en } from '../../src/screens/first/en.ts';
import { ja } from '../../src/screens/first/ja.ts';
import { en as enLater } from '../../src/screens/later/en.ts';
import { ja as jaLater } from '../../src/screens/later/ja.ts';
import { en as enTrouble } from '../../src/screens/trouble/en.ts';
import { ja as jaTrouble } from '../../src/screens/trouble/ja.ts';
import { TEST_PIN } from '../../src/testing/phone/card.ts';
import { OUTCOMES, type OutcomeName } from '../../src/testing/phone/session.ts';
import { WORDS as PHONE } from '../../src/testing/phone/words.ts';
import { launchChromium } from '../chromium.ts';
import { keyboard, openDemo, tabTo, tabUntil } from './demo-walk.ts';
import { startDemo } from './deployment.ts';
import { reach, says, shown } from './handoff.ts';

const WORDS = {
  ja: { ...ja, ...jaLater, ...jaTrouble, handoff: jaHandoff },
  en: { ...en, ...enLater, ...enTrouble, handoff: enHandoff },
};
const APP = { ja: 'テスト用アプリ', en: 'the test app' };
const ENDS: readonly OutcomeName[] = ['good', 'skip_states'];

const demo = await startDemo();
after(() => demo.stop());

for (const language of ['ja', 'en'] as const) {
  describe(language, async () => {
    const words = WORDS[language];
    const phoneWords = PHONE[language];
    // A second window asks in the browser's language.
    const browser = await launchChromium({ args: [`--accept-lang=${language}`] });
    after(() => browser.close());

    for (const outcome of OUTCOMES) {
      it(outcome, async () => {
        const look = { width: 1280, language, theme: 'light' } as const;
        const page = await openDemo(browser, demo.origin, look);
        const phone = await toApp(page, language);
        if (outcome === 'good') {
          await tabUntil(phone, () => document.activeElement?.localName === 'input');
          await phone.keyboard.type(TEST_PIN);
          await follow(phone, phoneWords.sign);
        } else {
          await keyboard.press(phone, phoneWords.simulate);
          await tabUntil(phone, () => document.activeElement?.localName === 'select');
          for (let more = OUTCOMES.indexOf(outcome); more > 0; more--) {
            await phone.keyboard.press('ArrowDown');
          }
          await follow(phone, phoneWords.play);
        }
        // That app says nothing on its way and goes back by itself.
        if (outcome !== 'skip_states') await follow(phone, phoneWords.back);
        await phone.close();
        await page.bringToFront();
        if (ENDS.includes(outcome)) {
          await reach(page, 'review');
          await says(page, words.review.heading);
          await keyboard.press(page, words.review.confirm);
          await reach(page, 'done');
        } else {
          await reach(page, 'failed');
          const said = await says(page, words.ways.takeNext);
          assert.match(said, new RegExp(words.ways.code));
          await keyboard.press(page, words.ways.takeNext);
          await reach(page, 'consent');
        }
        await page.browserContext().close();
      });
    }
  });
}

/** From the demo page to the app: both pages by keyboard. */
async function toApp(page: Page, language: Language): Promise<Page> {
  const words = WORDS[language];
  await keyboard.arrive(page);
  await says(page, words.intro.begin);
  await keyboard.press(page, words.intro.begin);
  await says(page, words.choose.next);
  await tabUntil(page, () => {
    const inside = document.activeElement?.shadowRoot?.activeElement;
    return inside instanceof HTMLInputElement && inside.type === 'radio';
  });
  await page.keyboard.press('ArrowDown');
  await keyboard.press(page, words.choose.next);
  await says(page, words.handoff.rungs.jpki.secret);
  await keyboard.press(page, words.handoff.rungs.jpki.start);
  const { code } = await shown(page);
  const opened = new Promise<Page>((resolve) =>
    page
      .browserContext()
      .once('targetcreated', async (target) => resolve((await target.page()) as Page)),
  );
  await keyboard.press(page, words.handoff.openBeside);
  const phone = await opened;
  await phone.waitForSelector('button[name=code]');
  await follow(phone, code);
  await follow(phone, LANDING[language].go(APP[language]));
  return phone;
}

/** A control of the phone's pages, by keyboard, to the page behind it. */
async function follow(phone: Page, label: string): Promise<void> {
  await tabTo(phone, label);
  await Promise.all([phone.waitForNavigation(), phone.keyboard.press('Enter')]);
}
