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
  return `${what}, in ${printable(where)}: expected ${printable(expected)}, found ${printable(found)} (${clause}).`;
}

/** Names come from the document, so they may be of any length and hold line breaks. */
export function printable(text: string): string {
  return text.slice(0, 200).replaceAll(/\p{C}/gu, '\u{fffd}') || 'nothing';
}

/** Tells the operator something that refuses nothing. */
export type Note = (said: string) => void;

/** Notes a beginning that lies ahead of this clock and was let pass; times in milliseconds. */
export function noteAhead(
  what: string,
  begins: number,
  { now, tolerance = 0 }: { readonly now: number; readonly tolerance?: number | undefined },
  note: Note | undefined,
): void {
  if (begins <= now || begins > now + tolerance) return;
  const ahead = Math.ceil((begins - now) / 1000);
  note?.(`${what} is ${ahead} s ahead of this clock, ${tolerance / 1000} s are tolerated.`);
}

/** An instant as it is written in reports. */
export function instant(time: number): string {
  return new Date(time).toISOString();
}
