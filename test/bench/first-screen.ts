/**
 * Milliseconds until the first screen stands, on a slow connection and a processor slowed down four
 * times: of ours its box (painted) and what it says once its server has answered (ready), each
 * against a tiny card of Lit that asks nobody. From the script's arrival, next to the widget of
 * altcha and a Web Awesome button. Needs `npm run build`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, NetworkConditions } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { installBeside } from '../install-beside.ts';
import { startSite } from '../site.ts';
import { bundle } from './bundle.ts';
import { quantile } from './measure.ts';

const SLOWDOWN = 4;
/** 150 ms from request to answer, 1.6 Mbit/s. */
const CONNECTION = { latency: 150, download: (1.6 * 2 ** 20) / 8, upload: (0.75 * 2 ** 20) / 8 };

interface Shown {
  readonly name: string;
  readonly url: string;
  readonly script: string;
  /** What must have a height. In the shadow root of the first part, where there is a second. */
  readonly selector: readonly [element: string, inside: string];
}

const sent = new Map<string, Buffer>();
/** As small as a site sends it, made once. */
function compressed(text: string): Buffer {
  const bytes = sent.get(text) ?? brotliCompressSync(text);
  sent.set(text, bytes);
  return bytes;
}

/** Pages with nothing but one element of another library. */
async function serveOthers() {
  installBeside('test/bench');
  const files = {
    'lit-card': await bundle('test/bench/lit-card.ts'),
    altcha: await bundle('test/bench/node_modules/altcha/dist/main/altcha.js'),
    'wa-button': await bundle(
      'test/bench/node_modules/@awesome.me/webawesome/dist/components/button/button.js',
    ),
  };
  const elements = {
    'lit-card': '<lit-card></lit-card>',
    altcha: '<altcha-widget challenge="/challenge"></altcha-widget>',
    'wa-button': '<wa-button>本人確認</wa-button>',
  };
  const server = createServer((request, response) => {
    const [, name = '', file] = (request.url ?? '').split('/');
    const known = name as keyof typeof files;
    if (!(name in files)) return response.writeHead(404).end();
    response.setHeader('content-type', file ? 'text/javascript' : 'text/html; charset=utf-8');
    const page = `<!doctype html><meta charset="utf-8"><title>x</title><script type="module" src="/${name}/script.js"></script>${elements[known]}`;
    response.setHeader('content-encoding', 'br');
    return response.end(compressed(file ? files[known] : page));
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
    const sinceStart = performance.now();
    const sinceScript = sinceStart - (arrived?.responseEnd ?? 0);
    return Reflect.set(window, 'shown', { sinceStart, sinceScript });
  };
  requestAnimationFrame(look);
}

/** Milliseconds. */
interface Times {
  /** Since the page was asked for. */
  readonly sinceStart: number;
  readonly sinceScript: number;
}

async function timeOnce(
  browser: Browser,
  { url, script, selector }: Shown,
  connection: NetworkConditions | null = null,
): Promise<Times> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.emulateCPUThrottling(SLOWDOWN);
    await page.emulateNetworkConditions(connection);
    await page.evaluateOnNewDocument(note, selector, script);
    await page.goto(url);
    const shown = await page.waitForFunction(() => Reflect.get(window, 'shown'), {
      timeout: 30_000,
    });
    return (await shown.jsonValue()) as Times;
  } finally {
    await context.close();
  }
}

/** Beside other elements, from the arrival of the script. */
export interface Peer {
  readonly name: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p90: number;
}

export interface FirstScreen {
  /** Times what the card takes until it stands. */
  readonly painted: number;
  readonly ready: number;
  /** Medians in milliseconds, from the request for the page. */
  readonly ms: { readonly card: number; readonly painted: number; readonly ready: number };
  readonly peers: readonly Peer[];
  readonly rounds: number;
}

const SCRIPT = 'id-verify.js';
const PAINTED = ['id-verify', '[part~="heading"]'] as const;
/** Once the server has answered there is something to press. */
const READY = [
  'id-verify:is(:state(intro), :state(choose))',
  '[part~="panel"] :is(button, input)',
] as const;

export async function benchFirstScreen(rounds: number): Promise<FirstScreen> {
  const [site, others] = await Promise.all([startSite(), serveOthers()]);
  const other = (name: string, ...selector: Shown['selector']): Shown => ({
    name,
    url: `${others.origin}/${name}`,
    script: 'script.js',
    selector,
  });
  const ours = (name: string, selector: Shown['selector']): Shown => ({
    name,
    url: site.origin,
    script: SCRIPT,
    selector,
  });
  const slowly = [
    other('lit-card', 'lit-card', 'button'),
    ours('painted', PAINTED),
    ours('ready', READY),
  ];
  const peers = [
    ours('id-verify, painted', PAINTED),
    other('altcha', 'altcha-widget', 'input'),
    other('wa-button', 'wa-button', '[part~="base"]'),
  ];
  const browser = await launchChromium();
  try {
    const slow = slowly.map((): number[] => []);
    const times = peers.map((): number[] => []);
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [which, one] of slowly.entries()) {
        const { sinceStart } = await timeOnce(browser, one, CONNECTION);
        if (round > 0) slow[which]?.push(sinceStart);
      }
      for (const [which, one] of peers.entries()) {
        const { sinceScript } = await timeOnce(browser, one);
        if (round > 0) times[which]?.push(sinceScript);
      }
    }
    const [card = 0, painted = 0, ready = 0] = slow.map((all) => Math.round(quantile(all, 0.5)));
    const against = (ms: number) => Number((ms / card).toFixed(2));
    return {
      painted: against(painted),
      ready: against(ready),
      ms: { card, painted, ready },
      peers: peers.map(({ name }, which) => ({
        name,
        p50: Math.round(quantile(times[which] ?? [], 0.5)),
        p90: Math.round(quantile(times[which] ?? [], 0.9)),
      })),
      rounds,
    };
  } finally {
    await browser.close();
    others.server.close();
    await site.stop();
  }
}
