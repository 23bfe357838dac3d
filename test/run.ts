/**
 * `npm test`: everything that belongs to a change, in the layers of `layers.ts`, cheap before
 * expensive. Browsers are found, or installed on Debian as root. The last line says how many passed,
 * failed and were skipped over all of it. With `--quick` (`npm run test:quick`) while working: the
 * units on Node, and the component tests in Chromium.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { runComponentTests } from './component-runs.ts';
import { ENGINES, type EngineName, findEngine, howToInstall, installOnDebian } from './engines.ts';
import {
  announcement,
  LAYERS,
  type Layer,
  type LayerName,
  nodeFiles,
  type Row,
  table,
} from './layers.ts';
import { runNodeTests, runPatiently } from './node-tests.ts';
import { add, NOTHING, secondRuns, succeeded, summary, type Tally } from './tally.ts';

const CI = process.env.CI === 'true';

/** The engines to run in; those that are missing count as failed (Chromium, or any in CI) or skipped. */
function prepareEngines(names: readonly EngineName[]): { engines: EngineName[]; tally: Tally } {
  const missing = () => names.filter((name) => !findEngine(name));
  if (missing().length > 0) {
    console.log(`Missing: ${missing().join(', ')}. ${howToInstall(missing())}`);
    if (installOnDebian(missing())) console.log('Installed.');
  }
  let tally = NOTHING;
  const engines: EngineName[] = [];
  for (const name of names) {
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

function build(): Tally {
  const { status } = spawnSync(process.execPath, ['test/build/build.ts'], { stdio: 'inherit' });
  if (status === 0) return NOTHING;
  console.error('FAILED: the build.');
  return { ...NOTHING, failed: 1 };
}

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const rows: Row[] = [];

/** One layer, and how long it took. */
async function run(name: LayerName, tests: () => Tally | Promise<Tally>): Promise<void> {
  const layer: Layer = LAYERS[name];
  if (values.quick && layer.quick === undefined) return;
  const begun = performance.now();
  const tally = await tests();
  const seconds = Math.round((performance.now() - begun) / 1000);
  rows.push({ layer: layer.name, tally, seconds });
  console.log(table(rows.slice(-1)));
}

console.log(`Node ${process.versions.node}`);
console.log(announcement(values.quick));
const wanted = values.quick ? (['chromium'] as const) : ENGINES;
const { engines, tally: missing } = prepareEngines(wanted);
rows.push({ layer: 'engines', tally: missing, seconds: 0 });
const { units, modules, whole } = nodeFiles();

await run('units', () => runNodeTests(units, 2));
await run('build', build);
await run('modules', () => runNodeTests(modules, 2));
await run('components', () => (engines.length > 0 ? runComponentTests(engines) : NOTHING));
await run('whole', () => runPatiently(whole, 2));

const total = rows.map(({ tally }) => tally).reduce(add);
console.log(`\n${table(rows)}\n${secondRuns(total)}\n${summary(total)}`);
process.exitCode = succeeded(total) ? 0 : 1;
