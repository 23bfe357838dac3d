/**
 * `npm run fuzz`: two million inputs, and a report. `npm run fuzz -- --inputs 100000` for fewer;
 * `FUZZ_SEED` repeats a run. Ends with 1 if anything was found.
 */
import { parseArgs } from 'node:util';
import { firstSeed, TARGETS, type TargetName } from './targets.ts';
import { fuzzElsewhere } from './watchdog.ts';

const { values } = parseArgs({ options: { inputs: { type: 'string', default: '2000000' } } });
const total = Number(values.inputs);

/** Most where an input is cheap; the whole verification gets what costs most. */
const SHARES: Readonly<Record<TargetName, number>> = {
  reader: 0.75,
  verification: 0.15,
  parsers: 0.1,
};
const BAR_MS = 50;

const seed = firstSeed();
const findings: string[] = [];
const rows = [];
for (const [name, { script, batch }] of Object.entries(TARGETS)) {
  const batches = Math.ceil((total * SHARES[name as TargetName]) / batch);
  const began = performance.now();
  try {
    const report = await fuzzElsewhere(script, seed, batches);
    const { inputs, accepted, worst, worstInput } = report;
    if (worst >= BAR_MS) findings.push(`${name}: ${worst} ms of CPU for ${worstInput}`);
    rows.push({
      name,
      inputs,
      accepted,
      worstCpuMs: worst,
      seconds: Math.round((performance.now() - began) / 1_000),
    });
  } catch (error) {
    findings.push(`${name}: ${error}`);
  }
}
console.log(
  JSON.stringify(
    {
      seed,
      inputs: rows.reduce((sum, row) => sum + row.inputs, 0),
      findings,
      barCpuMs: BAR_MS,
      rows,
    },
    null,
    2,
  ),
);
process.exitCode = findings.length > 0 ? 1 : 0;
