import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import {
  borrowedBytes,
  copiedBytes,
  functionSchema,
  instant,
  objectWithMethods,
  parseOptions,
  wellFormedText,
} from './option-schemas.ts';
import * as v from './schema.ts';

const refused = { code: 'config/option' };

test('bytes are copied, or borrowed as they are, of whatever realm', () => {
  const bytes = Uint8Array.of(1, 2);
  const copy = parseOptions(copiedBytes, bytes);
  assert.deepEqual(copy, bytes);
  assert.notEqual(copy.buffer, bytes.buffer);
  assert.equal(parseOptions(borrowedBytes, bytes), bytes);
  const foreign: unknown = runInNewContext('Uint8Array.of(1, 2)');
  assert.deepEqual(parseOptions(copiedBytes, foreign), bytes);
  for (const value of [[1, 2], 'ab', new ArrayBuffer(2), new Uint16Array(2), null, undefined]) {
    for (const schema of [copiedBytes, borrowedBytes]) {
      assert.throws(() => parseOptions(schema, value), refused);
    }
  }
});

test('an instant is a number or a Date that has one', () => {
  assert.equal(parseOptions(instant, 5), 5);
  assert.equal(parseOptions(instant, new Date(5)), 5);
  assert.equal(parseOptions(instant, 8.64e15), 8.64e15);
  assert.equal(parseOptions(instant, -8.64e15), -8.64e15);
  for (const value of [8.64e15 + 1, Number.NaN, new Date('x'), '5', 5n, null, undefined]) {
    assert.throws(() => parseOptions(instant, value), refused);
  }
});

test('text without half a pair', () => {
  for (const text of ['', 'a', '😀']) assert.equal(parseOptions(wellFormedText, text), text);
  for (const value of ['\ud800', 1, null]) {
    assert.throws(() => parseOptions(wellFormedText, value), refused);
  }
});

test('functions, and objects that have some', () => {
  const run = () => 1;
  assert.equal(parseOptions(functionSchema<typeof run>(), run), run);
  assert.throws(() => parseOptions(functionSchema(), { run }), refused);
  const schema = objectWithMethods<{ run(): void; stop(): void }>('run', 'stop');
  const both = { run, stop: run };
  assert.equal(parseOptions(schema, both), both);
  for (const value of [{ run }, { run, stop: 1 }, null, undefined, 'run']) {
    assert.throws(() => parseOptions(schema, value), refused);
  }
});

test('the option that is wrong is named', () => {
  const schema = v.object({ now: instant });
  assert.throws(() => parseOptions(schema, { now: 'x' }), { ...refused, message: /at now$/ });
});
