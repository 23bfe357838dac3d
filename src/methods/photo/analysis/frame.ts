import { LUMA, type Pixels, type Plane, shrink, toPlane, WARMTH } from './plane.ts';

/** Width at which outlines are searched. */
const COARSE = 320;
/** Width at which blur still shows. */
const FINE = 640;
/** Tall frames are only looked at this much of their width up and down the middle. */
const TALLEST = 0.85;

/** A frame as the analysis sees it: the middle band of it, in brightness and warmth. */
export interface FrameView {
  /** Brightness fine enough to judge blur, if the frame has that many pixels. */
  readonly fine: Plane;
  readonly luma: Plane;
  readonly warmth: Plane;
  /** Frame pixels per pixel of `fine`, and of `luma` and `warmth`. */
  readonly fineScale: number;
  readonly scale: number;
  /** First row of the band in the frame. */
  readonly top: number;
}

export function viewFrame(pixels: Pixels): FrameView {
  const fineScale = Math.max(1, Math.round(pixels.width / FINE));
  const step = Math.max(1, Math.round(pixels.width / fineScale / COARSE));
  const scale = fineScale * step;
  const rows = Math.min(pixels.height, Math.round(pixels.width * TALLEST));
  const top = Math.floor((pixels.height - rows) / 2);
  const fine = toPlane(pixels, LUMA, top, rows, fineScale);
  return {
    fine,
    luma: shrink(fine, step),
    warmth: toPlane(pixels, WARMTH, top, rows, scale),
    fineScale,
    scale,
    top,
  };
}
