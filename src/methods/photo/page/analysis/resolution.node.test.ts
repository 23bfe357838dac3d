import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DOCUMENTS } from '../../documents.ts';
import type { Quad } from './geometry.ts';
import { dotsPerInch, tooCoarse } from './resolution.ts';

const LICENCE = DOCUMENTS['driving-licence'];

const upright = (width: number, height: number): Quad => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
];

describe('dotsPerInch', () => {
  const sensor = { width: 640, height: 360, finer: 3 };

  it('counts the pixels of the camera, not those of the frame that was judged', () => {
    const dots = dotsPerInch(upright(428, 428 / LICENCE.aspect), LICENCE, sensor, false);
    assert.equal(Math.round(dots ?? 0), 381);
  });

  it('takes the direction with fewer, but not the one a card is slanted in on purpose', () => {
    const slanted = upright(428, 0.6 * (428 / LICENCE.aspect));
    const dots = (onPurpose: boolean) =>
      Math.round(dotsPerInch(slanted, LICENCE, sensor, onPurpose) ?? 0);
    assert.deepEqual([dots(false), dots(true)], [229, 381]);
  });
});

describe('tooCoarse', () => {
  const cameras = [
    [320, 240, true],
    [640, 480, true],
    [480, 640, true],
    [1280, 720, false],
    [1080, 1920, false],
  ] as const;
  for (const [width, height, coarse] of cameras)
    it(`${coarse ? 'refuses' : 'takes'} a camera of ${width} × ${height}, however scaled down`, () => {
      const finer = width / 320;
      const judged = { width: 320, height: height / finer, finer };
      assert.equal(tooCoarse(LICENCE, judged), coarse);
    });

  it('does not ask where the camera is not known', () => {
    assert.equal(tooCoarse(LICENCE, { width: 320, height: 240, finer: undefined }), false);
  });
});
