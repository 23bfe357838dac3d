import type { Plane } from './plane.ts';

/** How many units of a `Gradient` one grey level per pixel makes. */
export const LEVEL = 32;

/** Side of the squares over which the usual edge strength is averaged, as a power of two. */
export const BLOCK_BITS = 4;
const BLOCK = 1 << BLOCK_BITS;

/** Slope of the brightness after a 3 × 3 binomial blur, in 1/32 grey level a pixel. */
export interface Gradient {
  /** The first plane after that blur, in sixteenths of a grey level. */
  readonly soft: Int16Array;
  /** The second plane likewise. */
  readonly tint: Int16Array;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly width: number;
  readonly height: number;
  /** The usual strength in each block: what an edge must stand out from. */
  readonly busyness: Float32Array;
  readonly blocksAcross: number;
}

/** At every pixel the stronger of the planes' gradients. */
export function gradient(first: Plane, second: Plane): Gradient {
  const { width, height } = first;
  const rows = new Int16Array(width * height);
  const one = blur(first, rows);
  const two = blur(second, rows);
  const gx = new Int16Array(width * height);
  const gy = new Int16Array(width * height);
  const blocksAcross = Math.ceil(width / BLOCK);
  const busyness = new Float32Array(blocksAcross * Math.ceil(height / BLOCK));
  for (let y = 2; y < height - 2; y++) {
    const blockRow = (y >> BLOCK_BITS) * blocksAcross;
    for (let x = 2, at = y * width + 2; x < width - 2; ) {
      const block = blockRow + (x >> BLOCK_BITS);
      const end = Math.min(width - 2, (x | (BLOCK - 1)) + 1);
      let run = 0;
      for (; x < end; x++, at++) {
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
        run += strength;
      }
      busyness[block] = (busyness[block] ?? 0) + run / (BLOCK * BLOCK);
    }
  }
  return { soft: one, tint: two, x: gx, y: gy, width, height, busyness, blocksAcross };
}

/** `rows` is room to work in; all of it but its ends is overwritten. */
function blur({ data, width, height }: Plane, rows: Int16Array): Int16Array {
  for (let at = 1; at < rows.length - 1; at++)
    rows[at] = (data[at - 1] ?? 0) + 2 * (data[at] ?? 0) + (data[at + 1] ?? 0);
  const soft = new Int16Array(width * height);
  for (let at = width; at < rows.length - width; at++)
    soft[at] = (rows[at - width] ?? 0) + 2 * (rows[at] ?? 0) + (rows[at + width] ?? 0);
  return soft;
}
