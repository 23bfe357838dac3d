/** The real page in a real browser, waiting for a phone like the others. Needs `npm run build`. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { openPage, reach, shown, toCode, withoutStreams } from '../e2e/handoff.ts';
import { finishOnPhone, POLL, type Way } from './waiting-pages.ts';

export interface Told {
  /** Milliseconds from the phone's last step until the page knows. */
  readonly knows: number;
  /** Until it shows what was read: evidence signed, sent, verified, and the review fetched. */
  readonly shows: number;
}

export async function finishInBrowser(browser: Browser, origin: string, way: Way): Promise<Told> {
  const context = await browser.createBrowserContext();
  try {
    const page = await openPage(context, `${origin}/`);
    if (way === 'poll') await withoutStreams(page);
    await page.evaluate(note);
    await toCode(page);
    const { code, here } = await shown(page);
    // So that an end falls anywhere between two questions.
    await pause(Math.random() * POLL);
    const done = await finishOnPhone(here, code);
    await reach(page, 'review');
    const at = (state: string) => page.evaluate((name) => Number(Reflect.get(window, name)), state);
    return { knows: (await at('submitting')) - done, shows: (await at('review')) - done };
  } finally {
    await context.close();
  }
}

/** Runs in the page: when it was in which state. */
function note(): void {
  document.addEventListener('id-verify-state', (event) => {
    Reflect.set(window, event.state, performance.timeOrigin + performance.now());
  });
}
