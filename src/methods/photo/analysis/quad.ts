import type { Quad } from './geometry.ts';
import type { Gradient } from './gradient.ts';
import { type Field, fields, findLines, fitLine, type Line } from './lines.ts';
import { misshape } from './shape.ts';
import { evidence, measureSupport, overrun, type Support } from './support.ts';

export interface Outline {
  /** In pixels of the analysed plane. */
  readonly quad: Quad;
  /** At most 1: edge support of the four sides less what speaks against them. */
  readonly score: number;
}

export interface Search {
  /** Width over height of the document. */
  readonly aspect: number;
  /** In pixels of the analysed plane. */
  readonly focal: number;
  /** Steepest slope of level and upright sides against the frame. */
  readonly levelSlope: number;
  readonly uprightSlope: number;
  /** How far the width over the height, halfway, may fall below or rise above the aspect. */
  readonly flattest: number;
  readonly steepest: number;
  /** What a misshapen outline costs. */
  readonly strictness: number;
}

type Sides = readonly [top: Line, right: Line, bottom: Line, left: Line];

/** Lines considered above, below, left and right of the middle; the true one ranks up to 12th. */
const SIDES = 14;
/** Of the four lines' ranks together: one true side may be faint, hardly ever two. */
const RANKS = 15;
/** Smallest width of a card worth looking at, as a share of the frame's. */
const NARROWEST = 0.15;

/** Finds the four sides around the middle of the frame that best make a card of this aspect. */
export function findOutline(edges: Gradient, search: Search): Outline | undefined {
  const { width } = edges;
  const { level, upright } = fields(edges);
  const rows = pairs(level, search.levelSlope, (NARROWEST * width) / search.aspect / 2);
  const columns = pairs(upright, search.uprightSlope, NARROWEST * width);
  let best: { sides: Sides; score: number } | undefined;
  for (const { near: top, far: bottom, gap: tall, rank: first } of rows) {
    for (const { near: left, far: right, gap: wide, rank: second } of columns) {
      if (first + second > RANKS) continue;
      const stretch = wide / tall / search.aspect;
      if (stretch < search.flattest || stretch > search.steepest) continue;
      const score = judge(top, right, bottom, left, edges, search, best?.score ?? 0);
      if (score > (best?.score ?? 0))
        best = { sides: [top.line, right.line, bottom.line, left.line], score };
    }
  }
  if (!best) return undefined;
  return { quad: sharpen(best.sides, level, upright), score: best.score };
}

/** Every two lines on opposite sides of the middle, and how far apart they are there. */
function pairs(field: Field, slope: number, closest: number) {
  const { near, far } = findLines(field, slope, SIDES);
  const ends = far.map((line) => measureSupport(field, line));
  return near.flatMap((line, rank) => {
    const start = measureSupport(field, line);
    return ends
      .map((end, other) => ({
        near: start,
        far: end,
        gap: end.line.offset - start.line.offset,
        rank: rank + other,
      }))
      .filter(({ gap }) => gap > closest);
  });
}

/** A rounded corner carries no straight edge; leave this share out at each end of a side. */
const CORNER = 0.06;
/** How far beyond a corner a side is expected to have ended, as a share of its length. */
const BEYOND = 0.16;

function judge(
  top: Support,
  right: Support,
  bottom: Support,
  left: Support,
  { width, height }: Gradient,
  search: Search,
  toBeat: number,
): number {
  const quad = corners([top.line, right.line, bottom.line, left.line], width, height);
  const [a, b, c, d] = quad;
  const narrow = NARROWEST * width * 0.5;
  if (b.x - a.x < narrow || c.x - d.x < narrow) return 0;
  if (d.y - a.y < narrow * 0.4 || c.y - b.y < narrow * 0.4) return 0;
  let sum = 0;
  let weakest = 1;
  let more = 0;
  let left4 = 4;
  const side = (support: Support, from: number, to: number) => {
    const length = to - from;
    const held = evidence(support, from + CORNER * length, to - CORNER * length);
    sum += held;
    weakest = Math.min(weakest, held);
    more += overrun(support, from, to, BEYOND * length);
    left4--;
    return 0.65 * ((sum + left4) / 4) + 0.35 * weakest - 1.2 * (more / 4);
  };
  if (side(bottom, d.x, c.x) < toBeat || side(top, a.x, b.x) < toBeat) return 0;
  if (side(left, a.y, d.y) < toBeat) return 0;
  const score = side(right, b.y, c.y);
  if (score < toBeat) return 0;
  return score - search.strictness * misshape(quad, search.aspect, search.focal, width, height);
}

function corners([top, right, bottom, left]: Sides, width: number, height: number): Quad {
  const at = (level: Line, upright: Line) => cross(level, upright, width, height);
  return [at(top, left), at(top, right), at(bottom, right), at(bottom, left)];
}

function cross(level: Line, upright: Line, width: number, height: number) {
  const x =
    (upright.offset + upright.slope * (level.offset - height / 2 - level.slope * (width / 2))) /
    (1 - upright.slope * level.slope);
  return { x, y: level.offset + level.slope * (x - width / 2) };
}

/** Fits each side once more, now to its own stretch between the corners alone. */
function sharpen(sides: Sides, level: Field, upright: Field): Quad {
  const [width, height] = [level.length, upright.length];
  const quad = corners(sides, width, height);
  const [a, b, c, d] = quad;
  const refit = (field: Field, line: Line, from: number, to: number) => {
    const rim = CORNER * (to - from);
    return fitLine(field, line, from + rim, to - rim, 2.5, 1);
  };
  return corners(
    [
      refit(level, sides[0], a.x, b.x),
      refit(upright, sides[1], b.y, c.y),
      refit(level, sides[2], d.x, c.x),
      refit(upright, sides[3], a.y, d.y),
    ],
    width,
    height,
  );
}
