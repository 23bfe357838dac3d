/** The browser half of the simulated wallet, in Chromium, under the strictest policy a page can have. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki, issueReader } from '../../src/testing/issuer/pki.ts';
import { walletHandler } from '../../src/testing/wallet/server.ts';
import type { ShimSettings } from '../../src/testing/wallet/shim.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { launchChromium } from '../chromium.ts';
import { verifyByAuth0 } from './auth0-mdl.ts';
import { isoRequest } from './relying-party.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Test</title>
<main><h1>Test</h1><button id="ask">本人確認</button></main><script type="module" src="/page.js"></script></html>`;
const SCRIPT = `import { installWallet } from '/shim.ts';
globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.blockedURI + event.violatedDirective));
globalThis.remove = installWallet(() => globalThis.settings);
globalThis.ask = (options) => navigator.credentials.get(options).then(
  (found) => { globalThis.outcome = { protocol: found.protocol, data: found.data, own: found instanceof DigitalCredential }; },
  (error) => { globalThis.outcome = { error: error.name }; });
document.querySelector('button').addEventListener('click', () => {
  globalThis.outcome = undefined;
  globalThis.controller = new AbortController();
  ask({ digital: { requests: globalThis.requests }, signal: controller.signal });
});
globalThis.ready = true;`;

const pki = createTestPki();
const reader = issueReader(pki.readerCa, { organization: 'サンプル証券株式会社' });
const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
  const response = await answer(url, incoming);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
});
const wallet = walletHandler(createWallet({ pki }));

async function answer(url: URL, incoming: IncomingMessage) {
  const posted = incoming.method === 'POST' ? { method: 'POST', body: await text(incoming) } : {};
  const fromWallet = await wallet(new Request(url, posted));
  if (fromWallet) return fromWallet;
  const headers = { 'content-security-policy': POLICY };
  if (url.pathname === '/') {
    return new Response(PAGE, { headers: { ...headers, 'content-type': 'text/html' } });
  }
  const file = new URL(`../../src/testing/wallet${url.pathname}`, import.meta.url);
  const script =
    url.pathname === '/page.js' ? SCRIPT : await readFile(file, 'utf8').catch(() => '');
  return new Response(stripTypeScriptTypes(script), {
    headers: { ...headers, 'content-type': 'text/javascript' },
  });
}

let browser: Browser;
let origin: string;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  server.close();
});

interface Opened {
  page: Page;
  request: ReturnType<typeof isoRequest>;
  /** Evaluates without granting user activation. */
  read(expression: string): Promise<unknown>;
  outcome(): Promise<Record<string, unknown>>;
  sheet(): Promise<void>;
}

async function opened(settings: Partial<ShimSettings> = {}): Promise<Opened> {
  const page = await browser.newPage();
  const nameSpaces = { 'org.iso.23220.1.jp': { full_name_unicode: true, portrait: false } };
  const request = isoRequest({ docType: MNC, nameSpaces, origin, reader });
  const requests = [{ protocol: request.protocol, data: request.data }];
  const given = JSON.stringify({ mode: 'approve', ...settings });
  await page.evaluateOnNewDocument(
    `globalThis.requests = ${JSON.stringify(requests)}; globalThis.settings = ${given};`,
  );
  await page.goto(origin);
  const session = await page.createCDPSession();
  const read = (expression: string) => evaluate(session, expression);
  await until(() => read('globalThis.ready'));
  return {
    page,
    request,
    read,
    outcome: async () => {
      await until(() => read('globalThis.outcome !== undefined'));
      return (await read('globalThis.outcome')) as Record<string, unknown>;
    },
    sheet: () => until(() => read(`!!(${DIALOG})?.open`)),
  };
}

const DIALOG = "document.body.lastElementChild.shadowRoot?.querySelector('dialog')";

async function evaluate(session: CDPSession, expression: string): Promise<unknown> {
  const { result } = await session.send('Runtime.evaluate', {
    expression,
    returnByValue: true,
    userGesture: false,
  });
  return result.value;
}

async function until(condition: () => Promise<unknown>): Promise<void> {
  for (const end = Date.now() + 5000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited too long');
}

test('a click, the sheet, an approval, and the answer verifies', async () => {
  const { page, request, read, outcome, sheet } = await opened();
  await page.click('#ask');
  await sheet();
  const shown = String(await read(`${DIALOG}.innerText`));
  for (const part of [
    'テスト用ウォレット',
    'サンプル証券株式会社',
    '氏名',
    '保存される',
    '顔写真',
    '保存されない',
  ]) {
    assert.ok(shown.includes(part), part);
  }
  await page.click('>>> button.approve');
  const { protocol, own, data } = await outcome();
  assert.deepEqual({ protocol, own }, { protocol: 'org-iso-mdoc', own: true });
  const response = await request.open(data as Record<string, unknown>);
  const elements = await verifyByAuth0(response, request.transcript, [pki.iaca.certificate]);
  assert.equal(elements.size, 2);
  assert.deepEqual(await read('violations'), []);
  assert.equal(await read('document.activeElement.id'), 'ask');
});

test('Escape and the button cancel', async () => {
  const { page, outcome, sheet } = await opened();
  await page.click('#ask');
  await sheet();
  await page.keyboard.press('Escape');
  assert.deepEqual(await outcome(), { error: 'NotAllowedError' });
  await page.click('#ask');
  await sheet();
  await page.click('>>> button.cancel');
  assert.deepEqual(await outcome(), { error: 'NotAllowedError' });
});

test('an abort takes the sheet away', async () => {
  const { page, read, outcome, sheet } = await opened();
  await page.click('#ask');
  await sheet();
  await read('controller.abort()');
  assert.deepEqual(await outcome(), { error: 'AbortError' });
  assert.equal(await read(`!!${DIALOG}`), false);
});

test('no activation, a second request and a bad one are refused as the platform does', async () => {
  const { page, read, outcome, sheet } = await opened();
  await page.bringToFront();
  await read('ask({ digital: { requests } })');
  assert.deepEqual(await outcome(), { error: 'NotAllowedError' });
  for (const requests of [
    '[]',
    '[{ protocol: "unknown", data: {} }]',
    '[{ protocol: "org-iso-mdoc", data: "" }]',
  ]) {
    await read(`outcome = undefined; ask({ digital: { requests: ${requests} } })`);
    assert.deepEqual(await outcome(), { error: 'TypeError' });
  }
  await page.click('#ask');
  await sheet();
  await read('ask({ digital: { requests } })');
  assert.deepEqual(await outcome(), { error: 'NotAllowedError' });
});

for (const mode of ['cancel', 'no-card'] as const) {
  test(`mode ${mode} is a NotAllowedError after approval`, async () => {
    const { page, outcome, sheet } = await opened({ mode });
    await page.click('#ask');
    await sheet();
    await page.click('>>> button.approve');
    assert.deepEqual(await outcome(), { error: 'NotAllowedError' });
  });
}

test('removing it brings the platform back', async () => {
  const { read } = await opened();
  assert.equal(await read("DigitalCredential.userAgentAllowsProtocol('org-iso-mdoc')"), true);
  await read('remove()');
  assert.equal(
    await read('Object.prototype.toString.call(navigator.credentials)'),
    '[object CredentialsContainer]',
  );
});
