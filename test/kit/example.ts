/** One application of `demo/examples`, as somebody would copy it: installed, built and started. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { freePort } from '../e2e/handoff.ts';
import { type Registry, startRegistry } from './registry.ts';

export interface Example {
  readonly origin: string;
  /** What its server has said so far. */
  printed(): string;
  /** A new page of it, in place of the one before. */
  open(): Promise<Page>;
}

interface Running extends Pick<Example, 'origin' | 'printed'> {
  stop(): Promise<void>;
}

/**
 * An example for the tests of one `describe`.
 * @param name a folder of `demo/examples` whose package.json says how it is built and started
 */
export function exampleOf(name: string): Example {
  let registry: Registry | undefined;
  let browser: Browser | undefined;
  let started: Running | undefined;
  let page: Page | undefined;
  before(async () => {
    registry = await startRegistry();
    browser = await launchChromium();
    started = await start(name, registry);
  });
  after(async () => {
    await browser?.close();
    await started?.stop();
    registry?.stop();
  });
  const running = (): Running => {
    if (!started) throw new Error(`${name} has not started`);
    return started;
  };
  return {
    get origin() {
      return running().origin;
    },
    printed: () => running().printed(),
    async open() {
      if (!browser) throw new Error('no browser');
      await page?.close();
      page = await browser.newPage();
      await page.setExtraHTTPHeaders({ 'accept-language': 'ja' });
      await page.goto(running().origin);
      return page;
    },
  };
}

async function start(name: string, { url }: Registry): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), `example-${name}-`));
  cpSync(join('demo/examples', name), folder, { recursive: true });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    npm_config_registry: url,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    NEXT_TELEMETRY_DISABLED: '1',
    ORIGIN: origin,
    PORT: String(port),
  };
  // Not in one go: the registry answers from this process.
  const npm = (...words: string[]) => promisify(execFile)('npm', words, { cwd: folder, env });
  await npm('install');
  await npm('run', 'build', '--if-present');
  const server = spawn('npm', ['start'], { cwd: folder, env, detached: true });
  let printed = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const stop = async () => {
    await stopAll(server);
    rmSync(folder, { recursive: true, maxRetries: 5 });
  };
  try {
    await untilAnswering(origin, server);
  } catch (error) {
    await stop();
    throw new Error(`${name} did not start: ${printed}`, { cause: error });
  }
  return { origin, printed: () => printed, stop };
}

/** npm and what it started. */
async function stopAll(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return;
  process.kill(-server.pid);
  await once(server, 'exit');
}

async function untilAnswering(origin: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) break;
    if (await fetch(origin).catch(() => undefined)) return;
    await delay(100);
  }
  throw new Error('no answer');
}
