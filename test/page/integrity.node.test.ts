/** What `integrity` covers: the one file whole, or with the import map of `sri.json` each of many. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test } from 'node:test';
import type { Page } from 'puppeteer-core';
import type { Integrity } from '../build/integrity.ts';
import { Person } from '../e2e/photo-person.ts';
import { startPhotoSite } from '../e2e/photo-site.ts';
import { setting } from '../e2e/setting.ts';

const { files, importMap }: Integrity = JSON.parse(await readFile('dist/sri.json', 'utf8'));
const script = (name: string) =>
  `<script type="module" crossorigin integrity="${files[name]}" src="/cdn/${name}"></script>`;
const MAP = `<script type="importmap">${JSON.stringify(importMap)}</script>`;

const PAGES: Readonly<Record<string, string>> = {
  '/all': script('id-verify.all.js'),
  '/chunks': `${MAP}${script('id-verify.js')}`,
  '/bare': script('id-verify.js'),
};

/** Files from a folder, no more; those that `tampered` fits say on the page that they ran. */
async function startFileServer() {
  const fetched: string[] = [];
  const state: { tampered: RegExp | undefined } = { tampered: undefined };
  const server = createServer(async ({ url = '/' }, response) => {
    const tag = PAGES[url];
    if (tag) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><title>files</title>${tag}<id-verify endpoint="/none"></id-verify>`,
      );
      return;
    }
    const name = url.slice('/cdn/'.length);
    const bytes = url.startsWith('/cdn/') && files[name] && (await readFile(`dist/cdn/${name}`));
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    fetched.push(name);
    response.setHeader('content-type', 'text/javascript');
    response.end(state.tampered?.test(name) ? `globalThis.ran=1;${bytes}` : bytes);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    origin: `http://localhost:${address.port}`,
    fetched,
    state,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const { browser, site } = await setting(startFileServer);

/** A page of a browser that knows nothing yet. */
async function visit(path: string, tampered?: RegExp): Promise<Page> {
  site.fetched.length = 0;
  site.state.tampered = tampered;
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(`${site.origin}${path}`, { waitUntil: 'networkidle0' });
  return page;
}

const isDefined = (page: Page): Promise<boolean> =>
  page.evaluate(() => customElements.get('id-verify') !== undefined);
const ran = (page: Page): Promise<boolean> => page.evaluate(() => Reflect.has(globalThis, 'ran'));
/** There is no service, so that the screens of trouble are asked for. */
const saysSo = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector('id-verify')?.shadowRoot?.querySelector('h2')?.textContent,
  );

test('the one file says all there is to say, and is all that is fetched', async () => {
  const page = await visit('/all');
  await saysSo(page);
  assert.deepEqual(site.fetched, ['id-verify.all.js']);
  await page.browserContext().close();
});

test('one byte more, and the one file does not run', async () => {
  const page = await visit('/all', /all/);
  assert.equal(await isDefined(page), false);
  assert.equal(await ran(page), false);
  await page.browserContext().close();
});

test('the files apart run with the import map of sri.json', async () => {
  const page = await visit('/chunks');
  await saysSo(page);
  assert.ok(site.fetched.length > 2, String(site.fetched));
  await page.browserContext().close();
});

test('one byte more in a file that comes later, and it does not run', async () => {
  const later = /^(?!id-verify\.)/;
  const page = await visit('/chunks', later);
  assert.equal(await isDefined(page), true);
  assert.ok(
    site.fetched.some((name) => later.test(name)),
    String(site.fetched),
  );
  assert.equal(await ran(page), false);
  await page.browserContext().close();
  const unguarded = await visit('/bare', later);
  assert.equal(await ran(unguarded), true, 'integrity on the tag alone covers no other file');
  await unguarded.browserContext().close();
});

for (const [what, policy, workers] of [
  ['in a worker from a blob', 'cdn-all', 1],
  ['by the page where its policy lets no blob be one', 'cdn-all-strict', 0],
] as const) {
  test(`the one file judges photos ${what}`, async () => {
    const photos = await startPhotoSite();
    try {
      const person = await Person.visit(browser, `${photos.origin}/camera?script=${policy}`);
      await person.begin();
      await person.reach('この写真でよいですか');
      assert.equal(person.tab.workers().length, workers);
      assert.deepEqual([...photos.fetched], ['id-verify.all.js']);
      await person.leave();
    } finally {
      await photos.stop();
    }
  });
}
