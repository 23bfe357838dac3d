import { spawnSync } from 'node:child_process';

/** Runs the TypeScript compiler on one project; a failure ends this process with its exit code. */
export function compile(project: string): void {
  const { status } = spawnSync('node_modules/.bin/tsc', ['-p', project], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${project}: type check failed`);
    process.exit(status ?? 1);
  }
}
