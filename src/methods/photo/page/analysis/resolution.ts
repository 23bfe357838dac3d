import { distance, type Quad } from './geometry.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What the analysis needs to know of a document; rows of `documents.ts` fit. */
export interface DocumentShape {
  /** Width over height. */
  readonly aspect: number;
  /** Its width as it lies before the camera. */
  readonly widthMm?: number;
  /** Whether two lines for machines run along its bottom. */
  readonly machineReadable?: boolean;
}

const MM_PER_INCH = 25.4;

/** The frame that is judged, in its pixels, and the camera it came from. */
export interface Sensor {
  readonly width: number;
  readonly height: number;
  /** Pixels of the camera for each one of the frame, where that is known. */
  readonly finer: number | undefined;
}

/**
 * Pixels per inch of the document that the camera gives, across or down, whichever is fewer. Down
 * does not count where the card is slanted on purpose. Null where a width is not known.
 */
export function dotsPerInch(
  [a, b, c, d]: Quad,
  { aspect, widthMm }: DocumentShape,
  { finer }: Sensor,
  slanted: boolean,
): number | null {
  if (!widthMm || !finer) return null;
  const perMm = finer * MM_PER_INCH;
  const across = ((distance(a, b) + distance(d, c)) / 2 / widthMm) * perMm;
  if (slanted) return across;
  const down = ((distance(a, d) + distance(b, c)) / 2 / widthMm) * aspect * perMm;
  return Math.min(across, down);
}

/** Whether the document, held as close as it can be, still has too few pixels. */
export function tooCoarse(
  { aspect, widthMm }: DocumentShape,
  { width, height, finer }: Sensor,
): boolean {
  if (!widthMm || !finer) return false;
  const across = Math.min(width, height * aspect) * THRESHOLDS.largest * finer;
  return (across / widthMm) * MM_PER_INCH < THRESHOLDS.dotsPerInch;
}
