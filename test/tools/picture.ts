/**
 * Makes `demo/picture.png` for the README: four screens of the demo as a phone shows them, side by
 * side. `npm run build && node test/tools/picture.ts`
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { openDemo, type Step, walkDemo } from '../e2e/demo-walk.ts';
import { startDemo } from '../e2e/deployment.ts';

const FILE = fileURLToPath(new URL('../../demo/picture.png', import.meta.url));
const SHOWN: readonly Step[] = ['choose', 'consent', 'review', 'done'];
const PHONE = { width: 360, language: 'ja', theme: 'light' } as const;

/** The element alone, twice as sharp, as data URLs. */
async function screens(browser: Browser, origin: string): Promise<string[]> {
  const page = await openDemo(browser, origin, PHONE);
  await page.setViewport({ width: 412, height: 900, deviceScaleFactor: 2 });
  const taken: string[] = [];
  await walkDemo(page, PHONE, async (step) => {
    if (!SHOWN.includes(step)) return;
    // The focus ring of a heading says little on a picture.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const element = await page.$('id-verify');
    const image = await element?.screenshot({ encoding: 'base64' });
    if (image) taken.push(`data:image/png;base64,${image}`);
  });
  return taken;
}

async function montage(browser: Browser, images: readonly string[]): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1240, height: 200, deviceScaleFactor: 1 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 28px; display: flex; gap: 20px; align-items: start;
      background: linear-gradient(160deg, #eef3ff, #f7f9fc); }
    img { inline-size: 281px; border-radius: 14px; box-shadow: 0 6px 24px #0b1f5b24; }
  </style>${images.map((image) => `<img src="${image}" alt="">`).join('')}`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  return page.screenshot({ fullPage: true });
}

const demo = await startDemo();
const browser = await launchChromium();
try {
  writeFileSync(FILE, await montage(browser, await screens(browser, demo.origin)));
} finally {
  await browser.close();
  await demo.stop();
}
