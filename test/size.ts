/**
 * `npm run size [-- --json]`: what a real browser fetches of dist/cdn on each path, compressed.
 * A path whose method is not there is null. Fails when a path is over its budget. `oneFile` is the
 * build that `integrity` covers whole, which is fetched in place of all the others.
 */
import { globSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import type { IdVerify } from '../src/index.ts';
import { launchChromium } from './chromium.ts';
import { type Site, startSite } from './site.ts';

/** Bytes, brotli at its highest quality. */
const BUDGETS = {
  firstScreen: 18_000,
  beforeAct: 36_000,
  walletPath: 42_000,
  handoff: 12_000,
  photo: 30_000,
  everything: 94_000,
} as const;

const ONE_FILE = 'id-verify.all.js';

type Path = keyof typeof BUDGETS;

interface Size {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

interface PathSize extends Size {
  readonly budget: number;
}

type Files = readonly string[];

/** What a browser fetches on each path. */
async function measure(): Promise<Record<Path, Files>> {
  const site = await startSite();
  const browser = await launchChromium({
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
  /** Walks with a browser that knows nothing yet. */
  async function visit(walk: (page: Page) => Promise<void>): Promise<Files> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument(noteFirstScreen);
    site.fetched.clear();
    try {
      await page.goto(site.origin);
      await walk(page);
      await page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
      return [...site.fetched];
    } finally {
      await context.close();
    }
  }
  try {
    let firstScreen: Files = [];
    let beforeAct: Files = [];
    const walletPath = await visit(async (page) => {
      firstScreen = await firstFiles(page);
      await page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
      beforeAct = [...site.fetched];
      await approve(page, site);
    });
    const beyond = (files: Files) => files.filter((file) => !walletPath.includes(file));
    const handoff = await visit((page) => choose(page, 'jpki', () => shows(page, '[part~="qr"]')));
    const looks = async () => [...site.fetched].some((file) => file.includes('worker'));
    const photo = await visit((page) => choose(page, 'photo', looks));
    return {
      firstScreen,
      beforeAct,
      walletPath,
      handoff: beyond(handoff),
      photo: beyond(photo),
      everything: everything(),
    };
  } finally {
    await browser.close();
    await site.stop();
  }
}

/**
 * All that one browser can come to fetch in one language. Frames are judged in a worker, or in the
 * page where no worker may run; no browser fetches both, and the worker stands for either.
 */
const everything = (): Files =>
  globSync('**/*.js', { cwd: 'dist/cdn' }).filter(
    (file) => file !== ONE_FILE && !/^(en|on-page)-/.test(file),
  );

/** Runs in the page: which files had arrived when the first screen could be used. */
function noteFirstScreen(): void {
  addEventListener('id-verify-state', async ({ target, state }) => {
    if (!['intro', 'choose', 'consent'].includes(state) || Reflect.has(window, 'firstFiles'))
      return;
    const element = target as IdVerify;
    await element.updateComplete;
    const usable = () =>
      element.shadowRoot?.querySelector('[part~="primary"]:not([aria-disabled="true"])');
    while (!usable()) await new Promise(requestAnimationFrame);
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    Reflect.set(window, 'firstFiles', names);
  });
}

async function firstFiles(page: Page): Promise<Files> {
  const noted = await page.waitForFunction(() => Reflect.get(window, 'firstFiles'), {
    timeout: 15_000,
  });
  const urls = (await noted.jsonValue()) as Files;
  return urls.flatMap((url) => url.split('/cdn/')[1] ?? []);
}

const stateOf = (page: Page): Promise<string> =>
  page.$eval('id-verify', (element) => String(Reflect.get(element, 'state')));

const shows = async (page: Page, selector: string): Promise<boolean> =>
  (await page.$(`id-verify >>> ${selector}`)) !== null;

/** Presses the primary button until `there`. */
async function press(
  page: Page,
  there: () => Promise<boolean>,
  before: (state: string) => Promise<boolean>,
): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(100)) {
    if (await there()) return;
    const ready = await before(await stateOf(page));
    const primary = ready && (await page.$('id-verify >>> [part~="primary"]:not([aria-disabled])'));
    // A button that moved is there again in a moment.
    if (primary) await primary.click().catch(() => undefined);
  }
  throw new Error(
    `ended in ${await stateOf(page)}: ${await page.$eval('id-verify >>> h2', (heading) => heading.textContent)}`,
  );
}

/** Chooses a method and goes on until its screen works. */
const choose = (page: Page, method: string, there: () => Promise<boolean>): Promise<void> =>
  press(page, there, async (state) => {
    const way = state === 'choose' && (await page.$(`id-verify >>> input[value="${method}"]`));
    if (way) await way.click();
    return true;
  });

/** Until the person is verified; the browser's virtual wallet approves. */
async function approve(page: Page, site: Site): Promise<void> {
  const devtools = await page.createCDPSession();
  await press(
    page,
    async () => (await stateOf(page)) === 'done',
    async (state) => {
      const credential = await site.answer();
      if (!credential) return state !== 'consent';
      await devtools.send('DigitalCredentials.setVirtualWalletBehavior', {
        action: 'respond',
        protocol: credential.protocol,
        response: credential.data,
      });
      return true;
    },
  );
}

function sizeOf(files: readonly string[]): Size {
  const contents = files.map((file) => readFileSync(`dist/cdn/${file}`));
  const sum = (bytes: (content: Buffer) => number) =>
    contents.reduce((total, content) => total + bytes(content), 0);
  return {
    raw: sum((content) => content.length),
    gzip: sum((content) => gzipSync(content, { level: 9 }).length),
    brotli: sum((content) => brotliCompressSync(content).length),
  };
}

const files = await measure();
const sizes = Object.fromEntries(
  Object.entries(BUDGETS).map(([path, budget]) => {
    const fetched = files[path as Path];
    return [path, fetched.length > 0 ? { ...sizeOf(fetched), budget } : null];
  }),
) as Record<Path, PathSize | null>;
const report = { ...sizes, oneFile: sizeOf([ONE_FILE]) };

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(report, null, 2));
} else {
  console.table(report);
}
for (const [path, size] of Object.entries(sizes)) {
  if (!size || size.brotli <= size.budget) continue;
  console.error(`${path}: ${size.brotli} bytes (brotli) are over the budget of ${size.budget}`);
  process.exitCode = 1;
}
