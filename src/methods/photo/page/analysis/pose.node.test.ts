import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mapQuad, type Quad } from './geometry.ts';
import { estimatePose } from './pose.ts';

const ASPECT = 85.6 / 53.98;
const FOCAL = 256;

/** Corners of a card slanted about the level axis (top away for positive angles), three widths off. */
function slanted(degrees: number): Quad {
  const angle = (degrees * Math.PI) / 180;
  const half = 0.5 / ASPECT;
  const see = (x: number, y: number) => {
    const depth = 3 - y * Math.sin(angle);
    return { x: (FOCAL * x) / depth, y: (FOCAL * y * Math.cos(angle)) / depth };
  };
  return [see(-0.5, -half), see(0.5, -half), see(0.5, half), see(-0.5, half)];
}

describe('estimatePose', () => {
  for (const degrees of [-60, -45, -20, 20, 45, 60]) {
    it(`reads a slant of ${degrees}° and its direction`, () => {
      const pose = estimatePose(slanted(degrees), ASPECT, FOCAL);
      assert.ok(Math.abs(pose.tilt - Math.abs(degrees)) < 0.2, `tilt ${pose.tilt}`);
      assert.ok(Math.abs(pose.pitch - degrees) < 0.5, `pitch ${pose.pitch}`);
    });
  }

  it('reads a card facing the camera as flat', () => {
    assert.ok(estimatePose(slanted(0), ASPECT, FOCAL).tilt < 1);
  });

  it('tells which side of an upright slant is farther', () => {
    const turned = mapQuad(slanted(40), ({ x, y }) => ({ x: -y, y: x }));
    const [a, b, c, d] = turned;
    const pose = estimatePose([d, a, b, c], 1 / ASPECT, FOCAL);
    assert.ok(Math.abs(pose.tilt - 40) < 0.5, `tilt ${pose.tilt}`);
    assert.ok(pose.yaw > 35, `yaw ${pose.yaw}`);
  });
});
