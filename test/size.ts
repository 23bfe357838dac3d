/**
 * `npm run size [-- --json]`: what a real browser fetches of dist/cdn on each path, compressed.
 * A path whose method is not there is null. Fails when a path is over its budget.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { launchChromium } from './chromium.ts';
import { type Site, startSite } from './site.ts';

/** Bytes, brotli at its highest quality. */
const BUDGETS = {
  firstScreen: 15_000,
  walletPath: 32_000,
  handoff: 10_000,
  photo: 25_000,
  everything: 75_000,
} as const;

type Path = keyof typeof BUDGETS;

interface Size {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
  readonly budget: number;
}

/** Files per path; null where the method is not there. */
async function measure(): Promise<Record<Path, readonly string[] | null>> {
  const site = await startSite();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    await page.evaluateOnNewDocument(noteFirstScreen);
    await page.goto(site.origin);
    const noted = await page.waitForFunction(() => Reflect.get(window, 'firstScreen'), {
      timeout: 15_000,
    });
    const firstScreen = ((await noted.jsonValue()) as string[]).flatMap(
      (url) => url.split('/cdn/')[1] ?? [],
    );
    await walk(page, site, failures);
    const walletPath = [...site.fetched];
    return { firstScreen, walletPath, handoff: null, photo: null, everything: walletPath };
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** Runs in the page: which files had arrived when the first heading stood on the screen. */
function noteFirstScreen(): void {
  const look = () => {
    const root = document.querySelector('id-verify')?.shadowRoot;
    if (!root?.querySelector('[part~="heading"]')) return requestAnimationFrame(look);
    const arrived = performance.getEntriesByType('resource').map(({ name }) => name);
    return Reflect.set(window, 'firstScreen', arrived);
  };
  look();
}

function stateOf(page: Page): Promise<string> {
  return page.$eval('id-verify', (element) => String(Reflect.get(element, 'state')));
}

/** Presses the primary button until the person is verified; the browser's virtual wallet approves. */
async function walk(page: Page, site: Site, failures: string[]): Promise<void> {
  const devtools = await page.createCDPSession();
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(100)) {
    const state = await stateOf(page);
    if (state === 'done') return;
    if (state === 'failed') break;
    const credential = await site.answer();
    if (credential) {
      await devtools.send('DigitalCredentials.setVirtualWalletBehavior', {
        action: 'respond',
        protocol: credential.protocol,
        response: credential.data,
      });
    }
    const ready = state !== 'consent' || credential !== undefined;
    const primary = await page.$('id-verify >>> [part~="primary"]:not(:disabled)');
    if (ready && primary) await primary.click().catch(() => failures.push('the button moved'));
  }
  throw new Error(`ended in ${await stateOf(page)}, not done. ${failures}`);
}

function sizeOf(files: readonly string[], budget: number): Size {
  const contents = files.map((file) => readFileSync(`dist/cdn/${file}`));
  const sum = (bytes: (content: Buffer) => number) =>
    contents.reduce((total, content) => total + bytes(content), 0);
  return {
    raw: sum((content) => content.length),
    gzip: sum((content) => gzipSync(content, { level: 9 }).length),
    brotli: sum((content) => brotliCompressSync(content).length),
    budget,
  };
}

const files = await measure();
const sizes = Object.fromEntries(
  Object.entries(BUDGETS).map(([path, budget]) => {
    const fetched = files[path as Path];
    return [path, fetched && sizeOf(fetched, budget)];
  }),
) as Record<Path, Size | null>;

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(sizes, null, 2));
} else {
  console.table(sizes);
}
for (const [path, size] of Object.entries(sizes)) {
  if (!size || size.brotli <= size.budget) continue;
  console.error(`${path}: ${size.brotli} bytes (brotli) are over the budget of ${size.budget}`);
  process.exitCode = 1;
}
