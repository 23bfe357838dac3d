/** Through the demo page, with the keyboard alone or with the mouse alone. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import type { Language } from '../../src/i18n/language.ts';
import { en } from '../../src/screens/first/en.ts';
import { ja } from '../../src/screens/first/ja.ts';
import { en as enLater } from '../../src/screens/later/en.ts';
import { ja as jaLater } from '../../src/screens/later/ja.ts';
import { LABELS } from '../../src/testing/wallet/labels.ts';

export interface Look {
  readonly width: 360 | 1280;
  readonly language: Language;
  readonly theme: 'light' | 'dark';
}

export const LOOKS: readonly Look[] = ([360, 1280] as const).flatMap((width) =>
  (['ja', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({ width, language, theme })),
  ),
);

export const STEPS = ['intro', 'choose', 'consent', 'sheet', 'review', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Called at every step, when its screen stands. */
export type AtStep = (step: Step, page: Page) => Promise<void>;

/** What the person has at hand. */
export interface Hand {
  /** Scrolls or moves to the element, which opens when it is first seen. */
  arrive(page: Page): Promise<void>;
  press(page: Page, label: string): Promise<void>;
}

export const keyboard: Hand = {
  arrive: (page) => tabUntil(page, () => document.activeElement?.localName === 'id-verify'),
  async press(page, label) {
    await tabTo(page, label);
    await page.keyboard.press('Enter');
  },
};

export const mouse: Hand = {
  arrive: (page) => page.locator('id-verify').hover(),
  press: (page, label) => page.locator(`::-p-aria([name="${label}"][role="button"])`).click(),
};

const WORDS = { ja: { ...ja, ...jaLater }, en: { ...en, ...enLater } };

/** A tab with the demo page, as this person has their device. */
export async function openDemo(browser: Browser, origin: string, look: Look): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: look.width, height: 800, deviceScaleFactor: 1 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.theme }]);
  await page.goto(`${origin}/?lang=${look.language}`);
  return page;
}

/** From the first screen to the result. @param only the wallet is offered, and needs no choice */
export async function walkDemo(
  page: Page,
  { language }: Look,
  hand: Hand,
  at: AtStep,
  only?: 'wallet',
): Promise<void> {
  const words = WORDS[language];
  const step = async (name: Step, state: string, control?: string): Promise<void> => {
    await reach(page, state);
    await at(name, page);
    if (control !== undefined) await hand.press(page, control);
  };
  await hand.arrive(page);
  if (only === undefined) {
    await step('intro', 'intro', words.intro.begin);
    await step('choose', 'choose', words.choose.next);
  }
  await step('consent', 'consent', words.wallet.approve);
  await step('sheet', 'awaiting', LABELS[language].approve);
  await step('review', 'review', words.review.confirm);
  await step('done', 'done');
}

/** Waits for a state, and for its screen to stand. */
async function reach(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const element = document.querySelector('id-verify');
      const root = element?.shadowRoot;
      const ready = root?.querySelector('.panel:not(:has(.skeleton)):not(:has([aria-disabled]))');
      const sheet = [...document.querySelectorAll('body > div')].some((host) =>
        host.shadowRoot?.querySelector('dialog[open]'),
      );
      return element?.state === wanted && ready && sheet === (wanted === 'awaiting');
    },
    { timeout: 15_000 },
    state,
  );
}

/** The words of what has the focus, wherever it is. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent?.trim() ?? '';
  });

/** The focus follows the screen, a moment later at most. */
export async function hasFocus(page: Page, words: string): Promise<void> {
  for (const end = Date.now() + 2_000; Date.now() < end; await pause(20)) {
    if ((await focused(page)) === words) return;
  }
  assert.fail(`the focus is on "${await focused(page)}", not on "${words}"`);
}

/** Until what has the focus begins with these words. */
export async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page)).startsWith(label)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${label} is not reached by Tab`);
}

export async function tabUntil(page: Page, there: () => boolean): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate(there)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail('the element is not reached by Tab');
}
