import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { announcement, componentFiles, LAYERS, nodeFiles, table } from './layers.ts';
import { add, NOTHING, secondRuns, summary } from './tally.ts';

test('every test file is in exactly one layer', () => {
  const { units, modules, whole } = nodeFiles();
  const found = [...units, ...modules, ...whole, ...componentFiles()];
  const all = globSync('{src,demo,test}/**/*.test.ts').filter(
    (file) => !file.includes('node_modules'),
  );
  assert.deepEqual(found.toSorted(), all.toSorted());
});

test('what is announced is what runs, and for how long', () => {
  const text = announcement(false);
  for (const { name } of Object.values(LAYERS)) assert.match(text, new RegExp(`^  ${name} `, 'm'));
  assert.match(text, /^About \d+ minutes/m);
  assert.doesNotMatch(announcement(true), /end to end|modules/);
  assert.match(announcement(true), /^About \d\d seconds/m);
});

test('a table has a row for each layer, and second runs are counted by themselves', () => {
  const rows = [
    { layer: 'units', tally: { ...NOTHING, passed: 3 }, seconds: 12 },
    { layer: 'end to end', tally: { ...NOTHING, passed: 2, again: 1 }, seconds: 100 },
  ];
  assert.equal(
    table(rows),
    'units          12 s   3 passed, 0 failed, 0 skipped\n' +
      'end to end    100 s   2 passed, 0 failed, 0 skipped, 1 in a second run',
  );
  const total = rows.map(({ tally }) => tally).reduce(add);
  assert.equal(secondRuns(total), '1 needed a second run');
  assert.equal(summary(total), '5 passed, 0 failed, 0 skipped');
});
