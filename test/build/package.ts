/** `npm run package`: is what would be published complete, and do its types resolve? */
import { spawnSync } from 'node:child_process';

const checks: readonly (readonly string[])[] = [
  ['publint', '--strict'],
  [
    'attw',
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--no-emoji',
    '--exclude-entrypoints',
    './custom-elements.json',
  ],
];

for (const [command = '', ...parameters] of checks) {
  const { status } = spawnSync(`node_modules/.bin/${command}`, parameters, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
