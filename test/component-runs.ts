/** Runs the component tests in a process of their own, and counts them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from './engines.ts';
import { componentFiles } from './layers.ts';
import { type Tally, withSecondRun } from './tally.ts';

/** What each test file came to, over all engines it ran in; without those that did not come to an end. */
type TallyByFile = Readonly<Record<string, Tally>>;

/** A run that takes longer has an engine in it that stands still. */
const LONGEST_RUN_MS = 400_000;

function runFiles(engines: readonly EngineName[], files: readonly string[]): TallyByFile {
  const folder = mkdtempSync(join(tmpdir(), 'component-tests-'));
  const result = join(folder, 'tally.json');
  const chosen = files.length > 0 ? ['--files', ...files] : [];
  try {
    spawnSync('node_modules/.bin/wtr', ['--config', 'test/web-test-runner.config.js', ...chosen], {
      stdio: 'inherit',
      timeout: LONGEST_RUN_MS,
      killSignal: 'SIGKILL',
      env: { ...process.env, ENGINES: engines.join(','), TALLY_FILE: result },
    });
    return existsSync(result) ? (JSON.parse(readFileSync(result, 'utf8')) as TallyByFile) : {};
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Three engines share the machine, and one of them stands still now and then, which it does to all
 * files after: what failed or did not come to an end is run once more, in new browsers, and named.
 * What fails twice has failed.
 */
export function runComponentTests(engines: readonly EngineName[]): Tally {
  const first = runFiles(engines, []);
  const again = componentFiles().filter((file) => first[file]?.failed !== 0);
  if (again.length > 0) console.log(`FAILED, and once more by themselves:\n${again.join('\n')}`);
  return withSecondRun(first, again, again.length > 0 ? runFiles(engines, again) : {});
}
