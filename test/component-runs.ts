/** Runs the component tests in a process of their own, and counts them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from './engines.ts';
import { add, NOTHING, type Tally, withSecondRun } from './tally.ts';

/** What each test file came to, over all engines it ran in. */
export type TallyByFile = Readonly<Record<string, Tally>>;

/** Undefined where the run did not come to its end. */
function runFiles(
  engines: readonly EngineName[],
  files: readonly string[],
): TallyByFile | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'component-tests-'));
  const result = join(folder, 'tally.json');
  const chosen = files.length > 0 ? ['--files', ...files] : [];
  try {
    spawnSync('node_modules/.bin/wtr', ['--config', 'test/web-test-runner.config.js', ...chosen], {
      stdio: 'inherit',
      env: { ...process.env, ENGINES: engines.join(','), TALLY_FILE: result },
    });
    return JSON.parse(readFileSync(result, 'utf8')) as TallyByFile;
  } catch (error) {
    console.error('FAILED: the component tests did not run to their end.', error);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Three engines share the machine, and one of them stands still now and then: a file that failed is
 * run once more, with nothing beside it, and named. What fails twice has failed.
 */
export function runComponentTests(engines: readonly EngineName[]): Tally {
  const first = runFiles(engines, []);
  if (!first) return { ...NOTHING, failed: 1 };
  const again = Object.keys(first).filter((file) => first[file]?.failed);
  if (again.length === 0) return Object.values(first).reduce(add, NOTHING);
  console.log(`FAILED, and once more by themselves:\n${again.join('\n')}`);
  return withSecondRun(first, again, runFiles(engines, again) ?? {});
}
