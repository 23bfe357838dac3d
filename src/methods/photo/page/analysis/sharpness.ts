import { type Quad, rowSpan } from './geometry.ts';
import type { Plane } from './plane.ts';

/** Rows averaged into one signal: takes noise out without touching strokes that cross them. */
const ROWS = 3;
/** Steps to each side within which an edge must finish. */
const WINDOW = 3;
/** Contrast in grey levels from which an edge tells more about the lens than about noise. */
const CONTRAST = 40;
/** Edges needed before a direction has a say. */
const ENOUGH = 25;
const BINS = 100;
/** Frame width to which blur is related. */
const REFERENCE = 640;

/**
 * Blur inside a region, as the deviation of a Gaussian in pixels at 640 px frame width.
 *
 * The variance of a Laplacian would grow with noise and with the amount of print, so each edge is
 * judged by itself: its steepest step over its whole contrast. A step edge blurred by σ rises by
 * about 0.4 / σ of its height in one pixel, whatever its contrast. Across and down are judged
 * apart, because motion blurs only one of them, and the worse one counts.
 *
 * Undefined where the region shows too few edges to tell.
 */
export function measureBlur(plane: Plane, region: Quad): number | undefined {
  const across = steepness(plane, region);
  const down = steepness(transpose(plane), mirror(region));
  const worse = Math.min(across ?? 1, down ?? 1);
  return across === undefined && down === undefined
    ? undefined
    : ((0.4 / worse) * REFERENCE) / plane.width;
}

/** The steepness that three of four edges along the rows stay below. */
function steepness({ data, width, height }: Plane, region: Quad): number | undefined {
  const histogram = new Uint32Array(BINS + 1);
  const signal = new Int16Array(width);
  let edges = 0;
  for (let y = 0; y + ROWS <= height; y += ROWS) {
    const span = rowSpan(region, y + ROWS / 2, width);
    if (!span) continue;
    const [from, to] = span;
    for (let x = from, at = y * width + from; x <= to; x++, at++)
      signal[x] = (data[at] ?? 0) + (data[at + width] ?? 0) + (data[at + 2 * width] ?? 0);
    for (let x = from + WINDOW; x < to - WINDOW; x++) {
      const slope = Math.abs((signal[x + 1] ?? 0) - (signal[x] ?? 0));
      if (slope * (2 * WINDOW + 1) < CONTRAST * ROWS) continue;
      if (slope < Math.abs((signal[x] ?? 0) - (signal[x - 1] ?? 0))) continue;
      if (slope <= Math.abs((signal[x + 2] ?? 0) - (signal[x + 1] ?? 0))) continue;
      let low = signal[x] ?? 0;
      let high = low;
      for (let near = x - WINDOW; near <= x + 1 + WINDOW; near++) {
        const value = signal[near] ?? 0;
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      if (high - low < CONTRAST * ROWS) continue;
      const bin = Math.round((BINS * slope) / (high - low));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
      edges++;
    }
  }
  if (edges < ENOUGH) return undefined;
  let left = edges * 0.25;
  let bin = BINS;
  while (bin > 0 && left > (histogram[bin] ?? 0)) left -= histogram[bin--] ?? 0;
  return bin / BINS;
}

function transpose({ data, width, height }: Plane): Plane {
  const turned = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) turned[x * height + y] = data[at] ?? 0;
  return { data: turned, width: height, height: width };
}

function mirror([a, b, c, d]: Quad): Quad {
  const swap = ({ x, y }: { x: number; y: number }) => ({ x: y, y: x });
  return [swap(a), swap(d), swap(c), swap(b)];
}
