import type { Quad } from './geometry.ts';
import type { Gradient } from './gradient.ts';
import { CORNER, corners, judge, type Likely, NARROWEST, promise, type Size } from './judge.ts';
import { type Field, fields, fitLine, type Line } from './lines.ts';
import { findPairs, type Pair } from './sides.ts';

export interface Outline {
  /** In pixels of the analysed plane. */
  readonly quad: Quad;
  /** At most about 1: what speaks for the four sides less what speaks against them. */
  readonly score: number;
  /** How many sides lie outside the frame, which then takes their place. */
  readonly cut: number;
}

export interface Search extends Likely {
  /** Steepest slope of level and upright sides against the frame. */
  readonly levelSlope: number;
  readonly uprightSlope: number;
  /** How far the width over the height, halfway, may fall below or rise above the aspect. */
  readonly flattest: number;
  readonly steepest: number;
}

interface Found {
  readonly row: Pair;
  readonly column: Pair;
  readonly score: number;
}

/** Finds the four sides around the middle of the frame that best make a card of this aspect. */
export function findOutline(edges: Gradient, search: Search): Outline | undefined {
  const { level, upright } = fields(edges);
  const closest = NARROWEST * edges.width;
  const rows = findPairs(level, search.levelSlope, closest / search.aspect / 2);
  const columns = findPairs(upright, search.uprightSlope, closest);
  const likeliest = findBest(rows, columns, edges, search);
  if (!likeliest) return undefined;
  const { row, column, score } = widen(likeliest, rows, columns, edges, search);
  const cut = row.cut + column.cut;
  const sides = [row.near.line, row.far.line] as const;
  const ends = [column.near.line, column.far.line] as const;
  const quad = corners(sides, ends, edges);
  return { quad: cut > 0 ? quad : sharpen(sides, ends, quad, level, upright), score, cut };
}

/** Of the four lines' ranks together: one true side may be faint, hardly ever two. */
const RANKS = 22;
/** At least this much of a card that is cut off shows. */
const LEAST_SEEN = 0.5;

function findBest(
  rows: readonly Pair[],
  columns: readonly Pair[],
  size: Size,
  search: Search,
): Found | undefined {
  let best: Found | undefined;
  let toBeat = 0;
  for (const row of rows) {
    for (const column of columns) {
      if (row.rank + column.rank > RANKS) break;
      if (promise(row, column) < toBeat) continue;
      const stretch = column.gap / row.gap / search.aspect;
      const flattest = column.cut > 0 ? search.flattest * LEAST_SEEN : search.flattest;
      const steepest = row.cut > 0 ? search.steepest / LEAST_SEEN : search.steepest;
      if (stretch < flattest || stretch > steepest) continue;
      const score = judge(row, column, size, search, toBeat);
      if (score <= toBeat) continue;
      toBeat = score;
      best = { row, column, score };
    }
  }
  return best;
}

/** How much less likely a wider quad may be than the one it takes the place of. */
const WIDER_COST = 0.04;
/** How much wider, at least and, on each side, at most. */
const WIDER = 1.04;
const WIDEST = 0.2;

/**
 * A frame printed along the card's rim is often stronger than the card's edge against the table: of
 * two nested quads nearly as likely, the outer one is the card.
 */
function widen(
  inner: Found,
  rows: readonly Pair[],
  columns: readonly Pair[],
  size: Size,
  search: Search,
): Found {
  if (inner.row.cut + inner.column.cut > 0) return inner;
  const around = (pairs: readonly Pair[], { near, far, gap }: Pair) =>
    pairs.filter((pair) => {
      const before = near.line.offset - pair.near.line.offset;
      const after = pair.far.line.offset - far.line.offset;
      return (
        pair.cut === 0 && Math.min(before, after) > -1 && Math.max(before, after) < WIDEST * gap
      );
    });
  const outerColumns = around(columns, inner.column);
  let outer = inner;
  let toBeat = inner.score - WIDER_COST;
  for (const row of around(rows, inner.row)) {
    for (const column of outerColumns) {
      if (row.gap * column.gap < WIDER * inner.row.gap * inner.column.gap) continue;
      const score = judge(row, column, size, search, toBeat);
      if (score <= toBeat) continue;
      toBeat = score;
      outer = { row, column, score };
    }
  }
  return outer;
}

/** Fits each side once more, now to its own stretch between the corners alone. */
function sharpen(
  [top, bottom]: readonly [Line, Line],
  [left, right]: readonly [Line, Line],
  [a, b, c, d]: Quad,
  level: Field,
  upright: Field,
): Quad {
  const refit = (field: Field, line: Line, from: number, to: number) => {
    const rim = CORNER * (to - from);
    return fitLine(field, line, from + rim, to - rim, 2.5, 1);
  };
  return corners(
    [refit(level, top, a.x, b.x), refit(level, bottom, d.x, c.x)],
    [refit(upright, left, a.y, d.y), refit(upright, right, b.y, c.y)],
    { width: level.length, height: upright.length },
  );
}
