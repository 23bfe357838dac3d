import { spawnSync } from 'node:child_process';

/** Runs the TypeScript compiler on one project; ends this process with its exit code if that fails. */
export function compile(project: string): void {
  const { status } = spawnSync('node_modules/.bin/tsc', ['-p', project], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
