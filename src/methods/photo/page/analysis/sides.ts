import { type Field, findLines, type Line } from './lines.ts';
import { borderSupport, CALM, type Inside, measureSupport, type Support } from './support.ts';

/** Two lines on opposite sides of the middle. */
export interface Pair {
  readonly near: Support;
  readonly far: Support;
  /** How far apart they are, along the middle of the frame. */
  readonly gap: number;
  /** How far down the lists of likely lines both stand together. */
  readonly rank: number;
  /** How many of them are the frame's border. */
  readonly cut: number;
  /** Of their best stretches: the sums, and the weaker evidence. */
  readonly best: number;
  readonly calmest: number;
  readonly weaker: number;
}

/** Lines the vote is asked for on each side of the middle, and those kept of them. */
const ASKED = 22;
const KEPT = 14;
/** The frame's border stands in for a side that is outside, behind the likely lines. */
const BORDER_RANK = 5;

/** Every pair of sides, the likely ones first. */
export function findPairs(field: Field, slope: number, closest: number): Pair[] {
  const { near, far } = findLines(field, slope, ASKED);
  const ends = candidates(field, far, field.breadth - 1, -1);
  return candidates(field, near, 0, 1)
    .flatMap((start) => ends.map((end) => pair(start, end)))
    .filter(({ gap }) => gap > closest)
    .sort((one, other) => one.rank - other.rank);
}

interface Candidate {
  readonly support: Support;
  readonly rank: number;
  readonly cut: number;
}

function candidates(
  field: Field,
  lines: readonly Line[],
  border: number,
  inside: Inside,
): Candidate[] {
  const likely = choose(distinct(lines).map((line) => measureSupport(field, line, inside)));
  return [
    ...likely.map((support, rank) => ({ support, rank, cut: 0 })),
    { support: borderSupport(field.length, border), rank: BORDER_RANK, cut: 1 },
  ];
}

/** Peaks of the vote beside each other settle on the same edge. */
function distinct(lines: readonly Line[]): Line[] {
  return lines.filter(({ offset, slope }, index) =>
    lines
      .slice(0, index)
      .every(
        (other) =>
          Math.abs(other.offset - offset) > SAME_OFFSET ||
          Math.abs(other.slope - slope) > SAME_SLOPE,
      ),
  );
}

/** In pixels, and per pixel. */
const SAME_OFFSET = 0.7;
const SAME_SLOPE = 0.008;

/**
 * Takes from two lists in turn: by votes, which are given by length, and by evidence in the best
 * stretch. On a striped table many lines are longer than a card's side, but none has it so calm on
 * one side only.
 */
function choose(byVotes: readonly Support[]): Support[] {
  const merit = ({ best, calmest }: Support) => best + CALM * calmest;
  const byMerit = [...byVotes].sort((one, other) => merit(other) - merit(one));
  const inTurn = byVotes.flatMap((support, rank) => [support, byMerit[rank] ?? support]);
  return [...new Set(inTurn)].slice(0, KEPT);
}

function pair(near: Candidate, far: Candidate): Pair {
  const [one, other] = [near.support, far.support];
  return {
    near: one,
    far: other,
    gap: other.line.offset - one.line.offset,
    rank: near.rank + far.rank,
    cut: near.cut + far.cut,
    best: one.best + other.best,
    calmest: one.calmest + other.calmest,
    weaker: Math.min(one.best, other.best),
  };
}
