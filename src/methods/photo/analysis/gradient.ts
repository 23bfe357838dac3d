import type { Plane } from './plane.ts';

/** How many units of a `Gradient` one grey level per pixel makes. */
export const LEVEL = 32;

/** Side of the squares over which the usual edge strength is averaged. */
const BLOCK = 16;

/** Slope of the brightness after a 3 × 3 binomial blur, in 1/32 grey level a pixel. */
export interface Gradient {
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly width: number;
  readonly height: number;
  /** The usual strength near a pixel: what an edge must stand out from. */
  readonly busyness: Int16Array;
}

/** At every pixel the stronger of the planes' gradients. */
export function gradient(first: Plane, second: Plane): Gradient {
  const { width, height } = first;
  const one = blur(first);
  const two = blur(second);
  const gx = new Int16Array(width * height);
  const gy = new Int16Array(width * height);
  const across = Math.ceil(width / BLOCK);
  const sums = new Float64Array(across * Math.ceil(height / BLOCK));
  for (let y = 2; y < height - 2; y++) {
    const blockRow = Math.floor(y / BLOCK) * across;
    for (let x = 2, at = y * width + 2; x < width - 2; x++, at++) {
      let dx = (one[at + 1] ?? 0) - (one[at - 1] ?? 0);
      let dy = (one[at + width] ?? 0) - (one[at - width] ?? 0);
      let strength = Math.abs(dx) + Math.abs(dy);
      const otherX = (two[at + 1] ?? 0) - (two[at - 1] ?? 0);
      const otherY = (two[at + width] ?? 0) - (two[at - width] ?? 0);
      const other = Math.abs(otherX) + Math.abs(otherY);
      if (other > strength) {
        dx = otherX;
        dy = otherY;
        strength = other;
      }
      gx[at] = dx;
      gy[at] = dy;
      sums[blockRow + (x >> 4)] = (sums[blockRow + (x >> 4)] ?? 0) + strength;
    }
  }
  return { x: gx, y: gy, width, height, busyness: spread(sums, width, height, across) };
}

function blur({ data, width, height }: Plane): Int16Array {
  const rows = new Int16Array(width * height);
  for (let at = 1; at < rows.length - 1; at++)
    rows[at] = (data[at - 1] ?? 0) + 2 * (data[at] ?? 0) + (data[at + 1] ?? 0);
  const soft = new Int16Array(width * height);
  for (let at = width; at < rows.length - width; at++)
    soft[at] = (rows[at - width] ?? 0) + 2 * (rows[at] ?? 0) + (rows[at + width] ?? 0);
  return soft;
}

/** Gives every pixel its block's mean. */
function spread(sums: Float64Array, width: number, height: number, across: number): Int16Array {
  const means = sums.map((sum) => sum / (BLOCK * BLOCK));
  const out = new Int16Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK) * across;
    for (let x = 0; x < width; x++, at++) out[at] = means[row + (x >> 4)] ?? 0;
  }
  return out;
}
