import { type Pixels, type Planes, toPlanes } from './plane.ts';

/**
 * Everything is judged at 280 to 560 px width. Edges of a card are long, so half the pixels of 640
 * find them as well; and blur that matters shows here too, with less noise over it. Below 280 the
 * pixels themselves would look like blur.
 */
const NARROWEST = 280;
/** Sums of more pixels than this squared would not fit the sixteen bits `toPlanes` has for them. */
const COARSEST = 16;
/** Tall frames are only looked at this much of their width up and down the middle. */
const TALLEST = 0.85;

/** A frame as the analysis sees it: the middle band of it, in brightness and warmth. */
export interface FrameView extends Planes {
  /** Frame pixels per pixel of the planes. */
  readonly scale: number;
  /** First row of the band in the frame. */
  readonly top: number;
}

export function viewFrame(pixels: Pixels): FrameView {
  const scale = Math.min(COARSEST, Math.max(1, Math.floor(pixels.width / NARROWEST)));
  const rows = Math.min(pixels.height, Math.round(pixels.width * TALLEST));
  const top = Math.floor((pixels.height - rows) / 2);
  return { ...toPlanes(pixels, top, rows, scale), scale, top };
}
