import type { Field, Line } from './lines.ts';

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
}

export function measureSupport(field: Field, line: Line): Support {
  const { gc, busyness, length, breadth, strideAlong, strideAcross } = field;
  const signed = new Float32Array(length + 1);
  const plain = new Float32Array(length + 1);
  let signedSum = 0;
  let plainSum = 0;
  for (let along = 0; along < length; along++) {
    const across = Math.round(line.offset + line.slope * (along + 0.5 - length / 2));
    let strongest = 0;
    if (across >= REACH && across < breadth - REACH) {
      const at = across * strideAcross + along * strideAlong;
      for (let off = -REACH; off <= REACH; off++) {
        const value = gc[at + off * strideAcross] ?? 0;
        if (Math.abs(value) > Math.abs(strongest)) strongest = value;
      }
      const strength = Math.abs(strongest);
      const share = strength / (strength + HALF + 0.5 * (busyness[at] ?? 0));
      plainSum += share;
      signedSum += strongest < 0 ? -share : share;
    }
    signed[along + 1] = signedSum;
    plain[along + 1] = plainSum;
  }
  return { line, signed, plain };
}

/** Mean evidence between two places along the line: 0 none, 1 a strong edge all the way. */
export function evidence(support: Support, from: number, to: number): number {
  const length = Math.max(1, to - from);
  return (
    (0.5 * stretch(support.plain, from, to) + 0.5 * Math.abs(stretch(support.signed, from, to))) /
    length
  );
}

/**
 * How strongly the edge between `from` and `to` goes on beyond it, with the same step from dark to
 * light: 0 where it ends at both corners, 1 where it runs on at both.
 */
export function overrun(support: Support, from: number, to: number, beyond: number): number {
  const inside = stretch(support.signed, from, to);
  const outside =
    stretch(support.signed, from - beyond, from - GAP) +
    stretch(support.signed, to + GAP, to + beyond);
  return Math.max(0, Math.sign(inside) * outside) / (2 * (beyond - GAP));
}

/** Left out behind a corner, where the next side's own edge shows. */
const GAP = 3;

function stretch(sums: Float32Array, from: number, to: number): number {
  const last = sums.length - 1;
  const start = from <= 0 ? 0 : from >= last ? last : Math.round(from);
  const end = to <= 0 ? 0 : to >= last ? last : Math.round(to);
  return (sums[end] ?? 0) - (sums[start] ?? 0);
}
