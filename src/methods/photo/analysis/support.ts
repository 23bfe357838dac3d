import { busynessAt, type Field, type Line } from './lines.ts';

/** Only every second pixel along a line is looked at and counts for two. */
const EVERY = 2;
/** How far off the line an edge still counts, in pixels. */
const REACH = 1;
/** Edge strength that counts half in a quiet place, in gradient units (1/32 grey level a pixel). */
const HALF = 64;

/** Running sums of edge evidence along a line, so that any stretch of it is judged at once. */
export interface Support {
  readonly line: Line;
  /** Evidence with the sign of the step from dark to light, and without it. */
  readonly signed: Float32Array;
  readonly plain: Float32Array;
  /** The evidence of the best stretch; no longer one has more. */
  readonly best: number;
}

export function measureSupport(field: Field, line: Line): Support {
  const { gc, length, breadth, strideAlong, strideAcross } = field;
  const signed = new Float32Array(length + 1);
  const plain = new Float32Array(length + 1);
  let signedSum = 0;
  let plainSum = 0;
  for (let along = 0; along < length; along += EVERY) {
    const across = Math.round(line.offset + line.slope * (along + EVERY / 2 - length / 2));
    let share = 0;
    let sign = 1;
    if (across >= REACH && across < breadth - REACH) {
      const at = across * strideAcross + along * strideAlong;
      let strongest = 0;
      for (let off = -REACH; off <= REACH; off++) {
        const value = gc[at + off * strideAcross] ?? 0;
        if (Math.abs(value) > Math.abs(strongest)) strongest = value;
      }
      const strength = Math.abs(strongest);
      share = strength / (strength + HALF + 0.5 * busynessAt(field, along, across));
      if (strongest < 0) sign = -1;
    }
    for (let step = 1; step <= EVERY && along + step <= length; step++) {
      plainSum += share;
      signedSum += sign * share;
      plain[along + step] = plainSum;
      signed[along + step] = signedSum;
    }
  }
  const sums = { line, signed, plain };
  const window = length / 8;
  let best = 0;
  for (let from = 0; from + window <= length; from += window / 2)
    best = Math.max(best, evidence(sums, from, from + window));
  return { ...sums, best };
}

/** What the frame's border counts for where a side of the card lies beyond it. */
const BEYOND_FRAME = 0.4;

/** Evidence that speaks neither for nor against a side along the border of the frame. */
export function borderSupport(length: number, offset: number): Support {
  const plain = Float32Array.from(
    { length: length + 1 },
    (_, along) => (BEYOND_FRAME / 0.65) * along,
  );
  return {
    line: { slope: 0, offset },
    signed: new Float32Array(length + 1),
    plain,
    best: BEYOND_FRAME,
  };
}

/** Mean evidence between two places along the line: 0 none, 1 a strong edge all the way. */
export function evidence(support: Omit<Support, 'best'>, from: number, to: number): number {
  const length = Math.max(1, to - from);
  return (
    (0.65 * stretch(support.plain, from, to) + 0.35 * Math.abs(stretch(support.signed, from, to))) /
    length
  );
}

/**
 * How strongly the edge between `from` and `to` goes on beyond it: 0 where it ends at both corners,
 * 1 where it runs on at both.
 */
export function overrun(support: Support, from: number, to: number, beyond: number): number {
  const inside = Math.sign(stretch(support.signed, from, to));
  const before = inside * stretch(support.signed, from - beyond, from - GAP);
  const after = inside * stretch(support.signed, to + GAP, to + beyond);
  const count = (sum: number) => (sum > 0 ? sum : -TURNED * sum);
  return (count(before) + count(after)) / (2 * (beyond - GAP));
}

/** An edge that goes on with its step turned round counts less: another colour of the same card. */
const TURNED = 0.5;

/** Left out behind a corner, where the next side's own edge shows. */
const GAP = 3;

function stretch(sums: Float32Array, from: number, to: number): number {
  const last = sums.length - 1;
  const start = from <= 0 ? 0 : from >= last ? last : Math.round(from);
  const end = to <= 0 ? 0 : to >= last ? last : Math.round(to);
  return (sums[end] ?? 0) - (sums[start] ?? 0);
}
