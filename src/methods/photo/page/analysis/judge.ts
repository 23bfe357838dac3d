import { area, type Quad } from './geometry.ts';
import type { Line } from './lines.ts';
import { misshape } from './shape.ts';
import type { Pair } from './sides.ts';
import { CALM, calmness, evidence, overrun, type Support } from './support.ts';

/** What makes an outline likely for the document and the shot at hand. */
export interface Likely {
  /** Width over height of the document. */
  readonly aspect: number;
  /** In pixels of the analysed plane. */
  readonly focal: number;
  /** What a misshapen outline costs. */
  readonly strictness: number;
  /** No shape costs more than one so far from a view of the document. */
  readonly misshapen: number;
  /** A shape farther from it than this is another document's. */
  readonly misfit: number;
  /** What each side outside the frame costs, so that a whole card is preferred. */
  readonly cutCost: number;
}

/** Pixels of the analysed plane. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rounded corner carries no straight edge; leave this share out at each end of a side. */
export const CORNER = 0.06;
/** Smallest width of a card worth looking at, as a share of the frame's. */
export const NARROWEST = 0.15;
/** A card's own frames and columns lie inside its outline: the larger of two likely quads wins. */
const LARGER = 0.05;
/** How far from the middle of the frame a card may lie freely, as a share of its width; then … */
const FREE = 0.08;
/** … each further frame width costs this much. */
const AWAY = 0.8;

/** Edge support of a quad: its sides' mean, the weakest of them, less where sides run on. */
function combine(sum: number, weakest: number, more: number, calm: number): number {
  return 0.6 * (sum / 4) + 0.4 * weakest - 0.9 * (more / 4) + CALM * (calm / 4) + LARGER;
}

/** No quad of these four lines can score more. */
export function promise(row: Pair, column: Pair): number {
  const weakest = row.weaker < column.weaker ? row.weaker : column.weaker;
  return combine(row.best + column.best, weakest, 0, row.calmest + column.calmest);
}

/**
 * How likely the quad of these four lines is the card, at most about 1; 0 as soon as it is sure not
 * to reach `toBeat`.
 */
export function judge(
  row: Pair,
  column: Pair,
  { width, height }: Size,
  likely: Likely,
  toBeat: number,
): number {
  const [top, bottom, left, right] = [row.near, row.far, column.near, column.far];
  const ax = crossX(top.line, left.line, width, height);
  const bx = crossX(top.line, right.line, width, height);
  const cx = crossX(bottom.line, right.line, width, height);
  const dx = crossX(bottom.line, left.line, width, height);
  const narrow = NARROWEST * width * 0.5;
  if (bx - ax < narrow || cx - dx < narrow) return 0;
  let sum = row.best + column.best;
  let calm = row.calmest + column.calmest;
  let weakest = 1;
  let more = 0;
  const holds = (support: Support, from: number, to: number) => {
    const rim = CORNER * (to - from);
    const held = evidence(support, from + rim, to - rim);
    sum += held - support.best;
    calm += calmness(support, from + rim, to - rim) - support.calmest;
    if (held < weakest) weakest = held;
    return combine(sum, weakest, more, calm) >= toBeat;
  };
  const ends = (support: Support, from: number, to: number) => {
    more += overrun(support, from, to);
    return combine(sum, weakest, more, calm) >= toBeat;
  };
  if (!holds(bottom, dx, cx) || !holds(top, ax, bx)) return 0;
  const ay = heightAt(top.line, ax, width);
  const by = heightAt(top.line, bx, width);
  const cy = heightAt(bottom.line, cx, width);
  const dy = heightAt(bottom.line, dx, width);
  if (dy - ay < narrow * 0.4 || cy - by < narrow * 0.4) return 0;
  if (!holds(left, ay, dy) || !holds(right, by, cy)) return 0;
  if (!ends(bottom, dx, cx) || !ends(top, ax, bx)) return 0;
  if (!ends(left, ay, dy) || !ends(right, by, cy)) return 0;
  const score = combine(sum, weakest, more, calm);
  const cut = row.cut + column.cut;
  if (cut > 0) return score - LARGER - likely.cutCost * cut;
  const quad = [
    { x: ax, y: ay },
    { x: bx, y: by },
    { x: cx, y: cy },
    { x: dx, y: dy },
  ] as const;
  const offX = (ax + bx + cx + dx) / 4 / width - 0.5;
  const offY = ((ay + by + cy + dy) / 4 - height / 2) / width;
  const away = Math.max(0, Math.hypot(offX, offY) - FREE);
  const misfit = Math.min(
    likely.misshapen,
    misshape(quad, likely.aspect, likely.focal, width, height),
  );
  const larger = Math.log(area(quad) / (width * width));
  return score - likely.strictness * misfit - AWAY * away + LARGER * larger;
}

/** The four lines' crossings. */
export function corners(
  row: readonly [Line, Line],
  column: readonly [Line, Line],
  size: Size,
): Quad {
  const at = (level: Line, upright: Line) => {
    const x = crossX(level, upright, size.width, size.height);
    return { x, y: heightAt(level, x, size.width) };
  };
  const [[top, bottom], [left, right]] = [row, column];
  return [at(top, left), at(top, right), at(bottom, right), at(bottom, left)];
}

function crossX(level: Line, upright: Line, width: number, height: number): number {
  const start = level.offset - height / 2 - level.slope * (width / 2);
  return (upright.offset + upright.slope * start) / (1 - upright.slope * level.slope);
}

function heightAt(level: Line, x: number, width: number): number {
  return level.offset + level.slope * (x - width / 2);
}
