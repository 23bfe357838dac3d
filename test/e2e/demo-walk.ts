/** Through the demo page with the keyboard alone, as a person without a mouse would go. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { LABELS } from '../../demo/wallet/labels.ts';
import type { Language } from '../../src/i18n/catalog.ts';
import { en } from '../../src/i18n/en.ts';
import { enLater } from '../../src/i18n/en-later.ts';
import { ja } from '../../src/i18n/ja.ts';
import { jaLater } from '../../src/i18n/ja-later.ts';
import { walletMessages } from '../../src/methods/wallet/messages/index.ts';

export interface Look {
  readonly width: 360 | 1280;
  readonly language: Language;
  readonly theme: 'light' | 'dark';
}

export const LOOKS: readonly Look[] = [
  { width: 360, language: 'ja', theme: 'light' },
  { width: 360, language: 'en', theme: 'dark' },
  { width: 1280, language: 'ja', theme: 'dark' },
  { width: 1280, language: 'en', theme: 'light' },
];

export const STEPS = ['intro', 'choose', 'consent', 'sheet', 'review', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Called at every step, when its screen stands. */
export type AtStep = (step: Step, page: Page) => Promise<void>;

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

/** From the first screen to the result. */
export async function walkDemo(page: Page, { language }: Look, at: AtStep): Promise<void> {
  const words = WORDS[language];
  const wallet = walletMessages[language];
  const step = async (name: Step, state: string, control?: string): Promise<void> => {
    await reach(page, state);
    await at(name, page);
    if (control === undefined) return;
    await tabTo(page, control);
    await page.keyboard.press('Enter');
  };
  // It opens when it is first seen; on a phone that takes the way down to it.
  await tabUntil(page, () => document.activeElement?.localName === 'id-verify');
  await step('intro', 'intro', words.intro.begin);
  await step('choose', 'choose', words.choose.next);
  await step('consent', 'consent', wallet.approve);
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
      const ready = root?.querySelector('.panel:not(:has(.bones)):not(:has([aria-disabled]))');
      const sheet = [...document.querySelectorAll('body > div')].some((host) =>
        host.shadowRoot?.querySelector('dialog[open]'),
      );
      return element?.state === wanted && ready && sheet === (wanted === 'awaiting');
    },
    { timeout: 15_000 },
    state,
  );
  // Portraits and what the server saw arrive a moment later.
  await pause(300);
}

/** The words of what has the focus, wherever it is. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent?.trim() ?? '';
  });

async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page)) === label) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${label} is not reached by Tab`);
}

async function tabUntil(page: Page, there: () => boolean): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate(there)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail('the element is not reached by Tab');
}
