/**
 * `npm test`: everything. Browsers are found, or installed on Debian as root; the package is built;
 * then the tests on Node, the component tests in three engines, and the tests end to end. The last
 * line says how many passed, failed and were skipped over all of it.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINES, type EngineName, findEngine, howToInstall, installOnDebian } from './engines.ts';
import { COMPONENT_TESTS, END_TO_END_TESTS, NODE_TESTS } from './files.ts';
import { runNodeTests, runPatiently } from './node-tests.ts';
import { add, NOTHING, succeeded, summary, type Tally } from './tally.ts';

const CI = process.env.CI === 'true';

/** The engines to run in; those that are missing count as failed (Chromium, or any in CI) or skipped. */
function prepareEngines(): { engines: EngineName[]; tally: Tally } {
  const missing = () => ENGINES.filter((name) => !findEngine(name));
  if (missing().length > 0) {
    console.log(`Missing: ${missing().join(', ')}.`);
    if (installOnDebian(missing())) console.log('Installed.');
  }
  let tally = NOTHING;
  const engines: EngineName[] = [];
  for (const name of ENGINES) {
    const engine = findEngine(name);
    if (engine) {
      console.log(`${name} ${engine.version} (${engine.executable})`);
      engines.push(name);
    } else {
      const required = CI || name === 'chromium';
      console.error(`${required ? 'FAILED' : 'SKIPPED'}: no ${name}. ${howToInstall([name])}`);
      tally = add(tally, { ...NOTHING, [required ? 'failed' : 'skipped']: 1 });
    }
  }
  return { engines, tally };
}

function runComponentTests(engines: readonly EngineName[]): Tally {
  if (engines.length === 0 || globSync(COMPONENT_TESTS).length === 0) return NOTHING;
  const folder = mkdtempSync(join(tmpdir(), 'component-tests-'));
  const file = join(folder, 'tally.json');
  try {
    spawnSync('node_modules/.bin/wtr', ['--config', 'test/web-test-runner.config.js'], {
      stdio: 'inherit',
      env: { ...process.env, ENGINES: engines.join(','), TALLY_FILE: file },
    });
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error('FAILED: the component tests did not run to their end.', error);
    return { ...NOTHING, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build(): Tally {
  const { status } = spawnSync(process.execPath, ['test/build/build.ts'], { stdio: 'inherit' });
  if (status === 0) return NOTHING;
  console.error('FAILED: the build.');
  return { ...NOTHING, failed: 1 };
}

/** One part, and how long it took. */
async function timed(part: string, run: () => Tally | Promise<Tally>): Promise<Tally> {
  const begun = performance.now();
  const tally = await run();
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${part}: ${summary(tally)}, ${seconds} s`);
  return tally;
}

console.log(`Node ${process.versions.node}`);
const { engines, tally } = prepareEngines();
const endToEnd = globSync(END_TO_END_TESTS);
const onNode = globSync(NODE_TESTS).filter((file) => !endToEnd.includes(file));

const total = [
  tally,
  await timed('build', build),
  await timed('tests on Node', () => runNodeTests(onNode, 2)),
  await timed('component tests', () => runComponentTests(engines)),
  await timed('end to end', () => runPatiently(endToEnd, 2)),
].reduce(add);

console.log(summary(total));
process.exitCode = succeeded(total) ? 0 : 1;
