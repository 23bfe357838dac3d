/** Runs test files on Node, printing as they go, and counts them. */
import { stdout } from 'node:process';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { NOTHING, type Tally } from './tally.ts';

/** A file that takes longer hangs: it is ended and counts as failed. */
const TIMEOUT_MS = 240_000;

/**
 * @param files test files, each run in a process of its own
 * @param concurrency how many of them at the same time
 */
export async function runNodeTests(
  files: readonly string[],
  concurrency: number,
  timeoutMs = TIMEOUT_MS,
): Promise<Tally> {
  if (files.length === 0) return NOTHING;
  let tally: Tally | undefined;
  const stream = run({ files: [...files], concurrency, timeout: timeoutMs });
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
