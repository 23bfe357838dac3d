/**
 * `node test/bench/photo/report.ts [frames per condition] [seed] [condition…]`: how well frames are
 * judged, per condition, and where none is named also how fast. A table for people, then one line of
 * JSON.
 */

import { installBeside } from '../../install-beside.ts';
import { BACKGROUND_NAMES } from './backgrounds.ts';
import { CONDITIONS } from './conditions.ts';
import { type Figures, measure, quantile, type Sample, summarise } from './measure.ts';
import { judgePhotographs } from './photographs-judged.ts';
import { SceneGenerator } from './scene-generator.ts';
import { REPORT_SEED, TUNING_SEEDS } from './seeds.ts';
import { timeFrames } from './timing.ts';
import { timeToCapture } from './tremor.ts';

const frames = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? REPORT_SEED);
const named = process.argv.slice(4);
const conditions = CONDITIONS.filter(({ name }) => named.length === 0 || named.includes(name));
const generator = new SceneGenerator(seed);

const percent = (share: number | undefined) =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
const degrees = (value: number | undefined) => (value === undefined ? '–' : `${value.toFixed(1)}°`);

console.log(
  `Tuned on seeds ${TUNING_SEEDS.join(', ')}; these figures: seed ${seed}, ${frames} frames each.\n`,
);
const row = (cells: readonly string[]) =>
  console.log(
    cells.map((cell, index) => (index === 0 ? cell.padEnd(26) : cell.padStart(12))).join(''),
  );
row(['condition', 'found', 'wrong', 'wrong good', 'good', 'false bad', 'tilt p90', 'of good']);

const figures: Figures[] = [];
const onTables: Sample[] = [];
for (const condition of conditions) {
  const samples = measure(generator, condition, frames);
  if (['clean', 'moderate', 'moderate, flat'].includes(condition.name)) onTables.push(...samples);
  const result = summarise(condition, samples);
  figures.push(result);
  row([
    result.condition,
    condition.name === 'no card' ? '–' : percent(result.found),
    percent(result.wrongOutline),
    percent(result.wrongGood),
    percent(result.good),
    percent(result.falseBad),
    degrees(result.tiltError),
    degrees(result.tiltErrorOfGood),
  ]);
}

if (onTables.length > 0) console.log('\nClean and moderate scenes by table:');
const byTable = BACKGROUND_NAMES.flatMap((name) => {
  const there = onTables.filter(({ scene }) => scene.backgroundName === name);
  if (there.length === 0) return [];
  const found = there.filter((sample) => sample.overlap >= 0.9).length / there.length;
  row([name, percent(found), `of ${there.length}`]);
  return [{ name, frames: there.length, found }];
});

const SEQUENCES = 20;

async function measureSpeed() {
  const times = Array.from({ length: SEQUENCES }, (_, number) => timeToCapture(generator, number));
  const captured = times.filter((time) => time !== undefined);
  const capture = {
    sequences: SEQUENCES,
    captured: captured.length,
    medianMs: quantile(captured, 0.5),
    p90Ms: quantile(captured, 0.9),
  };
  console.log(
    `\nTime to capture with hand tremor: ${captured.length} of ${SEQUENCES} within 6 s, ` +
      `median ${capture.medianMs?.toFixed(0)} ms, 90th percentile ${capture.p90Ms?.toFixed(0)} ms.`,
  );

  const timing = await timeFrames(generator);
  console.log('\nOne frame of a film, in milliseconds:');
  row(['', 'frame', 'processor', 'clock', 'found']);
  for (const { name, width, cpuMilliseconds, milliseconds, found } of timing)
    row([
      name,
      `${width} px`,
      ...[cpuMilliseconds, milliseconds].map((value) => value.toFixed(1)),
      percent(found),
    ]);
  return { capture, timing };
}

/** What is measured once, whatever the seed, where no condition is named. */
async function measureRest() {
  installBeside('test/bench/photo');
  const speed = await measureSpeed();
  const photographs = await judgePhotographs();
  if (photographs) {
    console.log('\nPhotographs of playing cards as windows of a frame:');
    for (const [what, count] of Object.entries(photographs)) row([what, String(count)]);
  }
  return { ...speed, photographs };
}

const rest = named.length === 0 ? await measureRest() : undefined;
console.log(`\n${JSON.stringify({ seed, tuningSeeds: TUNING_SEEDS, figures, byTable, ...rest })}`);
