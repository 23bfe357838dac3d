import type { Quad } from './geometry.ts';

/**
 * How far a quad is from a rectangle of the wanted aspect seen by the assumed camera, whose axis
 * meets the middle of the frame: 0 for a perfect view. The first two columns of the homography,
 * seen as rays, must be as long as the sides of the rectangle and at right angles.
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
  const g = (sumX * underY - underX * sumY) / det;
  const h = (rightX * sumY - sumX * rightY) / det;
  const ux = (b.x - a.x + g * (b.x - width / 2)) / focal;
  const uy = (b.y - a.y + g * (b.y - height / 2)) / focal;
  const vx = (d.x - a.x + h * (d.x - width / 2)) / focal;
  const vy = (d.y - a.y + h * (d.y - height / 2)) / focal;
  const across = Math.sqrt(ux * ux + uy * uy + g * g);
  const down = Math.sqrt(vx * vx + vy * vy + h * h);
  const skew = (ux * vx + uy * vy + g * h) / (across * down);
  return Math.abs(Math.log(across / down / aspect)) + Math.abs(skew);
}
