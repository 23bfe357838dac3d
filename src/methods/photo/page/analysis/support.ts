import { busynessAt, type Field, type Line } from './lines.ts';

/** Only every second pixel along a line is looked at. */
const EVERY = 2;
/** How far off the line an edge still counts, in pixels. */
const REACH = 1;
/** Edge strength that counts half in a quiet place, in gradient units (1/32 grey level a pixel). */
const HALF = 64;
/**
 * How much brightness that changes along the line takes away from what changes across it: the
 * print's lines of text are rough both ways, a card's side is not.
 */
const ALONG = 0.6;
/** How far inside and outside the line it is felt how rough the ground is, in pixels. */
const STRIP = 4;
/** Roughness is the change of brightness over twice this far along the line, in pixels. */
const SPAN = 4;
/** Change that counts half, in sixteenths of a grey level. */
const ROUGH = 256;
/** How much calm speaks for a side, next to the evidence of its edge. */
export const CALM = 0.6;

/** Which way the card lies from the line: towards larger coordinates or smaller. */
export type Inside = 1 | -1;

/** Running sums along a line, one for each pixel looked at, so that any stretch is judged at once. */
interface Sums {
  /** Evidence of an edge with the sign of the step from dark to light, and without it. */
  readonly signed: Float32Array;
  readonly plain: Float32Array;
  /** How much rougher it is outside than inside. */
  readonly calm: Float32Array;
}

export interface Support extends Sums {
  readonly line: Line;
  /** Evidence and calm of their best stretches; no longer ones have more. */
  readonly best: number;
  readonly calmest: number;
}

/** What speaks for a line anywhere, and in its best stretch. */
export function measureSupport(field: Field, line: Line, inside: Inside): Support {
  const { length } = field;
  const sums = sumUp(field, line, inside, 0, length);
  const window = length / 8;
  let best = 0;
  let calmest = 0;
  for (let from = 0; from + window <= length; from += window / 2) {
    best = Math.max(best, evidence(sums, from, from + window));
    calmest = Math.max(calmest, calmness(sums, from, from + window));
  }
  return { ...sums, line, best, calmest };
}

/** The same for a side that lies between two places along the line, and a little beyond them. */
export function measureSide(
  field: Field,
  line: Line,
  inside: Inside,
  from: number,
  to: number,
): Support {
  const beyond = Math.max(LEAST_BEYOND, BEYOND * (to - from)) + SPAN;
  const sums = sumUp(field, line, inside, from - beyond, to + beyond);
  return {
    ...sums,
    line,
    best: evidence(sums, from, to),
    calmest: calmness(sums, from, to),
  };
}

function sumUp(field: Field, line: Line, inside: Inside, from: number, to: number): Sums {
  const { ga, gc, soft, length, breadth, strideAlong, strideAcross } = field;
  const { slope } = line;
  const count = Math.ceil(length / EVERY);
  const signed = new Float32Array(count + 1);
  const plain = new Float32Array(count + 1);
  const calm = new Float32Array(count + 1);
  const lift = Math.round(slope * SPAN);
  const strip = STRIP + Math.abs(lift);
  const ahead = SPAN * strideAlong + lift * strideAcross;
  const within = STRIP * strideAcross * inside;
  let plainSum = 0;
  let signedSum = 0;
  let calmSum = 0;
  const start = Math.max(0, Math.floor(from / EVERY));
  const end = Math.min(count, Math.ceil(to / EVERY));
  for (let index = start; index < end; index++) {
    const along = index * EVERY;
    const across = Math.round(line.offset + slope * (along + EVERY / 2 - length / 2));
    const at = across * strideAcross + along * strideAlong;
    if (across >= REACH && across < breadth - REACH) {
      let strongest = 0;
      let strength = 0;
      for (let off = -REACH; off <= REACH; off++) {
        const value = gc[at + off * strideAcross] ?? 0;
        const size = value < 0 ? -value : value;
        if (size <= strength) continue;
        strongest = value;
        strength = size;
      }
      strength -= ALONG * Math.abs((ga[at] ?? 0) + slope * (gc[at] ?? 0));
      if (strength > 0) {
        const share = strength / (strength + HALF + 0.5 * busynessAt(field, along, across));
        plainSum += share;
        signedSum += strongest < 0 ? -share : share;
      }
    }
    const whole = across >= strip && across < breadth - strip;
    if (whole && along >= SPAN && along < length - SPAN)
      calmSum += roughness(soft, at - within, ahead) - roughness(soft, at + within, ahead);
    plain[index + 1] = plainSum;
    signed[index + 1] = signedSum;
    calm[index + 1] = calmSum;
  }
  for (const sums of [plain, signed, calm]) sums.fill(sums[end] ?? 0, end + 1);
  return { signed, plain, calm };
}

