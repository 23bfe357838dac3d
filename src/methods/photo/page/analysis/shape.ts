import type { Quad } from './geometry.ts';

/** Lenses may be this much shorter or longer than assumed: fields of view of 72° to 56°. */
const SHORTER = 0.86;
const LONGER = 1.17;

/**
 * How far a quad is from a rectangle of the wanted aspect seen by a camera whose axis meets the
 * middle of the frame: 0 for a perfect view by some likely lens. The first two columns of the
 * homography, seen as rays, must be as long as the sides of the rectangle and at right angles.
 */
export function misshape(
  [a, b, c, d]: Quad,
  aspect: number,
  focal: number,
  width: number,
  height: number,
): number {
  const sumX = a.x - b.x + c.x - d.x;
  const sumY = a.y - b.y + c.y - d.y;
  const [rightX, rightY] = [b.x - c.x, b.y - c.y];
  const [underX, underY] = [d.x - c.x, d.y - c.y];
  const det = rightX * underY - underX * rightY;
  const g = ((sumX * underY - underX * sumY) / det) * focal;
  const h = ((rightX * sumY - sumX * rightY) / det) * focal;
  const ux = b.x - a.x + (g / focal) * (b.x - width / 2);
  const uy = b.y - a.y + (g / focal) * (b.y - height / 2);
  const vx = d.x - a.x + (h / focal) * (d.x - width / 2);
  const vy = d.y - a.y + (h / focal) * (d.y - height / 2);
  const across = ux * ux + uy * uy;
  const down = vx * vx + vy * vy;
  const skew = (ux * vx + uy * vy + g * h) / Math.sqrt((across + g * g) * (down + h * h));
  const off = (lens: number) =>
    Math.log((across + g * g * lens * lens) / (down + h * h * lens * lens)) / 2 - Math.log(aspect);
  const short = off(SHORTER);
  const long = off(LONGER);
  const wrongAspect = short * long < 0 ? 0 : Math.min(Math.abs(short), Math.abs(long));
  return wrongAspect + Math.abs(skew);
}
