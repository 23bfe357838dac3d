import assert from 'node:assert/strict';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isCurrent } from './current.ts';

const RESULTS = ['dist/cdn/id-verify.js', 'dist/types/index.d.ts'];

test('a build is current until something it is made of is newer, or goes', () => {
  const soon = new Date(Date.now() + 60_000);
  const past = new Date(Date.now() - 60_000);
  for (const file of RESULTS) utimesSync(file, soon, soon);
  try {
    assert.equal(isCurrent(), true);
    utimesSync('dist/types/index.d.ts', past, past);
    const added = 'test/build/added.txt';
    writeFileSync(added, '');
    assert.equal(isCurrent(), false);
    rmSync(added);
    assert.equal(isCurrent(), false);
  } finally {
    const now = new Date();
    for (const file of RESULTS) utimesSync(file, now, now);
  }
});
