import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withoutEval } from './eval-free.ts';

const decoder = readFileSync(new URL('../node_modules/cbor-x/decode.js', import.meta.url), 'utf8');

test('the installed cbor-x loses every use of Function', () => {
  assert.doesNotMatch(withoutEval(decoder), /new Function\b/);
});

test('a cbor-x whose text has changed is refused, not passed on', () => {
  assert.throws(() => withoutEval(decoder.replace("new Function('')", '')), /has changed/);
});
