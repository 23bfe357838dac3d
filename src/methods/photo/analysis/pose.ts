import type { Point, Quad } from './geometry.ts';

/** How a flat card of known size lies before a camera of assumed focal length. */
export interface Pose {
  /** Between the card's normal and the line of sight to its centre, in degrees. */
  readonly tilt: number;
  /** The card's slant about the level axis: positive with its top edge farther away. Degrees. */
  readonly pitch: number;
  /** The card's slant about the upright axis: positive with its right edge farther away. Degrees. */
  readonly yaw: number;
  /** Root mean square distance between the quad and the fitted card, in pixels. */
  readonly residual: number;
}

/** Rotation vector, then position in units of the card's width. */
type Parameters = readonly [number, number, number, number, number, number];

interface Fitted {
  readonly fit: Parameters;
  readonly error: number;
}

/**
 * Fits a card of the given aspect to four corners by Gauss–Newton, from both slants that look alike
 * under weak perspective, and keeps the better one. Corners are relative to the frame's centre.
 */
export function estimatePose(quad: Quad, aspect: number, focal: number): Pose {
  const card = cardCorners(aspect);
  const [one, other] = starts(quad, aspect, focal).map((start) => {
    const fit = refine(start, card, quad, focal);
    return { fit, error: squaredError(fit, card, quad, focal) };
  }) as [Fitted, Fitted];
  const { fit, error } = other.error < one.error ? other : one;
  const normal = rotate(fit, 0, 0, 1);
  const sight = Math.hypot(fit[3], fit[4], fit[5]);
  const facing = (normal[0] * fit[3] + normal[1] * fit[4] + normal[2] * fit[5]) / sight;
  const degrees = 180 / Math.PI;
  return {
    tilt: Math.acos(Math.min(1, Math.abs(facing))) * degrees,
    pitch: Math.atan2(normal[1], normal[2]) * degrees,
    yaw: Math.atan2(-normal[0], normal[2]) * degrees,
    residual: Math.sqrt(error / 4),
  };
}

function cardCorners(aspect: number): Point[] {
  const half = 0.5 / aspect;
  return [
    { x: -0.5, y: -half },
    { x: 0.5, y: -half },
    { x: 0.5, y: half },
    { x: -0.5, y: half },
  ];
}

/** Reads roll, distance and slant off the mid-lines; the sign of the slant stays open. */
function starts(quad: Quad, aspect: number, focal: number): Parameters[] {
  const [a, b, c, d] = quad;
  const acrossX = (b.x + c.x - a.x - d.x) / 2;
  const acrossY = (b.y + c.y - a.y - d.y) / 2;
  const downX = (c.x + d.x - a.x - b.x) / 2;
  const downY = (c.y + d.y - a.y - b.y) / 2;
  const across = Math.hypot(acrossX, acrossY);
  const down = Math.hypot(downX, downY) * aspect;
  const size = Math.max(across, down);
  const pitch = Math.acos(Math.min(1, down / size));
  const yaw = Math.acos(Math.min(1, across / size));
  const z = focal / size;
  const x = ((a.x + b.x + c.x + d.x) / 4 / focal) * z;
  const y = ((a.y + b.y + c.y + d.y) / 4 / focal) * z;
  const roll = across > down ? Math.atan2(acrossY, acrossX) : Math.atan2(-downX, downY);
  return [1, -1].map((sign) => [sign * Math.max(0.1, pitch), sign * yaw, roll, x, y, z] as const);
}

/** Rodrigues' formula. */
function rotate(
  [rx, ry, rz]: Parameters,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const angle = Math.hypot(rx, ry, rz);
  if (angle < 1e-9) return [x, y, z];
  const [kx, ky, kz] = [rx / angle, ry / angle, rz / angle];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const dot = (kx * x + ky * y + kz * z) * (1 - cos);
  return [
    x * cos + (ky * z - kz * y) * sin + kx * dot,
    y * cos + (kz * x - kx * z) * sin + ky * dot,
    z * cos + (kx * y - ky * x) * sin + kz * dot,
  ];
}

function residuals(fit: Parameters, card: readonly Point[], quad: Quad, focal: number): number[] {
  return card.flatMap((corner, index) => {
    const [x, y, z] = rotate(fit, corner.x, corner.y, 0);
    const depth = Math.max(0.05, z + fit[5]);
    const seen = quad[index] ?? corner;
    return [(focal * (x + fit[3])) / depth - seen.x, (focal * (y + fit[4])) / depth - seen.y];
  });
}

function squaredError(fit: Parameters, card: readonly Point[], quad: Quad, focal: number): number {
  return residuals(fit, card, quad, focal).reduce((sum, value) => sum + value * value, 0);
}

const STEPS = 6;
const NUDGE = 1e-4;

function refine(start: Parameters, card: readonly Point[], quad: Quad, focal: number): Parameters {
  let fit = start;
  for (let step = 0; step < STEPS; step++) {
    const now = residuals(fit, card, quad, focal);
    const slopes = fit.map((_, index) => {
      const nudged = fit.map((value, at) =>
        at === index ? value + NUDGE : value,
      ) as unknown as Parameters;
      return residuals(nudged, card, quad, focal).map(
        (value, at) => (value - (now[at] ?? 0)) / NUDGE,
      );
    });
    const change = solveNormal(slopes, now);
    fit = fit.map((value, index) => value - (change[index] ?? 0)) as unknown as Parameters;
  }
  return fit;
}

/** Solves (JᵀJ + small damping) change = Jᵀ residuals by elimination. */
function solveNormal(slopes: readonly number[][], now: readonly number[]): number[] {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const size = slopes.length;
  const rows = slopes.map((slope, index) => [
    ...slopes.map((other, column) => dot(slope, other) * (column === index ? 1.001 : 1)),
    dot(slope, now),
  ]);
  for (let pivot = 0; pivot < size; pivot++) {
    const lead = rows[pivot];
    if (!lead) break;
    const scale = lead[pivot] || 1e-12;
    for (const row of rows) {
      if (row === lead) continue;
      const share = (row[pivot] ?? 0) / scale;
      for (let column = pivot; column <= size; column++)
        row[column] = (row[column] ?? 0) - share * (lead[column] ?? 0);
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] || 1e-12));
}
