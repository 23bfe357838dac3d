/**
 * README's quick start, exactly as it is written, in an empty folder: both languages, by wallet and
 * by JPKI, with real clicks, until the server prints `verified`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { token } from '../../src/wire/opening.ts';
import { launchChromium } from '../chromium.ts';
import { goByJpki, goByWallet, type Language } from './person.ts';
import { type Registry, startRegistry } from './registry.ts';

const begun = performance.now();
/** What a person would see, with the seconds since the beginning. */
const note = (text: string): void =>
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${text}`);

/** The blocks in order; the page in the language README says how to choose. */
function blocks(language: Language): { sh: string[]; js: string; html: string } {
  const [, section = ''] = readFileSync('README.md', 'utf8').split(/^## .*Quick start\n/m);
  const [own = ''] = section.split(/^## /m);
  const found = [...own.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const of = (tongue: string) =>
    found.flatMap(([, name, code = '']) => (name === tongue ? [code] : []));
  assert.equal(found.length, 4);
  const [html = ''] = of('html');
  assert.match(html, /lang="ja"/);
  const inLanguage = html.replace('lang="ja"', `lang="${language}"`);
  return { sh: of('sh'), js: of('js')[0] ?? '', html: inLanguage };
}

const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
let registry: Registry;
let browser: Browser;

/** Not in one go: the registry answers from this process. */
async function run(command: string): Promise<void> {
  note(`$ ${command.trim()}`);
  const env = {
    ...process.env,
    npm_config_registry: registry.url,
    npm_config_cache: join(folder, 'cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
  await promisify(execFile)('sh', ['-c', command], { cwd: join(folder, 'shop'), env });
}

before(async () => {
  registry = await startRegistry();
  browser = await launchChromium();
  mkdirSync(join(folder, 'shop'));
  await run(blocks('ja').sh[0] ?? '');
  note('installed');
});
after(async () => {
  await browser?.close();
  registry?.stop();
  rmSync(folder, { recursive: true });
});

/** The server of the blocks, and what it printed. */
async function start({ sh, js, html }: ReturnType<typeof blocks>) {
  writeFileSync(join(folder, 'shop/server.mjs'), js);
  writeFileSync(join(folder, 'shop/index.html'), html);
  const [, command = ''] = sh;
  note(`$ ${command.trim()}`);
  const [program = '', ...words] = command.trim().split(' ');
  assert.equal(program, 'node');
  const server: ChildProcess = spawn(process.execPath, words, { cwd: join(folder, 'shop') });
  let printed = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      note(text.trim());
    });
  }
  for (let tries = 0; tries < 200; tries++) {
    if (await fetch('http://localhost:3000').catch(() => undefined)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    printed: () => printed,
    async stop() {
      server.kill();
      await once(server, 'exit');
    },
  };
}

describe('the quick start', () => {
  it('has at most 30 lines', () => {
    const { sh, js, html } = blocks('ja');
    const lines = [...sh, js, html].join('').split('\n');
    assert.ok(lines.filter((line) => line.trim()).length <= 30);
  });

  for (const language of ['ja', 'en'] as const) {
    for (const way of ['wallet', 'jpki'] as const) {
      it(`ends with verified, by ${way}, ${language}`, async () => {
        const server = await start(blocks(language));
        const context = await browser.createBrowserContext();
        try {
          const page = await context.newPage();
          const logged: string[] = [];
          page.on('console', (message) => logged.push(message.text()));
          await page.goto('http://localhost:3000');
          note(`opened the page, ${language}`);
          if (way === 'wallet') await goByWallet(page, language);
          else await goByJpki(page, browser, language);
          const line = logged.find((text) => text.includes('verified')) ?? '';
          const [ref = '', ...rest] = line.split(' ');
          assert.deepEqual(rest, ['verified', way]);
          token.read(ref);
          await Promise.all([page.waitForNavigation(), page.click('form > button')]);
          assert.match(server.printed(), new RegExp(`^verified ${way} 番号\\s花子$`, 'mu'));
          note(`verified by ${way}`);
        } finally {
          await context.close();
          await server.stop();
        }
      });
    }
  }
});
