/**
 * Yivi's client in a browser, next to ours: its real code with its own defaults, against a stand-in
 * for its server that only passes states on. No signature is verified, nothing is stored: what is
 * compared is how a page gets to know.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Browser } from 'puppeteer-core';
import { installBeside } from '../install-beside.ts';
import { bundle } from './bundle.ts';
import { wallClock } from './latency.ts';
import type { Told } from './waiting-browser.ts';
import type { Way } from './waiting-pages.ts';

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>x</title><script type="module" src="/yivi-page.js"></script>';

/** One session at a time, as its protocol has them: INITIALIZED, CONNECTED, DONE. */
async function standIn() {
  installBeside('test/bench');
  const script = await bundle('test/bench/yivi-page.js');
  let status = 'INITIALIZED';
  let stream: ServerResponse | undefined;
  const send = (response: ServerResponse, type: string, body: string) =>
    void response.writeHead(200, { 'content-type': type }).end(body);
  const server = createServer(({ url, method }, response) => {
    if (method === 'DELETE') return void response.writeHead(204).end();
    switch (url) {
      case '/yivi-page.js':
        return send(response, 'text/javascript', script);
      case '/yivi/session': {
        status = 'INITIALIZED';
        const sessionPtr = { u: '/yivi/irma/1', irmaqr: 'disclosing' };
        const frontendRequest = { minProtocolVersion: '1.0', maxProtocolVersion: '1.1' };
        const body = { sessionPtr, token: '1', frontendRequest };
        return send(response, 'application/json', JSON.stringify(body));
      }
      case '/yivi/irma/1/frontend/statusevents':
        stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
        return void stream.flushHeaders();
      case '/yivi/irma/1/frontend/status':
        return send(response, 'application/json', JSON.stringify({ status }));
      case '/yivi/session/1/result':
        return send(response, 'application/json', '{"proofStatus":"VALID"}');
    }
    return send(response, 'text/html', PAGE);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    origin: `http://localhost:${address.port}`,
    /** What the phone does. */
    become(next: string) {
      status = next;
      stream?.write(`data: ${JSON.stringify({ status })}\n\n`);
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function benchYivi(browser: Browser, way: Way, rounds: number): Promise<Told[]> {
  const site = await standIn();
  const context = await browser.createBrowserContext();
  const told: Told[] = [];
  try {
    const page = await context.newPage();
    const at = async (state: string): Promise<number> => {
      const found = await page.waitForFunction((name) => Reflect.get(window, name), {}, state);
      return Number(await found.jsonValue());
    };
    for (let round = 0; round < rounds; round++) {
      await page.goto(`${site.origin}/${way === 'poll' ? '?poll' : ''}`);
      await at('ShowingQRCode');
      site.become('CONNECTED');
      await at('ContinueOn2ndDevice');
      // So that an end falls anywhere between two questions.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 500));
      const done = wallClock();
      site.become('DONE');
      told.push({
        knows: (await at('PreparingResult')) - done,
        shows: (await at('Success')) - done,
      });
    }
  } finally {
    await context.close();
    site.stop();
  }
  return told;
}
