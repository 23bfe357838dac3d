/** What happens between the page and its server while a person is busy with the phone. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { PlainBrowser } from '../handoff/plain-browser.ts';
import {
  freePort,
  notes,
  openPage,
  press,
  reach,
  type ServerProcess,
  says,
  shown,
  startServer,
  stateOf,
  toCode,
  toStart,
} from './handoff.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

/** What a proxy does to some calls. */
type Fault = 'cuts it after the first event' | 'cuts it at once' | 'holds it back' | 'refuses it';

/**
 * In front of a server.
 * @param calls how the path of those ends that suffer; every other passes
 */
async function startProxy(port: number, fault: Fault, calls: string) {
  const seen: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { url = '', method, headers } = incoming;
    const suffers = url.endsWith(calls);
    if (suffers) seen.push(url);
    if (suffers && fault === 'holds it back') return;
    if (suffers && fault === 'cuts it at once') return cut(outgoing);
    if (suffers && fault === 'refuses it') return void outgoing.writeHead(502).end();
    const onward = request({ port, host: '127.0.0.1', path: url, method, headers });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (suffers) answer.once('data', () => setTimeout(() => cut(outgoing), 50));
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    origin: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    seen,
    stop: async () => {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

const cut = (outgoing: ServerResponse): void => void outgoing.destroy();

/** Resolves when so many calls of a page have failed from now on. */
const unanswered = (page: Page, calls: number): Promise<void> =>
  new Promise((resolve) => {
    let failed = 0;
    page.on('requestfailed', () => {
      failed += 1;
      if (failed === calls) resolve();
    });
  });

// Each with a server of its own; most of the time they wait.
describe('between page and server', { concurrency: 2 }, () => {
  for (const fault of [
    'cuts it after the first event',
    'cuts it at once',
    'holds it back',
    'refuses it',
  ] as const) {
    it(`a proxy ${fault}: every state still arrives`, async () => {
      const port = await freePort();
      const proxy = await startProxy(port, fault, '/events');
      const server = await startServer({ PORT: String(port), ID_VERIFY_ORIGINS: proxy.origin });
      const context = await browser.createBrowserContext();
      try {
        const page = await openPage(context, `${proxy.origin}/`);
        await toCode(page);
        const { code, here } = await shown(page);
        const phone = new PlainBrowser();
        await phone.enter(here);
        await says(page, 'スマホで読み取りました');
        const tried = proxy.seen.length;
        assert.ok(tried > 0, 'a stream was tried');
        await phone.press({ code });
        await phone.follow();
        await phone.press({ action: 'sign', pin: 'TEST1234' });
        await phone.follow();
        await reach(page, 'review');
        if (fault === 'holds it back' || fault === 'refuses it') {
          assert.equal(proxy.seen.length, tried, 'then it asks');
        }
      } finally {
        await context.close();
        await server.stop();
        await proxy.stop();
      }
    });
  }

  it('a server that is killed in the middle is found again, and the handoff goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'killed-'));
    const env = {
      PORT: String(await freePort()),
      ID_VERIFY_DB: join(folder, 'sessions.sqlite'),
    };
    let server: ServerProcess = await startServer(env);
    const context = await browser.createBrowserContext();
    try {
      const page = await openPage(context, `${server.origin}/`);
      await toCode(page);
      const { code, here } = await shown(page);
      const phone = new PlainBrowser();
      await phone.enter(here);
      await says(page, 'スマホで読み取りました');
      await notes(page, '');
      await server.kill();
      await unanswered(page, 2);
      assert.equal(await stateOf(page), 'awaiting');
      await notes(page, '通信が切れています。自動でつなぎ直しています。');
      server = await startServer(env);
      await notes(page, '');
      await phone.press({ code });
      await phone.follow();
      await phone.press({ action: 'sign', pin: 'TEST1234' });
      await phone.follow();
      await reach(page, 'review');
    } finally {
      await context.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('a server that is silent when the code is asked for is said to be, and can be asked again', async () => {
    const port = await freePort();
    const proxy = await startProxy(port, 'holds it back', '/handoff');
    const server = await startServer({ PORT: String(port), ID_VERIFY_ORIGINS: proxy.origin });
    const context = await browser.createBrowserContext();
    try {
      const page = await openPage(context, `${proxy.origin}/`);
      await toStart(page);
      await press(page, 'スマホで読み取る');
      const text = await says(page, '返事に時間がかかっています');
      assert.match(text, /もう一度試す/);
      assert.match(text, /ほかの方法にする/);
    } finally {
      await context.close();
      await server.stop();
      await proxy.stop();
    }
  });
});
