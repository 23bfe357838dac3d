import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pureFunctions } from './pure.ts';

test('what makes a schema is pure, what checks by it is not', () => {
  const names = pureFunctions();
  for (const name of ['v.string', 'v.strictObject', 'cborMap', 'v.variant']) {
    assert.ok(names.includes(name), name);
  }
  for (const name of ['v.parse', 'v.safeParse', 'v.is', 'check', 'parseBody']) {
    assert.ok(!names.includes(name), name);
  }
});
