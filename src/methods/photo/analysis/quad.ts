import { area, type Quad } from './geometry.ts';
import type { Gradient } from './gradient.ts';
import { type Field, fields, findLines, fitLine, type Line } from './lines.ts';
import { misshape } from './shape.ts';
import { borderSupport, evidence, measureSupport, overrun, type Support } from './support.ts';

export interface Outline {
  /** In pixels of the analysed plane. */
  readonly quad: Quad;
  /** At most 1: edge support of the four sides less what speaks against them. */
  readonly score: number;
  /** How many sides lie outside the frame, which then takes their place. */
  readonly cut: number;
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
  /** What each side outside the frame costs, so that a whole card is preferred. */
  readonly cutCost: number;
  /** How far left and right may lean the same way before that costs as much. */
  readonly lean: number;
}

type Sides = readonly [top: Line, right: Line, bottom: Line, left: Line];

/** Lines considered above, below, left and right of the middle; on striped tables the true one ranks low. */
const SIDES = 18;
/**
 * Of the four lines' ranks together: one true side may be faint, hardly ever two. On films 18 loses
 * one outline in seventy and saves a twentieth of the time.
 */
const RANKS = 22;
/** The frame's border stands in for a side that is outside, behind the likely lines. */
const BORDER_RANK = 5;
/** At least this much of a card that is cut off shows. */
const LEAST_SEEN = 0.5;
/** Smallest width of a card worth looking at, as a share of the frame's. */
const NARROWEST = 0.15;

/** Finds the four sides around the middle of the frame that best make a card of this aspect. */
export function findOutline(edges: Gradient, search: Search): Outline | undefined {
  const { width, height } = edges;
  const { level, upright } = fields(edges);
  const rows = pairs(level, search.levelSlope, (NARROWEST * width) / search.aspect / 2);
  const columns = pairs(upright, search.uprightSlope, NARROWEST * width);
  let best: { sides: Sides; score: number; cut: number } | undefined;
  let toBeat = 0;
  for (const row of rows) {
    for (const column of columns) {
      if (row.rank + column.rank > RANKS) break;
      if (promise(row, column) < toBeat) continue;
      const cut = row.cut + column.cut;
      const stretch = column.gap / row.gap / search.aspect;
      const flattest = column.cut > 0 ? search.flattest * LEAST_SEEN : search.flattest;
      const steepest = row.cut > 0 ? search.steepest / LEAST_SEEN : search.steepest;
      if (stretch < flattest || stretch > steepest) continue;
      const score = judge(row, column, edges, search, toBeat);
      if (score <= toBeat) continue;
      toBeat = score;
      const sides = [row.near.line, column.far.line, row.far.line, column.near.line] as const;
      best = { sides, score, cut };
    }
  }
  if (!best) return undefined;
  const { sides, score, cut } = best;
  const quad = cut > 0 ? corners(sides, width, height) : sharpen(sides, level, upright);
  return { quad, score, cut };
}

/** Two lines on opposite sides of the middle. */
interface Pair {
  readonly near: Support;
  readonly far: Support;
  /** How far apart they are, along the middle of the frame. */
  readonly gap: number;
  /** How far down the lists of likely lines both stand together. */
  readonly rank: number;
  /** How many of them are the frame's border. */
  readonly cut: number;
  /** Of their best stretches: the sum, and the weaker. */
  readonly sum: number;
  readonly weaker: number;
}

/** Every pair of sides, the likely ones first. */
function pairs(field: Field, slope: number, closest: number): Pair[] {
  const { near, far } = findLines(field, slope, SIDES);
  const ranked = (lines: readonly Line[], border: number) => [
    ...lines.map((line, rank) => ({ support: measureSupport(field, line), rank, cut: 0 })),
    { support: borderSupport(field.length, border), rank: BORDER_RANK, cut: 1 },
  ];
  const ends = ranked(far, field.breadth - 1);
  return ranked(near, 0)
    .flatMap((start) =>
      ends.map((end) => ({
        near: start.support,
        far: end.support,
        gap: end.support.line.offset - start.support.line.offset,
        rank: start.rank + end.rank,
        cut: start.cut + end.cut,
        sum: start.support.best + end.support.best,
        weaker: Math.min(start.support.best, end.support.best),
      })),
    )
    .filter(({ gap }) => gap > closest)
    .sort((one, other) => one.rank - other.rank);
}

