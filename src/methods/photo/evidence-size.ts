/** The size of a picture, as page and verifier must agree on it. */

/** The shorter side, in pixels: nobody recognizes anything on less. */
export const SMALLEST_SIDE = 200;
