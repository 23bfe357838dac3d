/** Where card and face should be: the card by its corners, flat, or slanted as a ghost. */

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The oval as shares of the frame's shorter side, as the analysis judges it. */
export const OVAL = { width: 0.5, height: 0.66 };

/** The guide fills this much of the largest upright card that fits. */
const FILL = 0.84;
/** The middle of the band in which a thickness shot is taken, in radians. */
const GHOST_TILT = (45 * Math.PI) / 180;
/** As the analysis assumes it of phones. */
const FOCAL_OVER_LONG_SIDE = 0.8;

export function flatGuide(aspect: number, width: number, height: number): Spot[] {
  const across = FILL * Math.min(width, height * aspect);
  const down = across / aspect;
  const [x, y] = [(width - across) / 2, (height - down) / 2];
  return [
    { x, y },
    { x: x + across, y },
    { x: x + across, y: y + down },
    { x, y: y + down },
  ];
}

/** The card at 45°, its far edge up, by a pinhole camera. */
export function ghostCard(aspect: number, width: number, height: number): Spot[] {
  const near = FILL * Math.min(width, height * aspect);
  const focal = FOCAL_OVER_LONG_SIDE * Math.max(width, height);
  const half = 0.5 / aspect;
  const nearDepth = focal / near;
  const farDepth = nearDepth + 2 * half * Math.sin(GHOST_TILT);
  const rise = half * Math.cos(GHOST_TILT);
  const far = focal / farDepth;
  const [top, bottom] = [(-focal * rise) / farDepth, (focal * rise) / nearDepth];
  const middle = (top + bottom) / 2;
  const at = (x: number, y: number): Spot => ({ x: width / 2 + x, y: height / 2 + y - middle });
  return [at(-far / 2, top), at(far / 2, top), at(near / 2, bottom), at(-near / 2, bottom)];
}

export const path = (spots: readonly Spot[]): string =>
  `M${spots.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
