import type { Code } from '../wire/error.ts';

/** Where a check failed, what it wanted and what it met; never data about the person. */
export interface Facts {
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Reports one thing that is wrong. A check may report several and goes on to find the next. */
export type Fail<C extends Code> = (code: C, facts?: Facts) => void;

/**
 * What a code means, in the words of a sentence: what is wrong, where, what was expected, what was
 * found, and the clause that demands it. Facts of a case take the place of the middle three.
 */
export type Meaning = readonly [
  what: string,
  where: string,
  expected: string,
  found: string,
  clause: string,
];

/** One operator's sentence: what, where, expected, found, clause. */
export function sentence(
  [what, usualPlace, usuallyExpected, usuallyFound, clause]: Meaning,
  { where = usualPlace, expected = usuallyExpected, found = usuallyFound }: Facts,
): string {
  return `${what}, in ${clip(where)}: expected ${clip(expected)}, found ${clip(found)} (${clause}).`;
}

/** Names come from the document, so they may be of any length and hold line breaks. */
function clip(text: string): string {
  return text.slice(0, 200).replaceAll(/\p{C}/gu, '\u{fffd}') || 'nothing';
}

/** An instant as it is written in reports. */
export function instant(time: number): string {
  return new Date(time).toISOString();
}
