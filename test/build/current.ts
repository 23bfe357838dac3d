/**
 * `node test/build/current.ts`: builds what the demo serves, unless nothing it is made of is newer.
 * Says nothing but what went wrong, so that the demo's address is the last line on the screen.
 */
import { execFile } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { promisify } from 'node:util';

/** What the builds read; folders too, which change when a file in them goes. */
const SOURCES = [
  'src/**',
  'demo/page/**',
  'test/build/**',
  'test/tsconfig/**',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
/** The first and the last that a build writes. */
const RESULTS = ['dist/cdn/id-verify.js', 'dist/types/index.d.ts'];

const changedAt = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** Whether the build is newer than everything it is made of. */
export function isCurrent(): boolean {
  const built = Math.min(...RESULTS.map(changedAt));
  return globSync(SOURCES).every((path) => changedAt(path) <= built);
}

if (import.meta.main && !isCurrent()) {
  process.stderr.write('Building once, which takes about ten seconds …\n');
  try {
    await promisify(execFile)(process.execPath, ['test/build/build.ts'], { maxBuffer: 2 ** 24 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    process.stderr.write(`${stdout}\n${stderr}\n`);
    process.exitCode = 1;
  }
}
