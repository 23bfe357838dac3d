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
  if (where) parts.push(`in ${clip(where)}`);
  if (expected) parts.push(`expected ${clip(expected)}`);
  if (found) parts.push(`found ${clip(found)}`);
  return `${parts.join(', ')} (${clause}).`;
}

/** Names come from the document, so they may be of any length and hold line breaks. */
function clip(text: string): string {
  return text.slice(0, 200).replaceAll(/\p{C}/gu, '\u{fffd}');
}

/** An instant as it is written in reports. */
export function instant(time: number): string {
  return new Date(time).toISOString();
}
