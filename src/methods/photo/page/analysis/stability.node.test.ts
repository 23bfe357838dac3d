import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AdviceCode } from './advice.ts';
import type { FrameAnalysis } from './analyse.ts';
import { Stability } from './stability.ts';

function frame(x = 0, sharpness = 1, code: Exclude<AdviceCode, 'glare'> = 'good'): FrameAnalysis {
  const quad = [
    { x: 100 + x, y: 100 },
    { x: 500 + x, y: 100 },
    { x: 500 + x, y: 350 },
    { x: 100 + x, y: 350 },
  ] as const;
  const exposure = { mean: 120, highlight: 200, clipped: 0 };
  return { quad, tilt: null, dpi: null, sharpness, exposure, glare: [], advice: { code } };
}

describe('Stability', () => {
  it('asks to hold still, then gives the sharpest frame and all others back', () => {
    const stability = new Stability<string>(640);
    assert.equal(stability.add('a', frame(0, 1), 0).advice.code, 'hold_still');
    assert.equal(stability.add('b', frame(1, 1.1), 150).advice.code, 'hold_still');
    const last = stability.add('c', frame(2, 1.05), 400);
    assert.equal(last.advice.code, 'good');
    assert.equal(last.best, 'b');
    assert.deepEqual([...last.dropped].sort(), ['a', 'c']);
  });

  it('says moving and starts again when corners jump', () => {
    const stability = new Stability<string>(640);
    stability.add('a', frame(0), 0);
    const jump = stability.add('b', frame(20), 200);
    assert.equal(jump.advice.code, 'moving');
    assert.deepEqual(jump.dropped, ['a']);
    assert.equal(stability.add('c', frame(20), 450).best, undefined);
  });

  it('does not capture while focus is still hunting', () => {
    const stability = new Stability<string>(640);
    stability.add('a', frame(0, 0.7), 0);
    assert.equal(stability.add('b', frame(0, 1.2), 400).advice.code, 'moving');
  });

  it('does not trust two frames far apart in time', () => {
    const stability = new Stability<string>(640);
    stability.add('a', frame(), 0);
    assert.equal(stability.add('b', frame(), 2000).best, undefined);
  });

  it('gives every frame back when one is not good, and passes its advice on', () => {
    const stability = new Stability<string>(640);
    stability.add('a', frame(), 0);
    const bad = stability.add('b', frame(0, 1, 'blurred'), 100);
    assert.equal(bad.advice.code, 'blurred');
    assert.deepEqual(bad.dropped, ['a', 'b']);
    assert.deepEqual(stability.clear(), []);
  });
});
