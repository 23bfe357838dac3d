import { type Doubt, doubtAbout, runOn, type Side, type Sides } from './doubt.ts';
import { area, type Quad } from './geometry.ts';
import { CORNER, corners, judge, type Likely } from './judge.ts';
import { type Field, fitLine, type Line } from './lines.ts';
import { misshape } from './shape.ts';
import type { Pair } from './sides.ts';
import { type Inside, measureSide, type Support } from './support.ts';
import { difference, tonesBeside } from './tone.ts';

/** Two pairs of sides, and how likely their quad is the card. */
export interface Found {
  readonly row: Pair;
  readonly column: Pair;
  readonly score: number;
}

export interface Outline {
  /** In pixels of the analysed plane. */
  readonly quad: Quad;
  /** At most about 1: what speaks for the four sides less what speaks against them. */
  readonly score: number;
  /** How many sides lie outside the frame, which then takes their place. */
  readonly cut: number;
  /** What speaks against it, however likely it is. */
  readonly doubt?: Doubt | undefined;
}

/** What a step from card to table along its sides speaks for a quad. */
const STEPS = 0.2;
/** Difference of the two sides of a line that counts half, in sixteenths of a grey level. */
const STEP = 128;
/** What it costs where sides go on beyond an end, from which strength on. */
const GOES_ON = 0.5;
const HARDLY = 0.25;

interface Seen extends Outline {
  readonly misfit: number;
}

/** The likeliest of a few quads, now that each side is fitted to its own stretch alone. */
export function lookAgain(
  few: readonly Found[],
  level: Field,
  upright: Field,
  likely: Likely,
): Outline | undefined {
  const seen = few.map((one) => look(one, level, upright, likely));
  let best: Seen | undefined;
  for (const one of seen) if (!best || one.score > best.score) best = one;
  return best && best.cut === 0 ? outermost(best, seen) : best;
}

/** How much less likely an outline around another may be and still be the card's … */
const OUTER = 0.12;
/** … if it has the document's shape at least as well as this, or as the other. */
const SHAPELY = 0.025;

/** A frame printed along the rim is often stronger than the card's edge against the table. */
function outermost(inner: Seen, seen: readonly Seen[]): Seen {
  let best = inner;
  let toBeat = inner.score - OUTER;
  for (const one of seen) {
    if (one.cut > 0 || one.doubt || one.score <= toBeat) continue;
    if (one.misfit > Math.max(SHAPELY, inner.misfit) || !contains(one.quad, inner.quad)) continue;
    toBeat = one.score;
    best = one;
  }
  return best;
}

/** The outer one is larger by this, and no corner of it lies farther inside than so many pixels. */
const LARGER = 1.03;
const INSIDE = 1.5;

function contains(outer: Quad, inner: Quad): boolean {
  if (area(outer) < LARGER * area(inner)) return false;
  const [a, b, c, d] = outer;
  const [e, f, g, h] = inner;
  return (
    Math.max(a.x - e.x, a.y - e.y, f.x - b.x, b.y - f.y) < INSIDE &&
    Math.max(g.x - c.x, g.y - c.y, d.x - h.x, h.y - d.y) < INSIDE
  );
}

function look({ row, column, score }: Found, level: Field, upright: Field, likely: Likely): Seen {
  const size = { width: level.length, height: upright.length };
  const cut = row.cut + column.cut;
  const rough = corners([row.near.line, row.far.line], [column.near.line, column.far.line], size);
  if (cut > 0) return { quad: rough, score: score + STEPS / 2, cut, misfit: 0 };
  const [a, b, c, d] = rough;
  const rows = refit(level, row, [a.x, b.x], [d.x, c.x]);
  const columns = refit(upright, column, [a.y, d.y], [b.y, c.y]);
  const quad = corners(
    [rows.near.line, rows.far.line],
    [columns.near.line, columns.far.line],
    size,
  );
  const sides = sidesOf(rows, columns, quad, level, upright);
  const misfit = misshape(quad, likely.aspect, likely.focal, size.width, size.height);
  const sure =
    judge(rows, columns, size, likely, Number.NEGATIVE_INFINITY) +
    STEPS * meanStep(sides) -
    GOES_ON * Math.max(0, runOn(sides) - HARDLY);
  const doubt = doubtAbout(sides, quad, size, misfit, likely.misfit);
  return { quad, score: sure, cut, misfit, doubt };
}

type Stretch = readonly [from: number, to: number];

function refit(field: Field, pair: Pair, near: Stretch, far: Stretch): Pair {
  const settle = (line: Line, inside: Inside, [from, to]: Stretch) => {
    const rim = CORNER * (to - from);
    const exact = fitLine(field, line, from + rim, to - rim, 2.5, 1);
    return measureSide(field, exact, inside, from, to);
  };
  const one = settle(pair.near.line, 1, near);
  const other = settle(pair.far.line, -1, far);
  return {
    ...pair,
    near: one,
    far: other,
    gap: other.line.offset - one.line.offset,
    best: one.best + other.best,
    calmest: one.calmest + other.calmest,
    weaker: Math.min(one.best, other.best),
  };
}

function sidesOf(row: Pair, column: Pair, [a, b, c, d]: Quad, level: Field, upright: Field): Sides {
  const side = (field: Field, support: Support, inside: Inside, from: number, to: number): Side => {
    const rim = CORNER * (to - from);
    const ground = tonesBeside(field, support.line, inside, from + rim, to - rim);
    return { support, from, to, ...ground };
  };
  return [
    side(level, row.near, 1, a.x, b.x),
    side(level, row.far, -1, d.x, c.x),
    side(upright, column.near, 1, a.y, d.y),
    side(upright, column.far, -1, b.y, c.y),
  ];
}

function meanStep(sides: Sides): number {
  let sum = 0;
  for (const { inside, outside } of sides) {
    const step = difference(inside, outside);
    sum += step / (step + STEP);
  }
  return sum / sides.length;
}
