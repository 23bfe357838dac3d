/** Pixels of a picture and of the document in it, as page and verifier must agree on them. */

/** The shorter side of a picture, in pixels: nobody recognizes anything on less. */
export const SMALLEST_SIDE = 200;

/** Pixels per inch of a document: 674 over the 85.6 mm of ID-1, which keeps its small print. */
export const LEAST_DPI = 200;

const MM_PER_INCH = 25.4;

/**
 * Pixels per inch of a document, across or down, whichever is fewer; across alone where it is slanted
 * on purpose.
 * @param quad corners from the top left clockwise, x and y each
 */
export function dotsPerInch(
  quad: readonly number[],
  { widthMm, aspect }: { readonly widthMm: number; readonly aspect: number },
  slanted: boolean,
): number {
  const side = (from: number, to: number) => {
    const at = (corner: number) => [quad[2 * corner] ?? 0, quad[2 * corner + 1] ?? 0] as const;
    const [[x, y], [u, v]] = [at(from), at(to)];
    return Math.hypot(u - x, v - y);
  };
  const across = ((side(0, 1) + side(3, 2)) / 2 / widthMm) * MM_PER_INCH;
  const down = ((side(0, 3) + side(1, 2)) / 2 / (widthMm / aspect)) * MM_PER_INCH;
  return slanted ? across : Math.min(across, down);
}
