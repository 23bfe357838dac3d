/**
 * The component tests: every `*.test.ts` under src that is not for Node, in real browsers.
 * `ENGINES=chromium,webkit` narrows the engines; by itself the runner uses all that are installed.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { type BrowserLauncher, defaultReporter, type TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import * as puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS } from './chromium.ts';
import { ENGINES, type EngineName, findEngine, requireEngine } from './engines.ts';
import { COMPONENT_TESTS } from './files.ts';
import { add, NOTHING, tallySession } from './tally.ts';
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

const mockWorker = fileURLToPath(
  new URL('../node_modules/msw/lib/mockServiceWorker.js', import.meta.url),
);

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
      onTestRunFinished({ sessions }) {
        const file = process.env.TALLY_FILE;
        if (file)
          writeFileSync(file, JSON.stringify(sessions.map(tallySession).reduce(add, NOTHING)));
      },
    },
  ],
};

export default config;
