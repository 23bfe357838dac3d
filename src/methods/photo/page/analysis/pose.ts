import { distance, type Quad } from './geometry.ts';

/** How a flat card of known size lies before a camera of assumed focal length. */
export interface Pose {
  /** Between the card's normal and the line of sight to its centre, in degrees. */
  readonly tilt: number;
  /** The card's slant about the level axis: positive with its top edge farther away. Degrees. */
  readonly pitch: number;
  /** The card's slant about the upright axis: positive with its right edge farther away. Degrees. */
  readonly yaw: number;
}

const DEGREES = 180 / Math.PI;
/** The depths follow from the mid-lines, and the mid-lines a little from the depths. */
const ROUNDS = 6;

/**
 * Reads the pose off the mid-lines of a quad. In space they are at right angles and one is `aspect`
 * times the other, which tells their depths but for a sign, well for a steep card and hardly for a
 * flat one; that a side looks shorter, because it is farther, tells both equally well at any slant.
 * Corners are relative to the frame's centre; lengths and depths are in pixels at the card's centre.
 */
export function estimatePose([a, b, c, d]: Quad, aspect: number, focal: number): Pose {
  const narrowing = focal * Math.log(distance(a, d) / distance(b, c));
  const shortening = focal * Math.log(distance(a, b) / distance(c, d));
  const [x, y] = [(a.x + b.x + c.x + d.x) / 4, (a.y + b.y + c.y + d.y) / 4];
  const [twistX, twistY] = [(a.x - b.x + c.x - d.x) / 4, (a.y - b.y + c.y - d.y) / 4];
  let [ux, uy, uz, vx, vy, vz] = [0, 0, 0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const [right, under] = [uz / focal, vz / focal];
    ux = (b.x - a.x + c.x - d.x) / 2 + right * x + under * twistX;
    uy = (b.y - a.y + c.y - d.y) / 2 + right * y + under * twistY;
    vx = (c.x - b.x + d.x - a.x) / 2 + under * x + right * twistX;
    vy = (c.y - b.y + d.y - a.y) / 2 + under * y + right * twistY;
    const across = Math.hypot(ux, uy);
    const down = Math.hypot(vx, vy);
    const skew = 2 * aspect * (ux * vx + uy * vy);
    const shorter = (aspect * down) ** 2 - across ** 2;
    const both = Math.hypot(shorter, skew);
    uz = Math.sqrt((both + shorter) / 2);
    vz = Math.sqrt((both - shorter) / 2) / (skew > 0 ? -aspect : aspect);
    const sign = uz * narrowing + vz * shortening < 0 ? -1 : 1;
    uz = blend(sign * uz, narrowing, across, focal);
    vz = blend(sign * vz, shortening, down, focal);
  }
  const nx = uy * vz - uz * vy;
  const ny = uz * vx - ux * vz;
  const nz = ux * vy - uy * vx;
  const sightX = x + (uz * ux + vz * vx) / focal / 4;
  const sightY = y + (uz * uy + vz * vy) / focal / 4;
  const facing =
    (nx * sightX + ny * sightY + nz * focal) /
    (Math.hypot(nx, ny, nz) * Math.hypot(sightX, sightY, focal));
  return {
    tilt: Math.acos(Math.min(1, facing)) * DEGREES,
    pitch: Math.atan2(ny, nz) * DEGREES,
    yaw: Math.atan2(-nx, nz) * DEGREES,
  };
}

/** How uncertain a reading from narrowing is, next to one from shortening by as many pixels. */
const NARROWING = 0.5;

/** The mean of two readings of a mid-line's depth, each weighted by how little an error moves it. */
function blend(shortened: number, narrowed: number, length: number, focal: number): number {
  const sure = shortened ** 2;
  const other = ((NARROWING * length * length) / focal) ** 2;
  return (shortened * sure + narrowed * other) / (sure + other);
}
