import assert from 'node:assert/strict';
import { test } from 'node:test';

for (const entry of [
  'id-verify',
  'id-verify/verifier',
  'id-verify/verifier/sqlite',
  'id-verify/photo-analysis',
  'id-verify/testing',
]) {
  test(`${entry} can be imported in Node`, async () => {
    assert.notDeepEqual(Object.keys(await import(entry)), []);
  });
}
