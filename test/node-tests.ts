/** Runs test files on Node, printing as they go, and counts them. */
import { relative } from 'node:path';
import { stdout } from 'node:process';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { add, NOTHING, type Tally } from './tally.ts';

/** A file that takes longer hangs: it is ended and counts as failed. */
const TIMEOUT_MS = 240_000;

/** Of all files together, and of each. */
interface Outcome {
  readonly tally: Tally;
  readonly passed: ReadonlyMap<string, Tally>;
  /** How many tests of each other file failed, as far as they were counted. */
  readonly failed: ReadonlyMap<string, number>;
}

async function runFiles(files: readonly string[], concurrency: number): Promise<Outcome> {
  const passed = new Map<string, Tally>();
  const failures = new Map<string, number>();
  let tally: Tally | undefined;
  const stream = run({ files: [...files], concurrency, timeout: TIMEOUT_MS });
  stream.on('test:summary', ({ file, success, counts }) => {
    const failed = counts.tests - counts.passed - counts.skipped - counts.todo;
    const sum = { passed: counts.passed, failed, skipped: counts.skipped + counts.todo, again: 0 };
    if (file === undefined) tally = sum;
    else if (success) passed.set(relative('.', file), sum);
    else failures.set(relative('.', file), failed);
  });
  const printed = stream.compose(new spec());
  printed.pipe(stdout, { end: false });
  await finished(printed);
  return { tally: tally ?? { ...NOTHING, failed: 1 }, passed, failed: failures };
}

/**
 * @param files test files, each run in a process of its own
 * @param concurrency how many of them at the same time
 */
export async function runNodeTests(files: readonly string[], concurrency: number): Promise<Tally> {
  return files.length === 0 ? NOTHING : (await runFiles(files, concurrency)).tally;
}

/**
 * For tests that drive real browsers, which on a busy machine miss a beat now and then: a file that
 * failed is run once more, by itself, and named. What fails twice has failed.
 */
export async function runPatiently(files: readonly string[], concurrency: number): Promise<Tally> {
  if (files.length === 0) return NOTHING;
  const { tally, passed, failed } = await runFiles(files, concurrency);
  const again = files.filter((file) => !passed.has(relative('.', file)));
  if (again.length === 0) return tally;
  console.log(`FAILED, and once more by themselves:\n${again.join('\n')}`);
  const second = await runFiles(again, 1);
  const mended = [...second.passed.keys()].map((file) => failed.get(file) ?? 1);
  const counted = { ...second.tally, again: mended.reduce((sum, count) => sum + count, 0) };
  return [...passed.values(), counted].reduce(add);
}
