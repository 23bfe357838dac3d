import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING, succeeded, summary, tallySession, withSecondRun } from './tally.ts';

const passing = { passed: true, skipped: false };
const failing = { passed: false, skipped: false };
const skipped = { passed: false, skipped: true };

test('tests of nested suites are counted', () => {
  const inner = { suites: [], tests: [passing, failing, skipped] };
  const tally = tallySession({
    passed: false,
    testResults: { suites: [inner], tests: [passing] },
  });
  assert.equal(summary(tally), '2 passed, 1 failed, 1 skipped');
});

test('a file that never loaded counts as one failure', () => {
  assert.deepEqual(tallySession({ passed: false }), { ...NOTHING, failed: 1 });
});

test('a file whose tests passed but which failed as a whole counts as one failure', () => {
  const testResults = { suites: [], tests: [passing] };
  assert.deepEqual(tallySession({ passed: false, testResults }), {
    passed: 1,
    failed: 1,
    skipped: 0,
    again: 0,
  });
});

test('nothing tested is not success', () => {
  assert.equal(succeeded(NOTHING), false);
  assert.equal(succeeded({ ...NOTHING, passed: 1, skipped: 9 }), true);
  assert.equal(succeeded({ ...NOTHING, passed: 9, failed: 1 }), false);
});

test('a file that failed counts by its second run, and says so', () => {
  const first = { a: { ...NOTHING, passed: 3 }, b: { ...NOTHING, passed: 1, failed: 2 } };
  const passed = { ...NOTHING, passed: 3 };
  assert.deepEqual(withSecondRun(first, ['b'], { b: passed }), { ...passed, passed: 6, again: 2 });
  const failed = { ...NOTHING, passed: 2, failed: 1 };
  assert.deepEqual(withSecondRun(first, ['b'], { b: failed }), { ...failed, passed: 5 });
});

test('a second run that came to nothing has failed', () => {
  const first = { a: { ...NOTHING, passed: 3 }, b: { ...NOTHING, failed: 1 } };
  assert.deepEqual(withSecondRun(first, ['b'], {}), { ...NOTHING, passed: 3, failed: 1 });
});