function roughness(soft: Int16Array, at: number, ahead: number): number {
  const change = Math.abs((soft[at + ahead] ?? 0) - (soft[at - ahead] ?? 0));
  return change / (change + ROUGH);
}

/** What the frame's border counts for where a side of the card lies beyond it. */
const BEYOND_FRAME = 0.4;

/** Evidence that speaks neither for nor against a side along the border of the frame. */
export function borderSupport(length: number, offset: number): Support {
  const none = new Float32Array(Math.ceil(length / EVERY) + 1);
  const plain = none.map((_, index) => (BEYOND_FRAME / 0.65) * index);
  const line = { slope: 0, offset };
  return { line, signed: none, plain, calm: none, best: BEYOND_FRAME, calmest: 0 };
}

/** Mean evidence between two places along the line: 0 none, 1 a strong edge all the way. */
export function evidence(sums: Sums, from: number, to: number): number {
  const length = Math.max(1, to - from);
  return (
    (0.65 * stretch(sums.plain, from, to) + 0.35 * Math.abs(stretch(sums.signed, from, to))) /
    length
  );
}

/**
 * How much rougher the table outside is than the card's rim inside, between two places along the
 * line; 0 where it is the other way round: some cards are printed up to their edge.
 */
export function calmness(sums: Sums, from: number, to: number): number {
  return Math.max(0, stretch(sums.calm, from, to) / Math.max(1, to - from));
}

/** How far beyond a corner a side is expected to have ended, as a share of its length, in pixels. */
const BEYOND = 0.16;
const LEAST_BEYOND = 6;
/** An edge that goes on with its step turned round counts less: another colour of the same card. */
const TURNED = 0.5;
/** Left out behind a corner, where the next side's own edge shows. */
const GAP = 3;

/**
 * How strongly the edge between `from` and `to` goes on beyond it: 0 where it ends at both corners,
 * 1 where it runs on at both.
 */
export function overrun({ signed }: Sums, from: number, to: number): number {
  const beyond = Math.max(LEAST_BEYOND, BEYOND * (to - from));
  const inside = Math.sign(stretch(signed, from, to));
  const room = (signed.length - 1) * EVERY;
  const before = Math.max(0, from - beyond);
  const after = Math.min(room, to + beyond);
  const seen = Math.max(0, from - GAP - before) + Math.max(0, after - to - GAP);
  const count = (sum: number) => (sum > 0 ? sum : -TURNED * sum);
  return (
    (count(inside * stretch(signed, before, from - GAP)) +
      count(inside * stretch(signed, to + GAP, after))) /
    Math.max(seen, beyond - GAP)
  );
}

/** A side that is the card's ends at the corner; less than this beyond it tells nothing, in pixels. */
const TELLING = 4;

/**
 * How strongly the edge between `from` and `to` goes on beyond one of the two, `end`, next to its
 * strength between them; undefined where the frame ends there. With its `plain` evidence, whichever
 * way its step goes.
 */
export function goesOn(
  sums: Sums,
  from: number,
  to: number,
  end: 'from' | 'to',
  sign: 'signed' | 'plain' = 'signed',
): number | undefined {
  const edge = sums[sign];
  const length = to - from;
  const beyond = Math.max(LEAST_BEYOND, BEYOND * length);
  const room = (edge.length - 1) * EVERY;
  const [start, stop] =
    end === 'from'
      ? [Math.max(0, from - beyond), from - GAP]
      : [to + GAP, Math.min(room, to + beyond)];
  if (stop - start < TELLING) return undefined;
  const rim = RIM * length;
  const inside = stretch(edge, from + rim, to - rim) / (length - 2 * rim);
  if (Math.abs(inside) < WEAK) return undefined;
  return stretch(edge, start, stop) / (stop - start) / inside;
}

/** Left out of a side at each end. */
const RIM = 0.06;
/** Below this an edge has no step of one sign that could go on. */
const WEAK = 0.2;

/** What the sums gain between two places along the line, in pixels. */
function stretch(sums: Float32Array, from: number, to: number): number {
  const last = sums.length - 1;
  const start = from <= 0 ? 0 : Math.min(last, Math.round(from / EVERY));
  const end = to <= 0 ? 0 : Math.min(last, Math.round(to / EVERY));
  return EVERY * ((sums[end] ?? 0) - (sums[start] ?? 0));
}
