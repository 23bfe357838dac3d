import { type Pixels, type Planes, toPlanes } from './plane.ts';

/**
 * Width, about, at which everything is judged. Edges of a card are long, so half the pixels find
 * them as well; and blur that matters shows here too, with less noise over it.
 */
const WIDTH = 320;
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
  const scale = Math.max(1, Math.round(pixels.width / WIDTH));
  const rows = Math.min(pixels.height, Math.round(pixels.width * TALLEST));
  const top = Math.floor((pixels.height - rows) / 2);
  return { ...toPlanes(pixels, top, rows, scale), scale, top };
}
