/** Elements that were on the page and are gone leave nothing behind. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { startSite } from '../site.ts';

const ROUNDS = 20;
/** The time limit of a call, and a little: until then it holds what it was asked for. */
const CALLS_OVER = 17_000;

it('elements that were removed are collected', async () => {
  const site = await startSite();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await page.waitForFunction(() => document.querySelector('id-verify:state(intro)'));
    const before = await alive(page);
    await page.evaluate(comeAndGo, ROUNDS);
    await pause(CALLS_OVER);
    const after = await alive(page);
    assert.equal(before, 1);
    assert.equal(after, before, `${after - before} of ${ROUNDS} elements are still there`);
  } finally {
    await browser.close();
    await site.stop();
  }
});

/** Runs in the page: each element opens a session, reaches a screen, and is removed. */
async function comeAndGo(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const element = document.createElement('id-verify');
    element.profile = 'identity';
    document.body.prepend(element);
    element.start();
    while (element.state === 'idle' || element.state === 'preparing')
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (round % 2) element.cancel();
    element.remove();
  }
}

/** How many instances live after a garbage collection. */
async function alive(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const prototype = await page.evaluateHandle(
    () => customElements.get('id-verify')?.prototype as object,
  );
  const instances = await page.queryObjects(prototype);
  const count = await page.evaluate((list) => (list as unknown as unknown[]).length, instances);
  await Promise.all([instances.dispose(), prototype.dispose()]);
  return count;
}
