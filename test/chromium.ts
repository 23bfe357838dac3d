/** One way to start Chromium for everything that drives it: tests, sizes and benchmarks. */
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { requireEngine } from './engines.ts';

/** No sandbox only as root, where Chromium refuses to start with one; no traffic but the test's own. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** A fresh browser with a fresh profile; the caller closes it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return puppeteer.launch({
    ...options,
    executablePath: requireEngine('chromium').executable,
    args: [...CHROMIUM_ARGUMENTS, ...(options.args ?? [])],
  });
}
