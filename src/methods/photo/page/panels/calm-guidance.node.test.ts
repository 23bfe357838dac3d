import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guidance } from '../capture/guidance.ts';
import { CalmGuidance } from './calm-guidance.ts';

type Plain = Exclude<Guidance['code'], 'glare'>;

/** What is shown after each of these frames. */
function shown(...codes: Plain[]): string[] {
  const calm = new CalmGuidance();
  return codes.map((code) => calm.after({ code }).code);
}

test('the first is said at once', () => {
  assert.deepEqual(shown('too_small'), ['too_small']);
});

test('two that take turns do not jump', () => {
  const frames = Array.from(
    { length: 12 },
    (_, index): Plain => (index % 3 === 0 ? 'not_found' : 'too_small'),
  );
  assert.deepEqual(new Set(shown('too_small', ...frames)), new Set(['too_small']));
});

test('another is said once three frames agree', () => {
  assert.deepEqual(shown('not_found', 'too_small', 'too_small', 'too_small'), [
    'not_found',
    'not_found',
    'not_found',
    'too_small',
  ]);
});

test('that all is well is said at once', () => {
  assert.deepEqual(shown('too_small', 'hold_still', 'good'), ['too_small', 'hold_still', 'good']);
});

test('a reflection that wanders from frame to frame stays where it was said to be', () => {
  const calm = new CalmGuidance();
  const places = ['left', 'top', 'left', 'top'] as const;
  const said = places.map((place) => calm.after({ code: 'glare', place }));
  assert.deepEqual(said, Array(4).fill({ code: 'glare', place: 'left' }));
});
