/**
 * The component tests: every `*.test.ts` under src that is not for Node, in real browsers.
 * `ENGINES=chromium,webkit` narrows the engines; by itself the runner uses all that are installed.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { type BrowserLauncher, defaultReporter, type TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import * as puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS } from './chromium.ts';
import { ENGINES, type EngineName, findEngine, requireEngine } from './engines.ts';
import { COMPONENT_TESTS } from './files.ts';
import { add, NOTHING, type Tally, tallySession } from './tally.ts';
import { startWebKitDriver } from './webkit.ts';

/** One time zone for all engines, far enough from UTC that a date that shifts is seen. */
process.env.TZ = 'Asia/Tokyo';

const launchers: Record<EngineName, () => BrowserLauncher | Promise<BrowserLauncher>> = {
  chromium: () =>
    chromeLauncher({
      puppeteer,
      launchOptions: {
        executablePath: requireEngine('chromium').executable,
        args: [...CHROMIUM_ARGUMENTS],
      },
    }),
  firefox: () =>
    chromeLauncher({
      puppeteer,
      launchOptions: { executablePath: requireEngine('firefox').executable, browser: 'firefox' },
    }),
  webkit: webkitLauncher,
};

/** The launcher of the runner, and the driver whose life it shares. */
async function webkitLauncher(): Promise<BrowserLauncher> {
  const driver = await startWebKitDriver();
  const launcher = webdriverLauncher({
    hostname: '127.0.0.1',
    port: driver.port,
    path: '/',
    logLevel: 'error',
    capabilities: driver.capabilities,
  });
  const stop = launcher.stop.bind(launcher);
  launcher.stop = async () => {
    await stop();
    await driver.stop();
  };
  // Its declared coverage is `| undefined`, the interface's is optional: the same at run time.
  return launcher as BrowserLauncher;
}

function chosenEngines(): EngineName[] {
  const named = process.env.ENGINES?.split(',');
  return ENGINES.filter((name) => (named ? named.includes(name) : findEngine(name)));
}

/**
 * Interfaces younger than the browsers of `browserslist` in package.json: taken away before anything
 * loads, so that every component test runs as in the oldest of them. `Promise.withResolvers`,
 * `Set.prototype.intersection` and `difference` stay for msw, which stands in for a site's backend.
 */
const YOUNGER = [
  'AbortSignal.any', // Safari 17.4, Chrome 116, Firefox 124
  'URL.canParse', // Safari 17, Chrome 120
  'URL.parse', // Safari 18, Chrome 126, Firefox 126
  'Promise.try', // Safari 18.2, Chrome 128, Firefox 134
  'Object.groupBy', // Safari 17.4, Chrome 117, Firefox 119
  'Map.groupBy', // Safari 17.4, Chrome 117, Firefox 119
  'Array.fromAsync', // Chrome 121
  'Uint8Array.fromBase64', // Safari 18.2, Chrome 140, Firefox 133
  'Uint8Array.fromHex', // Safari 18.2, Chrome 140, Firefox 133
  'Uint8Array.prototype.toBase64', // Safari 18.2, Chrome 140, Firefox 133
  'Uint8Array.prototype.toHex', // Safari 18.2, Chrome 140, Firefox 133
  'Set.prototype.union', // Safari 17, Chrome 122, Firefox 127
  'Set.prototype.isSubsetOf', // Safari 17, Chrome 122, Firefox 127
  'String.prototype.isWellFormed', // Firefox 119
  'ArrayBuffer.prototype.transfer', // Safari 17.4, Chrome 114, Firefox 122
  'Iterator', // Safari 18.4, Chrome 122, Firefox 131
] as const;

const withoutYounger = `for (const path of ${JSON.stringify(YOUNGER)}) {
  const names = path.split('.');
  const last = names.pop();
  const owner = names.reduce((object, name) => object?.[name], globalThis);
  if (owner) delete owner[last];
}`;

const mockWorker = fileURLToPath(
  new URL('../node_modules/msw/lib/mockServiceWorker.js', import.meta.url),
);

/** By file, of this run. */
const tallies: Record<string, Tally> = {};

const config: TestRunnerConfig = {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: COMPONENT_TESTS,
  nodeResolve: { exportConditions: ['browser', 'development'] },
  browsers: await Promise.all(chosenEngines().map((name) => launchers[name]())),
  // With more pages in one browser, some are hidden and axe times out; the engines do not mind each other.
  concurrency: 1,
  concurrentBrowsers: ENGINES.length,
  testFramework: { config: { timeout: 20_000 } },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
    }),
  ],
  testRunnerHtml: (framework) =>
    `<!doctype html><html><head><script>${withoutYounger}</script></head><body><script type="module" src="${framework}"></script></body></html>`,
  middleware: [
    async (context, next) => {
      if (context.path !== '/mockServiceWorker.js') return next();
      context.type = 'text/javascript';
      context.body = await readFile(mockWorker, 'utf8');
    },
  ],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    {
      // Written file by file: what is done counts, also where an engine never comes back.
      reportTestFileResults({ testFile, sessionsForTestFile }) {
        const file = process.env.TALLY_FILE;
        if (!file) return;
        tallies[relative('.', testFile)] = sessionsForTestFile
          .map(tallySession)
          .reduce(add, NOTHING);
        writeFileSync(file, JSON.stringify(tallies));
      },
    },
  ],
};

export default config;
