import { area, type Box, type Point, type Quad, rowSpan } from './geometry.ts';
import type { Plane } from './plane.ts';
import { THRESHOLDS } from './thresholds.ts';

/** Where on the card, as the person sees it. */
export const PLACES = [
  'top-left',
  'top',
  'top-right',
  'left',
  'centre',
  'right',
  'bottom-left',
  'bottom',
  'bottom-right',
] as const;
/** One of `PLACES`. */
export type Place = (typeof PLACES)[number];

/** A reflection that hides part of the card. */
export interface Glare {
  readonly place: Place;
  /** Share of the card it covers, 0 to 1. */
  readonly share: number;
  readonly box: Box;
}

/** A mirrored lamp is colourless: how far the warmth plane may stray from its middle. */
const COLOURLESS = 14;

/** A reflection is that much brighter than the paper, in grey levels; white paper is no reflection. */
const BRIGHTER = 12;
/** What is so bright is a lamp on any paper. */
const LAMP = 254;

/** Finds the connected white areas of the card large enough to matter, largest first. */
export function findGlare(luma: Plane, warmth: Plane, card: Quad): Glare[] {
  const open = whitePixels(luma, warmth, card);
  const whole = Math.abs(area(card));
  const found: Glare[] = [];
  for (let start = open.indexOf(1); start >= 0; start = open.indexOf(1, start + 1)) {
    const spot = flood(open, luma.width, start);
    const share = spot.count / whole;
    if (share < THRESHOLDS.glare) continue;
    found.push({ place: placeOf(spot.centre, card), share, box: spot.box });
  }
  return found.sort((one, other) => other.share - one.share);
}

function whitePixels(luma: Plane, warmth: Plane, card: Quad): Uint8Array {
  const open = new Uint8Array(luma.data.length);
  const white = Math.max(THRESHOLDS.white, Math.min(LAMP, paperOf(luma, card) + BRIGHTER));
  for (let y = 0; y < luma.height; y++) {
    const span = rowSpan(card, y + 0.5, luma.width);
    if (!span) continue;
    const end = y * luma.width + span[1];
    for (let at = y * luma.width + span[0]; at <= end; at++) {
      if ((luma.data[at] ?? 0) < white) continue;
      if (Math.abs((warmth.data[at] ?? 0) - 128) <= COLOURLESS) open[at] = 1;
    }
  }
  return open;
}

/** The luma that half of the card exceeds: print covers less. */
function paperOf({ data, width, height }: Plane, card: Quad): number {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let y = 0; y < height; y++) {
    const span = rowSpan(card, y + 0.5, width);
    if (!span) continue;
    for (let at = y * width + span[0]; at <= y * width + span[1]; at++) {
      const luma = data[at] ?? 0;
      histogram[luma] = (histogram[luma] ?? 0) + 1;
      count++;
    }
  }
  let luma = 255;
  for (let left = count / 2; luma > 0 && left > 0; luma--) left -= histogram[luma] ?? 0;
  return luma;
}

/** Takes one connected area out of the map. */
function flood(open: Uint8Array, width: number, start: number) {
  const queue = [start];
  open[start] = 0;
  let [count, sumX, sumY] = [0, 0, 0];
  let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    count++;
    sumX += x;
    sumY += y;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    for (const next of [at - 1, at + 1, at - width, at + width]) {
      if (open[next] !== 1) continue;
      open[next] = 0;
      queue.push(next);
    }
  }
  const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  return { count, centre: { x: sumX / count, y: sumY / count }, box };
}

/** Divides the card three by three along its own axes. */
function placeOf(point: Point, [a, b, c, d]: Quad): Place {
  const third = (alongX: number, alongY: number) => {
    const fromX = point.x - (a.x + b.x + c.x + d.x) / 4;
    const fromY = point.y - (a.y + b.y + c.y + d.y) / 4;
    const share = (fromX * alongX + fromY * alongY) / (alongX * alongX + alongY * alongY) + 0.5;
    return Math.min(2, Math.max(0, Math.floor(share * 3)));
  };
  const column = third((b.x + c.x - a.x - d.x) / 2, (b.y + c.y - a.y - d.y) / 2);
  const row = third((c.x + d.x - a.x - b.x) / 2, (c.y + d.y - a.y - b.y) / 2);
  return PLACES[row * 3 + column] ?? 'centre';
}
