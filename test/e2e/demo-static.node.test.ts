/** The demo without a server, in a folder of a host that has nothing but files. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { it } from 'node:test';
import { mouse, openDemo, walkDemo } from './demo-walk.ts';
import { setting } from './setting.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Files below `/shop/demo`, and what else was asked of it. */
async function startFiles() {
  execFileSync(process.execPath, ['test/build/demo-static.ts'], { stdio: 'pipe' });
  const missing: string[] = [];
  const server = createServer(async ({ method, url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname.replace(/^\/shop\/demo\//, '').replace(/^$/, 'index.html');
    const type = TYPES[extname(path)];
    const bytes = type && (await readFile(join('demo-static', path)).catch(() => undefined));
    if (method === 'GET' && bytes) return response.setHeader('content-type', type).end(bytes);
    missing.push(`${method} ${url}`);
    return response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}/shop/demo`,
    missing,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const { browser, site } = await setting(startFiles);

for (const language of ['ja', 'en'] as const) {
  it(`goes the wallet's way to a verified result, ${language}`, async () => {
    const look = { width: 1280, language, theme: 'light' } as const;
    const page = await openDemo(browser, site.origin, look);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await walkDemo(page, look, mouse, async () => undefined, 'wallet');
    await page.waitForFunction(
      () => document.querySelector('#seen')?.textContent?.includes('"verified"'),
      { timeout: 10_000 },
    );
    assert.ok(await page.$eval('#no-server', (banner) => banner.checkVisibility()));
    assert.deepEqual(complaints, []);
    assert.deepEqual(site.missing, []);
    await page.browserContext().close();
  });
}
