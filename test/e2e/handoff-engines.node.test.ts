/**
 * The page of a handoff in Firefox and WebKit, to its end, by streams and without them, and left in
 * the middle. The phone is one without a browser; Chromium's page has tests of its own.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer from 'puppeteer-core';
import { type EngineName, findEngine, howToInstall } from '../engines.ts';
import { PlainBrowser } from '../handoff/plain-browser.ts';
import { startWebKitDriver } from '../webkit.ts';
import { type Front, startFront } from './front.ts';
import {
  freePort,
  openPage,
  press,
  reach,
  type ServerProcess,
  says,
  shown,
  startServer,
} from './handoff.ts';
import { WebDriverTab } from './webdriver.ts';

/** What a person does with the page, whoever drives the browser. */
interface Visit {
  press(label: string): Promise<void>;
  says(words: string): Promise<string>;
  reach(state: string): Promise<unknown>;
  shown(): Promise<{ code: string; here: string; qr: string }>;
  leave(): Promise<unknown>;
}

interface Engine {
  visit(url: string): Promise<Visit>;
  close(): Promise<unknown>;
}

async function firefox(): Promise<Engine> {
  const executablePath = findEngine('firefox')?.executable ?? '';
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath });
  return {
    async visit(url) {
      const context = await browser.createBrowserContext();
      const page = await openPage(context, url);
      return {
        press: (label) => press(page, label),
        says: (words) => says(page, words),
        reach: (state) => reach(page, state),
        shown: () => shown(page),
        leave: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

const ROOT = `document.querySelector('id-verify')?.shadowRoot`;

async function webkit(): Promise<Engine> {
  const driver = await startWebKitDriver();
  return {
    async visit(url) {
      const tab = await WebDriverTab.start(driver);
      await tab.open(url);
      return {
        press: (label) =>
          tab.click(
            `[...(${ROOT}?.querySelectorAll('button, a, label.way') ?? [])].find((one) => one.innerText.trim().startsWith('${label}') && one.ariaDisabled !== 'true')`,
          ),
        says: (words) =>
          tab.until(
            `(${ROOT}?.querySelector('.panel')?.innerText ?? '').includes('${words}') && ${ROOT}.querySelector('.panel').innerText`,
          ),
        reach: (state) => tab.until(`document.querySelector('id-verify')?.state === '${state}'`),
        shown: () =>
          tab.until(`({
            code: ${ROOT}.querySelector('.match b').textContent,
            here: ${ROOT}.querySelector('a[part~=secondary]').href,
            qr: ${ROOT}.querySelector('.qr path + path')?.getAttribute('d') ?? '',
          })`),
        leave: () => tab.close(),
      };
    },
    close: () => driver.stop(),
  };
}

/** CI requires all engines before any test. */
const missing = (name: EngineName): string | false =>
  findEngine(name) ? false : `no ${name}. ${howToInstall([name])}`;

let server: ServerProcess;
/** Two ways to it: one lets everything pass, one knows no streams. */
let fronts: Record<'by a stream' | 'without streams', Front>;
before(async () => {
  const port = await freePort();
  const own = `http://localhost:${port}`;
  fronts = { 'by a stream': await startFront(own), 'without streams': await startFront(own) };
  fronts['without streams'].weather = ({ path }) =>
    path.endsWith('/events') ? { status: 502, type: 'text/html', body: '' } : undefined;
  const origins = [...Object.values(fronts).map(({ origin }) => origin), own].join(',');
  server = await startServer({ PORT: String(port), ID_VERIFY_ORIGINS: origins });
});
after(async () => {
  await server.stop();
  for (const front of Object.values(fronts)) await front.stop();
});

describe('the page of a handoff', { concurrency: 2 }, () => {
  for (const [name, launch] of [
    ['firefox', firefox],
    ['webkit', webkit],
  ] as const) {
    describe(name, { skip: missing(name), concurrency: 1 }, () => {
      let engine: Engine;
      before(async () => {
        engine = await launch();
      });
      after(() => engine.close());

      async function visit(
        way: keyof typeof fronts,
        work: (page: Visit) => Promise<void>,
      ): Promise<void> {
        const page = await engine.visit(`${fronts[way].origin}/`);
        try {
          const title = 'カードをスマホで読み取る';
          await page.press('はじめる');
          await page.says(title);
          await page.press(title);
          await page.press('次へ');
          await page.says('ご用意ください');
          await page.press('スマホで読み取る');
          await page.says('スマホで読み取ってください');
          await work(page);
        } finally {
          await page.leave();
        }
      }

      for (const way of ['by a stream', 'without streams'] as const) {
        it(`follows the phone ${way}, to the end`, async () => {
          await visit(way, async (page) => {
            const { code, here, qr } = await page.shown();
            assert.match(qr, /^M4 4h7v1/, 'the corner of a QR code');
            const phone = new PlainBrowser();
            await phone.enter(here);
            assert.ok((await page.says('スマホで読み取りました')).includes(code));
            await phone.press({ code });
            await phone.follow();
            await page.says('スマホで続けてください');
            await phone.press({ action: 'sign', pin: 'TEST1234' });
            await phone.follow();
            await page.reach('review');
            await page.press('この内容で確定する');
            await page.reach('done');
          });
        });
      }

      it('is left in the middle, and nothing remains', async () => {
        await visit('by a stream', async (page) => {
          const { here } = await page.shown();
          await page.press('やめる');
          await page.reach('cancelled');
          // The screen does not wait for the server to hear of it.
          const phone = new PlainBrowser();
          for (const end = Date.now() + 10_000; Date.now() < end; ) {
            if (/This link no longer works/.test((await phone.open(here)).text)) return;
          }
          assert.fail('the link still works');
        });
      });
    });
  }
});
