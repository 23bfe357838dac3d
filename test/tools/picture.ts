/**
 * Makes `demo/picture.png` for the README: the three ways side by side as a phone shows them, from the
 * screens of `screens.ts`. `node test/tools/picture.ts`
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import type { Browser } from 'puppeteer-core';
import { createServer } from 'vite';
import { launchChromium } from '../chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = fileURLToPath(new URL('../../demo/picture.png', import.meta.url));

/** The card in a wallet, a QR code to a JPKI app, photos step by step. */
const SHOWN = [
  { page: 'screens', scene: 'consent' },
  { page: 'screens', scene: 'review' },
  { page: 'screens', scene: 'handoff-code' },
  { page: 'photo-screens', scene: 'look-good' },
] as const;

/** Each drawn as small as it is shown: scaling a picture would blur and swell it. */
async function screens(browser: Browser, origin: string): Promise<string[]> {
  const taken: string[] = [];
  for (const { page: source, scene } of SHOWN) {
    const page = await browser.newPage();
    await page.setViewport({ width: 360, height: 700, deviceScaleFactor: 0.75 });
    await page.goto(`${origin}test/tools/${source}.html`);
    await page.waitForFunction('globalThis.sceneNames');
    await page.evaluate(`show('${scene}', 'ja', 'light')`);
    // The portrait, and the outline on a frame, are drawn a moment later.
    await pause(600);
    // The focus ring of a heading says little on a picture.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const image = await page.screenshot({ encoding: 'base64' });
    taken.push(`data:image/png;base64,${image}`);
    await page.close();
  }
  return taken;
}

async function montage(browser: Browser, images: readonly string[]): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 200, deviceScaleFactor: 1 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 24px; display: flex; gap: 16px; justify-content: center;
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

const server = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
});
await server.listen();
const browser = await launchChromium();
try {
  const origin = server.resolvedUrls?.local[0] ?? '';
  writeFileSync(FILE, await montage(browser, await screens(browser, origin)));
} finally {
  await browser.close();
  await server.close();
}
