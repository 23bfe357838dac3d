/**
 * `npm run bench [-- --json]`: CPU time of verifications next to their floor and to other libraries,
 * of what surrounds them, and the first screen in a slow browser. `--quick` for fewer rounds,
 * `--no-browser` without the last. Says which bar is missed; on a busy machine run it again.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchFirstScreen } from './first-screen.ts';
import { benchGrowth, benchMdoc } from './mdoc.ts';
import { benchScan, benchWire } from './wire.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    'no-browser': { type: 'boolean', default: false },
  },
});
const rounds = values.quick ? 5 : 25;

const verification = await benchMdoc(rounds);
const cpuOf = (name: string): number => {
  const row = verification.find((it) => it.name === name);
  if (!row) throw new Error(`no row ${name}`);
  return row.cpuMs;
};
const bars = ['P-256', 'P-384'].flatMap((curve) => {
  const ours = cpuOf(`ours, ${curve} root`);
  const overFloor = ours / cpuOf(`floor, ${curve} root`);
  const auth0 = cpuOf(`@auth0/mdl, ${curve} root`);
  const overAuth0 = auth0 / ours;
  const floorOverAuth0 = auth0 / cpuOf(`floor, ${curve} root`);
  const ratio = (value: number) => Number(value.toFixed(2));
  return [
    { bar: `${curve} root: ours ≤ 1.5 × floor`, found: ratio(overFloor), met: overFloor <= 1.5 },
    {
      bar: `${curve} root: ≥ 5 × faster than @auth0/mdl`,
      found: ratio(overAuth0),
      // Nothing can be faster than this.
      floor: ratio(floorOverAuth0),
      met: overAuth0 >= 5,
    },
  ];
});

const result = {
  node: process.versions.node,
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
  bars,
  verification,
  around: await benchWire(rounds),
  scan: benchScan(),
  growth: await benchGrowth(rounds),
  firstScreen: values['no-browser'] ? null : await benchFirstScreen(values.quick ? 5 : 15),
};

if (values.json) console.log(JSON.stringify(result, null, 2));
else
  for (const part of Object.values(result))
    typeof part === 'string' ? console.log(part) : console.table(part);
