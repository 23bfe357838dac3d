import type { Quad } from './geometry.ts';
import type { Size } from './judge.ts';
import { goesOn, type Support } from './support.ts';
import { THRESHOLDS } from './thresholds.ts';
import { difference, type Tone } from './tone.ts';

/** A side seems to lie outside the frame or under something; or the shape is another document's. */
export type Doubt = 'cut_off' | 'other_document';

/** One side of a quad: its line, between which places along it, and the ground on both sides. */
export interface Side {
  readonly support: Support;
  readonly from: number;
  readonly to: number;
  readonly inside: Tone;
  readonly outside: Tone;
}

/** Top, bottom, left and right. */
export type Sides = readonly [Side, Side, Side, Side];

/** Why an outline, however likely, may not be the document's. */
export function doubtAbout(
  sides: Sides,
  quad: Quad,
  size: Size,
  misfit: number,
  limit: number,
): Doubt | undefined {
  if (runOn(sides) > THRESHOLDS.goesOn) return 'cut_off';
  if (sides.some(crosses) || isCut(sides, quad, size)) return 'cut_off';
  return misfit > limit ? 'other_document' : undefined;
}

/**
 * How strongly, at the worst end of the card, both sides that lead there go on beyond it: a line of
 * the print that stands for a side is crossed by two others.
 */
export function runOn([top, bottom, left, right]: Sides): number {
  return Math.max(
    both(top, bottom, 'from'),
    both(top, bottom, 'to'),
    both(left, right, 'from'),
    both(left, right, 'to'),
  );
}

function both(one: Side, other: Side, end: 'from' | 'to'): number {
  const first = goesOn(one.support, one.from, one.to, end);
  const second = goesOn(other.support, other.from, other.to, end);
  return Math.min(first ?? second ?? 0, second ?? first ?? 0);
}

/**
 * Whether a side goes on at both its ends, as that of something wide which lies over the card. That
 * may be brighter than the table and darker than the card, which turns the step round.
 */
function crosses({ support, from, to }: Side): boolean {
  const before = goesOn(support, from, to, 'from', 'plain') ?? 0;
  const after = goesOn(support, from, to, 'to', 'plain') ?? 0;
  return Math.min(before, after) > THRESHOLDS.crosses;
}

/** A printed line has a step of no more, in sixteenths of a grey level: the table is not beyond it. */
const FAINT = 48;

const step = ({ inside, outside }: Side): number => difference(inside, outside);

/** A side nearer to the frame's border than this share of its width may be a line of the print … */
const NEAR = 0.06;
/** … so near to it, hardly anything of the table shows any more. */
const AT_BORDER = 0.02;
/** How much more like the card than like the table it must be, in sixteenths of a grey level … */
const ALIKE = 32;
/** … and how much more like the table, where little of that shows. */
const UNLIKE = 128;

/** Whether it is the card, not the table, that lies between a side and the border of the frame. */
function isCut(sides: Sides, [a, b, c, d]: Quad, { width, height }: Size): boolean {
  const room = [a.y + b.y, 2 * height - c.y - d.y, a.x + d.x, 2 * width - b.x - c.x].map(
    (twice) => twice / 2 / width,
  );
  const table = sides.filter((side, index) => (room[index] ?? 0) >= NEAR && step(side) > FAINT);
  return sides.some(({ outside }, side) => {
    const space = room[side] ?? 0;
    if (space >= NEAR) return false;
    const toCard = Math.min(...sides.map(({ inside }) => difference(outside, inside)));
    const toTable = Math.min(...table.map((other) => difference(outside, other.outside)));
    return toCard < toTable + (space < AT_BORDER ? UNLIKE : -ALIKE);
  });
}
