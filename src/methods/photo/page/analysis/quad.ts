import type { Gradient } from './gradient.ts';
import { judge, type Likely, NARROWEST, promise, type Size } from './judge.ts';
import { fields } from './lines.ts';
import { type Found, lookAgain, type Outline } from './second-look.ts';
import { findPairs, type Pair } from './sides.ts';

export interface Search extends Likely {
  /** Steepest slope of level and upright sides against the frame. */
  readonly levelSlope: number;
  readonly uprightSlope: number;
  /** How far the width over the height, halfway, may fall below or rise above the aspect. */
  readonly flattest: number;
  readonly steepest: number;
}

/** Finds the four sides around the middle of the frame that best make a card of this aspect. */
export function findOutline(edges: Gradient, search: Search): Outline | undefined {
  const { level, upright } = fields(edges);
  const closest = NARROWEST * edges.width;
  const rows = findPairs(level, search.levelSlope, closest / search.aspect / 2);
  const columns = findPairs(upright, search.uprightSlope, closest);
  const likely = shortlist(rows, columns, edges, search);
  const [best] = likely;
  if (!best) return undefined;
  const again = [...likely, ...around(best, rows, columns, edges, search)];
  return lookAgain(again, level, upright, search);
}

/** Of the four lines' ranks together: one true side may be faint, hardly ever two. */
const RANKS = 17;
/** At least this much of a card that is cut off shows. */
const LEAST_SEEN = 0.5;
/** So many of the likeliest are looked at again. */
const LIKELIEST = 6;

/** The likeliest quads, best first. */
function shortlist(
  rows: readonly Pair[],
  columns: readonly Pair[],
  size: Size,
  search: Search,
): Found[] {
  const best = new Best(LIKELIEST);
  for (const row of rows) {
    for (const column of columns) {
      if (row.rank + column.rank > RANKS) break;
      if (promise(row, column) < best.toBeat) continue;
      const stretch = column.gap / row.gap / search.aspect;
      const flattest = column.cut > 0 ? search.flattest * LEAST_SEEN : search.flattest;
      const steepest = row.cut > 0 ? search.steepest / LEAST_SEEN : search.steepest;
      if (stretch < flattest || stretch > steepest) continue;
      best.add({ row, column, score: judge(row, column, size, search, best.toBeat) });
    }
  }
  return best.found;
}

/** How much wider a quad around another is, at least, and on each side, at most. */
const WIDER = 1.04;
const WIDEST = 0.2;
const WIDER_ONES = 6;

/**
 * A frame printed along the card's rim is often stronger than the card's edge against the table: the
 * quads around the likeliest are looked at as well.
 */
function around(
  inner: Found,
  rows: readonly Pair[],
  columns: readonly Pair[],
  size: Size,
  search: Search,
): Found[] {
  if (inner.row.cut + inner.column.cut > 0) return [];
  const outside = (pairs: readonly Pair[], { near, far, gap }: Pair) =>
    pairs.filter((pair) => {
      const before = near.line.offset - pair.near.line.offset;
      const after = pair.far.line.offset - far.line.offset;
      return (
        pair.cut === 0 && Math.min(before, after) > -1 && Math.max(before, after) < WIDEST * gap
      );
    });
  const outerColumns = outside(columns, inner.column);
  const best = new Best(WIDER_ONES);
  for (const row of outside(rows, inner.row)) {
    for (const column of outerColumns) {
      if (row.gap * column.gap < WIDER * inner.row.gap * inner.column.gap) continue;
      best.add({ row, column, score: judge(row, column, size, search, best.toBeat) });
    }
  }
  return best.found;
}

/** What is less likely than the best by this stays behind at a second look too. */
const FAR = 0.25;

/** The few best of many. */
class Best {
  readonly found: Found[] = [];
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** A score of no more than this is not kept. */
  get toBeat(): number {
    const last = this.found.length < this.#room ? 0 : (this.found.at(-1)?.score ?? 0);
    return Math.max(last, (this.found[0]?.score ?? 0) - FAR);
  }

  add(one: Found): void {
    if (one.score <= this.toBeat) return;
    const place = this.found.findIndex(({ score }) => score < one.score);
    this.found.splice(place < 0 ? this.found.length : place, 0, one);
    if (this.found.length > this.#room) this.found.pop();
  }
}
