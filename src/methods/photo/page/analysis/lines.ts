import { BLOCK_BITS, type Gradient, LEVEL } from './gradient.ts';

/**
 * A nearly level or nearly upright line: `across = offset + slope * (along - middle)`, where
 * `along` is x for level lines and y for upright ones.
 */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** The gradient seen from one direction, so that level and upright lines share their code. */
export interface Field {
  /** Brightness, in sixteenths of a grey level. */
  readonly soft: Int16Array;
  /** Warmth, likewise. */
  readonly tint: Int16Array;
  /** Slope of the brightness along the line direction and across it. */
  readonly ga: Int16Array;
  readonly gc: Int16Array;
  readonly busyness: Float32Array;
  /** How far apart neighbouring blocks lie in `busyness`, along and across. */
  readonly blockAlong: number;
  readonly blockAcross: number;
  /** Pixels along and across, and how far apart neighbours lie in the arrays. */
  readonly length: number;
  readonly breadth: number;
  readonly strideAlong: number;
  readonly strideAcross: number;
}

export function fields(edges: Gradient): { level: Field; upright: Field } {
  const { soft, tint, x, y, width, height, busyness, blocksAcross } = edges;
  return {
    level: {
      soft,
      tint,
      ga: x,
      gc: y,
      busyness,
      blockAlong: 1,
      blockAcross: blocksAcross,
      length: width,
      breadth: height,
      strideAlong: 1,
      strideAcross: width,
    },
    upright: {
      soft,
      tint,
      ga: y,
      gc: x,
      busyness,
      blockAlong: blocksAcross,
      blockAcross: 1,
      length: height,
      breadth: width,
      strideAlong: width,
      strideAcross: 1,
    },
  };
}

/** The usual edge strength around a pixel. */
export function busynessAt(field: Field, along: number, across: number): number {
  const block =
    (along >> BLOCK_BITS) * field.blockAlong + (across >> BLOCK_BITS) * field.blockAcross;
  return field.busyness[block] ?? 0;
}

/** Every second pixel along a line votes: half the work, and lines are long. */
const VOTE_EVERY = 2;
const SLOPE_STEP = 0.035;
const OFFSET_STEP = 1.5;
/** Below this the sensor's noise has the say; measured on plain scenes with noise 8/255. */
const WEAKEST = 1.6 * LEVEL;
/** Keeps quiet blocks from turning their last noise into full votes. */
const CALM = 3 * LEVEL;

/** The strongest lines on each side of the middle: a Hough transform that follows the gradient. */
export function findLines(
  field: Field,
  maxSlope: number,
  count: number,
): { near: Line[]; far: Line[] } {
  const votes = castVotes(field, maxSlope);
  const half = Math.floor(votes.offsets / 2);
  return {
    near: peaks(votes, 0, half, count).map((line) => settle(field, line)),
    far: peaks(votes, half, votes.offsets, count).map((line) => settle(field, line)),
  };
}

interface Votes {
  readonly bins: Float32Array;
  readonly slopes: number;
  readonly offsets: number;
}

function castVotes(field: Field, maxSlope: number): Votes {
  const { ga, gc, length, breadth, strideAlong, strideAcross } = field;
  const slopes = 2 * Math.round(maxSlope / SLOPE_STEP) + 1;
  const offsets = Math.ceil(breadth / OFFSET_STEP);
  const bins = new Float32Array(slopes * offsets);
  const middle = length / 2;
  const centre = (slopes - 1) / 2;
  // In the order of memory, whichever way the lines run.
  const level = strideAlong === 1;
  const stride = level ? strideAcross : strideAlong;
  const [rows, columns] = level ? [breadth, length] : [length, breadth];
  const [down, right] = level ? [1, VOTE_EVERY] : [VOTE_EVERY, 1];
  for (let y = 2; y < rows - 2; y += down) {
    for (let x = 2; x < columns - 2; x += right) {
      const at = y * stride + x;
      const steep = gc[at] ?? 0;
      const strength = steep < 0 ? -steep : steep;
      if (strength < WEAKEST) continue;
      const slope = -(ga[at] ?? 0) / steep;
      if (slope > maxSlope || slope < -maxSlope) continue;
      const along = level ? x : y;
      const across = level ? y : x;
      const weight = strength / (strength + busynessAt(field, along, across) + CALM);
      const bin = Math.round(slope / SLOPE_STEP) + centre;
      for (let near = bin - 1; near <= bin + 1; near++) {
        if (near < 0 || near >= slopes) continue;
        const offset = (across - (near - centre) * SLOPE_STEP * (along - middle)) / OFFSET_STEP;
        if (offset < 0 || offset >= offsets) continue;
        const cell = near * offsets + (offset | 0);
        bins[cell] = (bins[cell] ?? 0) + weight;
      }
    }
  }
  return { bins, slopes, offsets };
}

