/** A QR code that changes each second, on the real page, read from its screen. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { staticFile } from '../../demo/files.ts';
import { demoHandoff } from '../../demo/handoff.ts';
import { nodeHandler } from '../../src/server/node.ts';
import { createPhone } from '../../src/testing/phone/server.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { launchChromium } from '../chromium.ts';
import { PlainBrowser } from '../handoff/plain-browser.ts';
import { press, reach, says, shown, withoutStreams } from './handoff.ts';
import { linkIn } from './qr.ts';

type Handler = (request: Request) => Promise<Response>;

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>page</title>
<script type="module" crossorigin src="/cdn/id-verify.js"></script>
<id-verify profile="identity" methods="jpki"></id-verify></html>`;

/** A site whose profile wants the code to change, and whose clock can be held. */
async function serve() {
  let handler: Handler = async () => new Response(null, { status: 503 });
  let origin = '';
  let ahead = 0;
  let held: number | undefined;
  const server = createServer(
    nodeHandler({ fetch: (request) => handler(request) }, { origins: () => [origin] }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const phone = createPhone({ origin });
  const because = { ja: '本人確認のため' };
  const verifier = createVerifier({
    relyingParty: { name: { ja: '株式会社サンプル' } },
    origins: [origin],
    anonymousUse: 'allowed',
    profiles: {
      identity: {
        purpose: because,
        claims: { name: { purpose: because, retainDays: 0 } },
        methods: { jpki: { rotating: 'required' } },
      },
    },
    handoff: demoHandoff(phone, origin),
    store: memoryStore(),
    now: () => held ?? Date.now() + ahead,
  });
  handler = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/id-verify/')) return verifier.fetch(request);
    if (pathname === '/') {
      return new Response(PAGE, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    }
    return (
      (await phone.handle(request)) ??
      (await staticFile(request)) ??
      new Response(null, { status: 404 })
    );
  };
  return {
    origin,
    hold(at: number) {
      held = at;
    },
    /** From where it was held. */
    release() {
      ahead = (held ?? Date.now()) - Date.now();
      held = undefined;
    },
    async stop() {
      verifier.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

/** A link read from the screen that is another than before. */
async function nextLink(page: Page, before: string): Promise<string> {
  for (;;) {
    const link = await linkIn(page);
    if (link !== '' && link !== before) return link;
  }
}

const secondOf = (link: string): number => Number(new URL(link).searchParams.get('t'));

describe('a QR code that changes each second', { concurrency: 2 }, () => {
  for (const [way, window] of [
    ['stream', 3],
    ['poll', 6],
  ] as const) {
    it(`by ${way} opens for ${window} seconds after it was shown, and no longer`, async () => {
      const site = await serve();
      const context = await browser.createBrowserContext();
      try {
        const page = await context.newPage();
        await page.setViewport({ width: 1000, height: 1100 });
        if (way === 'poll') await withoutStreams(page);
        const answered = page.waitForResponse((response) => response.url().endsWith('/handoff'));
        await page.goto(`${site.origin}/`);
        await press(page, 'スマホで読み取る');
        const text = await says(page, 'スマホで読み取ってください');
        assert.doesNotMatch(text, /リンクをコピー/);
        const { now: started }: { now: number } = await (await answered).json();
        const first = await nextLink(page, '');
        const second = await nextLink(page, first);
        const third = await nextLink(page, second);
        assert.ok(secondOf(first) < secondOf(second) && secondOf(second) < secondOf(third));

        // `started` is when the handoff was answered, a moment after it began.
        const aged = (seconds: number) => started + (secondOf(third) + seconds) * 1_000;
        const phone = new PlainBrowser();
        site.hold(aged(window) + 1);
        const { status, text: said } = await phone.open(third);
        assert.equal(status, 410);
        assert.match(said, /Scan the code on the first screen again/);
        site.hold(aged(window) - 500);
        const { status: inTime } = await phone.open(third);
        assert.equal(inTime, 200, 'at the last moment');
        site.release();

        await says(page, 'スマホで読み取りました');
        assert.equal(await page.$('id-verify >>> .qr'), null, 'the code leaves');
        await phone.press({ code: (await shown(page)).code });
        await phone.follow();
        await phone.press({ action: 'sign', pin: 'TEST1234' });
        await phone.follow();
        await reach(page, 'review');
      } finally {
        await context.close();
        await site.stop();
      }
    });
  }
});