/** No quad of these four lines can score more. */
function promise(row: Pair, column: Pair): number {
  const weakest = row.weaker < column.weaker ? row.weaker : column.weaker;
  return combine(row.sum + column.sum, weakest, 0) + LARGER;
}

/** Edge support of a quad: its sides' sum and the weakest of them, less where sides run on. */
function combine(sum: number, weakest: number, more: number): number {
  return 0.6 * (sum / 4) + 0.4 * weakest - 0.9 * (more / 4);
}

/** A rounded corner carries no straight edge; leave this share out at each end of a side. */
const CORNER = 0.06;
/** How far beyond a corner a side is expected to have ended, as a share of its length. */
const BEYOND = 0.16;

function judge(row: Pair, column: Pair, edges: Gradient, search: Search, toBeat: number): number {
  const { width, height } = edges;
  const [top, bottom, left, right] = [row.near, row.far, column.near, column.far];
  const ax = crossX(top.line, left.line, width, height);
  const bx = crossX(top.line, right.line, width, height);
  const cx = crossX(bottom.line, right.line, width, height);
  const dx = crossX(bottom.line, left.line, width, height);
  const narrow = NARROWEST * width * 0.5;
  if (bx - ax < narrow || cx - dx < narrow) return 0;
  let sum = row.sum + column.sum;
  let weakest = 1;
  let more = 0;
  const beats = (support: Support, from: number, to: number) => {
    const rim = CORNER * (to - from);
    const held = evidence(support, from + rim, to - rim);
    sum += held - support.best;
    if (held < weakest) weakest = held;
    if (combine(sum, weakest, more) + LARGER < toBeat) return false;
    more += overrun(support, from, to, BEYOND * (to - from));
    return combine(sum, weakest, more) + LARGER >= toBeat;
  };
  if (!beats(bottom, dx, cx) || !beats(top, ax, bx)) return 0;
  const ay = heightAt(top.line, ax, width);
  const by = heightAt(top.line, bx, width);
  const cy = heightAt(bottom.line, cx, width);
  const dy = heightAt(bottom.line, dx, width);
  if (dy - ay < narrow * 0.4 || cy - by < narrow * 0.4) return 0;
  if (!beats(left, ay, dy) || !beats(right, by, cy)) return 0;
  const score = combine(sum, weakest, more);
  const cut = row.cut + column.cut;
  if (cut > 0) return score - search.cutCost * cut;
  const quad = [
    { x: ax, y: ay },
    { x: bx, y: by },
    { x: cx, y: cy },
    { x: dx, y: dy },
  ] as const;
  const lean = Math.max(0, Math.abs(left.line.slope + right.line.slope) / 2 - search.lean);
  const larger = Math.log(area(quad) / (width * width));
  const misfit = misshape(quad, search.aspect, search.focal, width, height);
  return score - search.strictness * misfit - lean + LARGER * (1 + larger);
}

/** A card's own frames and columns lie inside its outline: the larger of two likely quads wins. */
const LARGER = 0.05;

function corners([top, right, bottom, left]: Sides, width: number, height: number): Quad {
  const at = (level: Line, upright: Line) => {
    const x = crossX(level, upright, width, height);
    return { x, y: heightAt(level, x, width) };
  };
  return [at(top, left), at(top, right), at(bottom, right), at(bottom, left)];
}

function crossX(level: Line, upright: Line, width: number, height: number): number {
  const start = level.offset - height / 2 - level.slope * (width / 2);
  return (upright.offset + upright.slope * start) / (1 - upright.slope * level.slope);
}

function heightAt(level: Line, x: number, width: number): number {
  return level.offset + level.slope * (x - width / 2);
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