/** Takes the highest cell, clears its neighbourhood, repeats. */
function peaks({ bins, slopes, offsets }: Votes, from: number, to: number, count: number): Line[] {
  const found: Line[] = [];
  const centre = (slopes - 1) / 2;
  while (found.length < count) {
    let best = 0;
    let bestSlope = 0;
    let bestOffset = 0;
    for (let slope = 0; slope < slopes; slope++) {
      for (let offset = from; offset < to; offset++) {
        const vote = bins[slope * offsets + offset] ?? 0;
        if (vote <= best) continue;
        best = vote;
        bestSlope = slope;
        bestOffset = offset;
      }
    }
    if (best === 0) break;
    found.push({
      slope: (bestSlope - centre) * SLOPE_STEP,
      offset: (bestOffset + 0.5) * OFFSET_STEP,
    });
    for (
      let slope = Math.max(0, bestSlope - 3);
      slope <= Math.min(slopes - 1, bestSlope + 3);
      slope++
    )
      bins.fill(
        0,
        slope * offsets + Math.max(from, bestOffset - 2),
        slope * offsets + Math.min(to, bestOffset + 3),
      );
  }
  return found;
}

/** Pulls a line onto the edge points around it by weighted least squares, twice. */
function settle(field: Field, line: Line): Line {
  const end = field.length - 2;
  return fitLine(field, fitLine(field, line, 2, end, 3, 4), 2, end, 2, 4);
}

/** Least squares through the strongest edge point of each step between two ends of a line. */
export function fitLine(
  field: Field,
  line: Line,
  from: number,
  to: number,
  reach: number,
  every: number,
): Line {
  const { gc, length, breadth, strideAlong, strideAcross } = field;
  const middle = length / 2;
  let [n, sa, saa, sc, sac] = [0, 0, 0, 0, 0];
  const last = Math.min(length - 3, to);
  for (let along = Math.max(2, Math.ceil(from)); along <= last; along += every) {
    const expected = line.offset + line.slope * (along - middle);
    const start = Math.max(2, Math.ceil(expected - reach));
    const end = Math.min(breadth - 3, Math.floor(expected + reach));
    let peak = 0;
    let peakAt = 0;
    for (let across = start; across <= end; across++) {
      const value = Math.abs(gc[across * strideAcross + along * strideAlong] ?? 0);
      if (value <= peak) continue;
      peak = value;
      peakAt = across;
    }
    if (peak < WEAKEST) continue;
    const at = peakAt * strideAcross + along * strideAlong;
    const before = Math.abs(gc[at - strideAcross] ?? 0);
    const after = Math.abs(gc[at + strideAcross] ?? 0);
    const bend = before - 2 * peak + after;
    const across =
      bend < 0 ? peakAt + Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : peakAt;
    const off = (across - expected) / reach;
    const weight =
      (peak / (peak + busynessAt(field, along, peakAt) + CALM)) * (1 - off * off * 0.8);
    const a = along - middle;
    n += weight;
    sa += weight * a;
    saa += weight * a * a;
    sc += weight * across;
    sac += weight * a * across;
  }
  const spread = n * saa - sa * sa;
  if (n < 4 || spread <= 0) return line;
  const slope = (n * sac - sa * sc) / spread;
  return { slope, offset: (sc - slope * sa) / n };
}
