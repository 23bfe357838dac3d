/** Every parser and the whole verification under generated attack, each in a process that can be ended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstSeed, TARGETS, type TargetName } from './targets.ts';
import { fuzzElsewhere } from './watchdog.ts';

const INPUTS: Readonly<Record<TargetName, number>> = {
  reader: 200_000,
  verification: 20_000,
  parsers: 20_000,
};

for (const [name, { script, batch }] of Object.entries(TARGETS)) {
  const inputs = INPUTS[name as TargetName];
  test(`${name}: ${inputs} inputs, nothing but refusals, no hang, no changed content`, async (context) => {
    const seed = firstSeed();
    context.diagnostic(`seed ${seed} (FUZZ_SEED)`);
    const report = await fuzzElsewhere(script, seed, inputs / batch);
    const { accepted, worst, worstInput } = report;
    context.diagnostic(`${accepted} accepted, worst ${worst} ms (${worstInput.slice(0, 60)})`);
    assert.equal(report.inputs, inputs);
    assert.ok(accepted > inputs / 50, 'some input is good, or the others are refused for nothing');
    assert.ok(worst < 50, `${worst} ms: ${worstInput}`);
  });
}
