import type { Quad } from './geometry.ts';
import type { Plane } from './plane.ts';

/** Where ICAO Doc 9303-4 has its two lines on a data page, as shares of its height and width. */
const [TOP, BOTTOM] = [0.72, 0.98];
const [LEFT, RIGHT] = [0.07, 0.93];
const ROWS = 26;
/** Parts of a row, of about five letters each, and looks at each. */
const PARTS = 9;
const LOOKS = 12;
/** Least difference of print and paper within a part, in grey levels. */
const CONTRAST = 20;
/** Parts in which print may show in a row between the two lines. */
const QUIET = 3;

/** Whether two lines run from edge to edge along the bottom, as on every passport's data page. */
export function hasMachineLines(luma: Plane, quad: Quad): boolean {
  let lines = 0;
  let between = true;
  for (let row = 0; row < ROWS; row++) {
    const down = TOP + ((BOTTOM - TOP) * (row + 0.5)) / ROWS;
    let parts = 0;
    for (let part = 0; part < PARTS; part++) if (isPrinted(luma, quad, down, part)) parts++;
    if (parts <= QUIET) between = true;
    if (parts < PARTS - 1 || !between) continue;
    lines++;
    between = false;
  }
  return lines === 2;
}

function isPrinted({ data, width, height }: Plane, quad: Quad, down: number, part: number) {
  const [a, b, c, d] = quad;
  let darkest = 255;
  let brightest = 0;
  for (let look = 0; look < LOOKS; look++) {
    const across = LEFT + ((RIGHT - LEFT) * (part + (look + 0.5) / LOOKS)) / PARTS;
    const x = Math.round(
      (a.x + (b.x - a.x) * across) * (1 - down) + (d.x + (c.x - d.x) * across) * down,
    );
    const y = Math.round(
      (a.y + (b.y - a.y) * across) * (1 - down) + (d.y + (c.y - d.y) * across) * down,
    );
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const value = data[y * width + x] ?? 0;
    if (value < darkest) darkest = value;
    if (value > brightest) brightest = value;
  }
  return brightest - darkest >= CONTRAST;
}
