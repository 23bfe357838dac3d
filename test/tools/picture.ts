/**
 * Makes `demo/picture.png` for the README: four screens of the demo as a phone shows them, side by
 * side. `npm run build && node test/tools/picture.ts`
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { keyboard, openDemo, type Step, walkDemo } from '../e2e/demo-walk.ts';
import { startDemo } from '../e2e/deployment.ts';

const FILE = fileURLToPath(new URL('../../demo/picture.png', import.meta.url));
const SHOWN: readonly Step[] = ['choose', 'consent', 'review', 'done'];
const PHONE = { width: 360, language: 'ja', theme: 'light' } as const;

/** The element alone, drawn as small as it is shown: scaling a picture would blur and swell it. */
async function screens(browser: Browser, origin: string): Promise<string[]> {
  const page = await openDemo(browser, origin, PHONE);
  await page.setViewport({ width: 400, height: 900, deviceScaleFactor: 0.75 });
  const taken: string[] = [];
  await walkDemo(page, PHONE, keyboard, async (step) => {
    if (!SHOWN.includes(step)) return;
    // The portrait is drawn a moment later.
    await pause(300);
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
  await page.setViewport({ width: 1200, height: 200, deviceScaleFactor: 1 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 24px; display: flex; gap: 16px; align-items: start;
      background: #eef3ff; }
    img { border-radius: 9px; }
  </style>${images.map((image) => `<img src="${image}" alt="">`).join('')}`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const taken = PNG.sync.read(Buffer.from(await page.screenshot({ fullPage: true })));
  // Without alpha, and packed with more waitStage than a browser has.
  return PNG.sync.write(taken, {
    colorType: 2,
    inputHasAlpha: true,
    deflateLevel: 9,
    filterType: 0,
    deflateStrategy: 0,
  });
}

const demo = await startDemo();
const browser = await launchChromium();
try {
  writeFileSync(FILE, await montage(browser, await screens(browser, demo.origin)));
} finally {
  await browser.close();
  await demo.stop();
}
