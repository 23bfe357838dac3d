import { type Quad, rowSpan } from './geometry.ts';
import type { Plane } from './plane.ts';
import { THRESHOLDS } from './thresholds.ts';

/** How light a frame, or a part of it, is. */
export interface Exposure {
  /** Mean luma, 0 to 255. */
  readonly mean: number;
  /** Luma that one pixel in twenty exceeds: how bright paper or print gets, on dark cards too. */
  readonly highlight: number;
  /** Share of the region too bright to hold detail, 0 to 1. */
  readonly clipped: number;
}

export function measureExposure({ data, width, height }: Plane, region: Quad): Exposure {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let y = 0; y < height; y++) {
    const span = rowSpan(region, y + 0.5, width);
    if (!span) continue;
    const end = y * width + span[1];
    for (let at = y * width + span[0]; at <= end; at++) {
      const value = data[at] ?? 0;
      histogram[value] = (histogram[value] ?? 0) + 1;
    }
    count += span[1] - span[0] + 1;
  }
  if (count === 0) return { mean: 0, highlight: 0, clipped: 0 };
  let sum = 0;
  let above = 0;
  let clipped = 0;
  let highlight = 0;
  for (let luma = 255; luma >= 0; luma--) {
    const pixels = histogram[luma] ?? 0;
    sum += luma * pixels;
    above += pixels;
    if (highlight === 0 && above >= count / 20) highlight = luma;
    if (luma >= THRESHOLDS.white) clipped += pixels;
  }
  return { mean: sum / count, highlight, clipped: clipped / count };
}
