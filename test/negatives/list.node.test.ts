/** Every number of the verifier's list has its test, and no number is used for two cases. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const VERIFIER = [...range(1, 63), ...range(76, 79), ...range(81, 83)];

/** Cases of the rungs that bring their own tests, named `neg-NN` there. */
const ELSEWHERE = range(76, 79);

const sources = (pattern: string) => globSync(pattern).map((file) => readFileSync(file, 'utf8'));
const numbers = (texts: readonly string[], pattern: RegExp) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, number]) => Number(number)));

test('each case of the verifier has exactly one test here, or its rung has one', () => {
  const here = numbers(sources('test/negatives/*.node.test.ts'), /^neg\(\s*(\d+),/gm);
  assert.deepEqual(
    here.toSorted((a, b) => a - b),
    VERIFIER.filter((number) => !ELSEWHERE.includes(number)),
  );
  const rungs = numbers(
    sources('{test,src/methods}/{handoff,photo}/**/*.node.test.ts'),
    /neg-(\d+)/g,
  );
  assert.deepEqual(
    ELSEWHERE.filter((number) => !rungs.includes(number)),
    [],
  );
});
