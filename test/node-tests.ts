/** Runs test files on Node, printing as they go, and counts them. */
import { stdout } from 'node:process';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { NOTHING, type Tally } from './tally.ts';

/**
 * @param files test files, each run in a process of its own
 * @param concurrency how many of them at the same time
 */
export async function runNodeTests(files: readonly string[], concurrency: number): Promise<Tally> {
  if (files.length === 0) return NOTHING;
  let tally: Tally | undefined;
  const stream = run({ files: [...files], concurrency });
  stream.on('test:summary', ({ file, counts }) => {
    if (file !== undefined) return;
    tally = {
      passed: counts.passed,
      failed: counts.tests - counts.passed - counts.skipped - counts.todo,
      skipped: counts.skipped + counts.todo,
    };
  });
  const printed = stream.compose(new spec());
  printed.pipe(stdout, { end: false });
  await finished(printed);
  return tally ?? { ...NOTHING, failed: 1 };
}
