import { type Exposure, measureExposure } from './exposure.ts';
import { viewFrame } from './frame.ts';
import type { Quad } from './geometry.ts';
import type { Pixels, Plane } from './plane.ts';
import { measureBlur } from './sharpness.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What stands in the way of a picture of the face; `good` where nothing does. */
export type FaceAdvice = 'too_dark' | 'too_bright' | 'blurred' | 'moving' | 'good';

/** One frame, judged where the oval guide is. */
export interface FaceAnalysis {
  readonly exposure: Exposure;
  /** 1 over the blur in pixels at 640 px frame width; 0 if unknown. */
  readonly sharpness: number;
  /** Mean change of luma inside the guide since the frame before, 0 to 255; 0 without one. */
  readonly motion: number;
  readonly advice: FaceAdvice;
  /** For the next call's `before`. Small, and holds the person's picture: do not keep it longer. */
  readonly luma: Plane;
}

/** The box of the oval guide: shares of the frame's shorter side. */
const GUIDE = { width: 0.5, height: 0.66 };

/**
 * Judges light, blur and motion where the oval guide is. Finds no face and claims nothing about
 * one: that is a detector's and, in the end, the reviewer's part.
 */
export function analyseFace(pixels: Pixels, before?: FaceAnalysis): FaceAnalysis {
  const { luma } = viewFrame(pixels);
  const guide = guideBox(luma);
  const exposure = measureExposure(luma, guide);
  const blur = measureBlur(luma, guide);
  const motion = before ? change(before.luma, luma, guide) : 0;
  return {
    exposure,
    sharpness: blur === undefined ? 0 : 1 / blur,
    motion,
    advice: advise(exposure, blur, motion),
    luma,
  };
}

function advise(exposure: Exposure, blur: number | undefined, motion: number): FaceAdvice {
  if (exposure.mean < THRESHOLDS.faceDarkest) return 'too_dark';
  if (exposure.mean > THRESHOLDS.faceBrightest || exposure.clipped > THRESHOLDS.washedOut)
    return 'too_bright';
  if (motion > THRESHOLDS.faceMotion) return 'moving';
  return blur === undefined || blur > THRESHOLDS.faceBlur ? 'blurred' : 'good';
}

function guideBox({ width, height }: Plane): Quad {
  const side = Math.min(width, height);
  const [x, y] = [(side * GUIDE.width) / 2, (side * GUIDE.height) / 2];
  const [cx, cy] = [width / 2, height / 2];
  return [
    { x: cx - x, y: cy - y },
    { x: cx + x, y: cy - y },
    { x: cx + x, y: cy + y },
    { x: cx - x, y: cy + y },
  ];
}

function change(before: Plane, now: Plane, [from, , to]: Quad): number {
  if (before.width !== now.width || before.height !== now.height) return 0;
  let sum = 0;
  let count = 0;
  for (let y = Math.ceil(from.y); y < to.y; y++) {
    for (let x = Math.ceil(from.x); x < to.x; x++, count++) {
      const at = y * now.width + x;
      sum += Math.abs((now.data[at] ?? 0) - (before.data[at] ?? 0));
    }
  }
  return count === 0 ? 0 : sum / count;
}
