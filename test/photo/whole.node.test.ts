/** The demo with a camera that is not there: from the choice to the reviewer's word on the page. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { readConfig } from '../../demo/config.ts';
import { type Running, start } from '../../demo/server.ts';
import type { ReviewCase } from '../../src/verifier/index.ts';
import { launchChromium } from '../chromium.ts';

let server: Running;
let browser: Browser;
before(async () => {
  browser = await launchChromium({
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
});
after(() => browser.close());
// The camera that is not there shows the same to everybody, and no photo counts twice.
beforeEach(async () => {
  server = await start(readConfig({ PORT: '0' }));
});
afterEach(() => server.stop());

/** What the person does on each screen: the first of these buttons that is there. */
const WAY_ON = [
  'はじめる',
  '次へ',
  '撮影をはじめる',
  'カメラを開く',
  '撮影する',
  'このまま使う',
  'この写真を使う',
  '撮り直す',
  'この内容で送る',
];

/** One look at the element: its state, and the next button pressed. */
const goOn = (page: Page): Promise<string> =>
  page.evaluate((labels) => {
    const element = document.querySelector('id-verify');
    // It opens its session when it is seen.
    element?.scrollIntoView();
    const root = element?.shadowRoot;
    for (const value of ['photo', 'passport']) {
      root?.querySelector<HTMLInputElement>(`input[value=${value}]`)?.click();
    }
    const buttons = [...(root?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])];
    const next = labels
      .map((label) => buttons.find(({ textContent }) => textContent?.trim() === label))
      .find((button) => button !== undefined);
    next?.click();
    return element?.state ?? '';
  }, WAY_ON);

async function photographed(page: Page): Promise<ReviewCase> {
  await page.setViewport({ width: 1280, height: 1_000 });
  await page.goto(server.origin);
  await page.waitForSelector('id-verify');
  await page.click('label:has(input[value=photo])');
  const deadline = Date.now() + 90_000;
  while ((await goOn(page)) !== 'pending') {
    assert.ok(Date.now() < deadline, await screenOf(page));
    await pause(200);
  }
  const [waiting] = await server.verifier.reviews.list();
  assert.ok(waiting);
  return server.verifier.reviews.get(waiting.id);
}

const screenOf = (page: Page): Promise<string> =>
  page.$eval('id-verify', (element) => {
    const text = element.shadowRoot?.querySelector<HTMLElement>('.panel')?.innerText ?? '';
    return `${(element as HTMLElement & { state: string }).state}: ${text}`;
  });

const reach = (page: Page, state: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('id-verify')?.state === wanted,
    { timeout: 10_000 },
    state,
  );

describe('photos by the element, on the reference server', () => {
  it('are approved, and the waiting page says so', async () => {
    const page = await browser.newPage();
    const found = await photographed(page);
    assert.equal(found.material.document, 'passport');
    const steps = found.material.shots.map(({ gesture, step }) => gesture ?? step);
    assert.equal(steps.length, 4);
    assert.deepEqual(steps.slice(0, 2), ['data-page', 'face']);
    await server.verifier.reviews.decide(found.id, {
      decision: 'approve',
      reviewer: 'staff-1',
      claims: { name: '番号 花子', address: '□□町1-2-3', birth_date: '1971-09-01' },
    });
    await reach(page, 'done');
    await page.close();
  });

  it('are refused, and the waiting page gives the reason', async () => {
    const page = await browser.newPage();
    const found = await photographed(page);
    const ja = '顔写真のページが光っています。';
    await server.verifier.reviews.decide(found.id, {
      decision: 'refuse',
      reviewer: 'staff-1',
      reason: { ja },
    });
    await reach(page, 'failed');
    await page.waitForFunction(
      (reason) =>
        document
          .querySelector('id-verify')
          ?.shadowRoot?.querySelector('.reason')
          ?.textContent?.includes(reason),
      { timeout: 10_000 },
      ja,
    );
    await page.close();
  });
});
