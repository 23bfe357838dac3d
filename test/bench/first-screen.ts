/**
 * Milliseconds from the script's arrival until what it shows stands on the screen, on a processor
 * slowed down four times, next to two other elements: the widget of altcha and a Web Awesome button.
 * Ours opens a session with its server on the way. Needs `npm run build`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { installBeside } from '../install-beside.ts';
import { startSite } from '../site.ts';
import { bundle } from './bundle.ts';
import { quantile } from './measure.ts';

const SLOWDOWN = 4;

interface Shown {
  readonly name: string;
  readonly url: string;
  readonly script: string;
  /** What must have a height. In the shadow root of the first part, where there is a second. */
  readonly selector: readonly [element: string, inside: string];
}

/** Pages with nothing but one element of another library. */
async function serveOthers() {
  installBeside('test/bench');
  const files = {
    altcha: await bundle('test/bench/node_modules/altcha/dist/main/altcha.js'),
    'wa-button': await bundle(
      'test/bench/node_modules/@awesome.me/webawesome/dist/components/button/button.js',
    ),
  };
  const elements = {
    altcha: '<altcha-widget challenge="/challenge"></altcha-widget>',
    'wa-button': '<wa-button>本人確認</wa-button>',
  };
  const server = createServer((request, response) => {
    const [, name = '', file] = (request.url ?? '').split('/');
    const known = name as keyof typeof files;
    if (!(name in files)) return response.writeHead(404).end();
    response.setHeader('content-type', file ? 'text/javascript' : 'text/html; charset=utf-8');
    const page = `<!doctype html><meta charset="utf-8"><title>x</title><script type="module" src="/${name}/script.js"></script>${elements[known]}`;
    return response.end(file ? files[known] : page);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { origin: `http://localhost:${address.port}`, server };
}

/** Runs in the page: notes when the element first stands there, and when its script had come. */
function note([element, inside]: readonly [string, string], script: string): void {
  const look = () => {
    const host = document.querySelector(element);
    const shown = (host?.shadowRoot ?? host)?.querySelector(inside);
    if (!shown || shown.getBoundingClientRect().height === 0) return requestAnimationFrame(look);
    const [arrived] = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith(script)) as PerformanceResourceTiming[];
    return Reflect.set(window, 'shownAfter', performance.now() - (arrived?.responseEnd ?? 0));
  };
  requestAnimationFrame(look);
}

async function timeOnce(browser: Browser, { url, script, selector }: Shown): Promise<number> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.emulateCPUThrottling(SLOWDOWN);
    await page.evaluateOnNewDocument(note, selector, script);
    await page.goto(url);
    const shown = await page.waitForFunction(() => Reflect.get(window, 'shownAfter'), {
      timeout: 30_000,
    });
    return (await shown.jsonValue()) as number;
  } finally {
    await context.close();
  }
}

export interface FirstScreen {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly rounds: number;
}

export async function benchFirstScreen(rounds: number): Promise<FirstScreen[]> {
  const [site, others] = await Promise.all([startSite(), serveOthers()]);
  const shown: Shown[] = [
    {
      name: 'id-verify, intro',
      url: site.origin,
      script: 'id-verify.js',
      selector: ['id-verify', '[part~="heading"]'],
    },
    {
      name: 'altcha widget',
      url: `${others.origin}/altcha`,
      script: 'script.js',
      selector: ['altcha-widget', 'input'],
    },
    {
      name: 'Web Awesome button',
      url: `${others.origin}/wa-button`,
      script: 'script.js',
      selector: ['wa-button', '[part~="base"]'],
    },
  ];
  const browser = await launchChromium();
  try {
    const times = shown.map((): number[] => []);
    for (let round = 0; round <= rounds; round++) {
      for (const [which, one] of shown.entries()) {
        const time = await timeOnce(browser, one);
        if (round > 0) times[which]?.push(time);
      }
    }
    return shown.map(({ name }, which) => ({
      name,
      p50: Math.round(quantile(times[which] ?? [], 0.5)),
      p90: Math.round(quantile(times[which] ?? [], 0.9)),
      rounds,
    }));
  } finally {
    await browser.close();
    others.server.close();
    await site.stop();
  }
}
