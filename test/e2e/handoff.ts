/**
 * What the tests of a handoff share: the reference server as a process of its own, a page on it, and
 * a person with a phone in another browser context.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';

export interface ServerProcess {
  readonly origin: string;
  stop(): Promise<void>;
  /** As a crash does. */
  kill(): Promise<void>;
}

/** @param env settings of the reference server, see `demo/config.ts` */
export async function startServer(env: Record<string, string> = {}): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ['demo/server.ts'], {
    env: { ...process.env, PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = `http://localhost:${port}`;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"listening"')) break;
  }
  child.stdout.resume();
  return {
    origin,
    stop: () => ended(child, 'SIGTERM'),
    kill: () => ended(child, 'SIGKILL'),
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** For what comes by itself; only a failure takes that long. */
const OPERATOR_TIMEOUT_MS = 60_000;

/** The demo's page in a context, its first screen standing. */
export async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.setViewport({ width: 1000, height: 1100 });
  await page.goto(url, { timeout: OPERATOR_TIMEOUT_MS });
  await page.waitForSelector('id-verify');
  return page;
}

/** Waits for something true in the page; a failure tells what the page shows instead. */
async function until<Found>(
  page: Page,
  what: string,
  condition: (wanted: string) => Found,
  wanted: string,
): Promise<Found> {
  try {
    const options = { timeout: OPERATOR_TIMEOUT_MS, polling: 20 };
    const found = await page.waitForFunction(condition, options, wanted);
    return (await found.jsonValue()) as Found;
  } catch (cause) {
    throw new Error(`never ${what}, but ${await seenOn(page)}`, { cause });
  }
}

const seenOn = (page: Page): Promise<string> =>
  page
    .evaluate(() => {
      const element = document.querySelector('id-verify');
      const panel = element?.shadowRoot?.querySelector<HTMLElement>('.panel');
      return `${element?.state}: ${(panel ?? document.body).innerText.replace(/\s+/g, ' ')}`;
    })
    .catch((error) => `nothing: ${error}`);

/** Waits until the panel says something, and returns all it says. */
export const says = async (page: Page, words: string): Promise<string> =>
  String(
    await until(
      page,
      `said ${words}`,
      (wanted) => {
        const panel = document.querySelector('id-verify')?.shadowRoot?.querySelector('.panel');
        const text = panel instanceof HTMLElement ? panel.innerText : '';
        return text.includes(wanted) && text;
      },
      words,
    ),
  );

/** Waits until the element's line for everybody says just this. */
export const notes = (page: Page, words: string): Promise<unknown> =>
  until(
    page,
    `noted ${words}`,
    (wanted) => {
      const root = document.querySelector('id-verify')?.shadowRoot;
      return (root?.querySelector('[part=status] p')?.textContent ?? '') === wanted;
    },
    words,
  );

export const stateOf = (page: Page): Promise<string> =>
  page.$eval('id-verify', (element) => element.state);

export const reach = (page: Page, state: string): Promise<unknown> =>
  until(page, state, (wanted) => document.querySelector('id-verify')?.state === wanted, state);

/** Clicks what a person would: the control with these words, in the element or on a plain page. */
export async function press(page: Page, label: string): Promise<void> {
  const found = await page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('id-verify')?.shadowRoot ?? document;
      const all = root.querySelectorAll<HTMLElement>('button, a, summary, label.way');
      return [...all].find(
        ({ innerText, ariaDisabled }) =>
          ariaDisabled !== 'true' && innerText.trim().startsWith(wanted),
      );
    },
    { timeout: OPERATOR_TIMEOUT_MS, polling: 20 },
    label,
  );
  const control = found.asElement() as ElementHandle<Element> | null;
  if (!control) throw new Error(`no control ${label}`);
  await control.evaluate(atRest);
  await control.click();
}

/** Runs in the page: a control that still moves would be missed. */
async function atRest(control: Element): Promise<void> {
  const place = () => JSON.stringify(control.getBoundingClientRect());
  for (let before = ''; before !== place(); ) {
    before = place();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** From the introduction to what the card needs. */
export async function toStart(page: Page): Promise<void> {
  const title = 'カードをスマホで読み取る';
  await press(page, 'はじめる');
  await says(page, title);
  await press(page, title);
  await press(page, '次へ');
  await says(page, 'ご用意ください');
}

export async function toCode(page: Page): Promise<void> {
  await toStart(page);
  await press(page, 'スマホで読み取る');
  await says(page, 'スマホで読み取ってください');
}

/** What the first screen shows for the phone. */
export async function shown(page: Page): Promise<{ code: string; here: string; qr: string }> {
  await page.waitForSelector('id-verify >>> .match b', { timeout: OPERATOR_TIMEOUT_MS });
  return page.$eval('id-verify', (element) => {
    const root = element.shadowRoot;
    const path = root?.querySelectorAll('.qr path')[1]?.getAttribute('d') ?? '';
    return {
      code: root?.querySelector('.match b')?.textContent ?? '',
      here:
        root?.querySelector<HTMLAnchorElement>('a[part~=secondary], a[part~=primary]')?.href ?? '',
      qr: path,
    };
  });
}

/** A phone: another browser as far as the server can tell. */
export async function openPhone(browser: Browser, link: string): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  await page.setExtraHTTPHeaders({ 'accept-language': 'ja' });
  await page.goto(link);
  return page;
}

/** A press on a plain page that leads to the next one. */
export async function follow(page: Page, label: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), press(page, label)]);
}

/** As a proxy that knows no streams; every other call is left alone. */
export async function withoutStreams(page: Page): Promise<void> {
  const devtools = await page.createCDPSession();
  devtools.on('Fetch.requestPaused', ({ requestId }) => {
    void devtools.send('Fetch.fulfillRequest', { requestId, responseCode: 502 });
  });
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/events' }] });
}
