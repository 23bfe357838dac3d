import type { Code } from '../wire/error.ts';

/** Where a check failed, what it wanted and what it met; never data about the person. */
export interface Facts {
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Reports one thing that is wrong. A check may report several and goes on to find the next. */
export type Fail<C extends Code> = (code: C, facts?: Facts) => void;

/** What a code means, and the clause that demands it. */
export interface Meaning {
  readonly what: string;
  readonly clause: string;
}

/** One operator's sentence: what, where, expected, found, clause. */
export function sentence({ what, clause }: Meaning, { where, expected, found }: Facts): string {
  const parts = [what];
  if (where) parts.push(`in ${where}`);
  if (expected) parts.push(`expected ${expected}`);
  if (found) parts.push(`found ${found}`);
  return `${parts.join(', ')} (${clause}).`;
}

/** An instant as it is written in reports. */
export function instant(time: number): string {
  return new Date(time).toISOString();
}
