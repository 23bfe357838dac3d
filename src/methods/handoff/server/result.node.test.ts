import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HandoffResult } from './provider.ts';
import { keptBytes, readKept } from './result.ts';

const result: HandoffResult = {
  rung: 'jpki',
  statement: 'a.b.c',
  statementIsPersonal: true,
  claims: { name: '番号　花子', age_over_20: true },
  checks: [{ id: 'handoff.state', outcome: 'passed' }],
  certificateStatus: { status: 'good', at: 5 },
  signature: { value: Uint8Array.of(1), certificate: Uint8Array.of(2, 3) },
};

test('what an operator told is read as it was kept', () => {
  const read = readKept(keptBytes(result));
  assert.deepEqual({ ...read, claims: { ...read.claims } }, result);
});

test('what it did not tell is not there', () => {
  const { rung, statement, claims, checks } = result;
  const read = readKept(keptBytes({ rung, statement, claims, checks }));
  assert.equal(read.statementIsPersonal, false);
  assert.deepEqual(['certificateStatus' in read, 'signature' in read], [false, false]);
});

test('a form of another version is refused', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const kept = JSON.parse(new TextDecoder().decode(keptBytes(result)));
  for (const other of [
    { ...kept, more: 1 },
    { ...kept, claims: [['no_such_claim', 'x']] },
  ]) {
    assert.throws(() => readKept(bytes(other)), { code: 'config/exchange' });
  }
});
