import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { oldNames } from './names.ts';

test('no name of the project is an old one', () => assert.deepEqual(oldNames('src'), []));

test('an old name is found in files, types, functions and exports, and no word by chance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  try {
    writeFileSync(
      join(folder, 'outbox.ts'),
      'export type Way = 1; function waitPatience() {} export const bonesOf = 1; const outletters = 2; export const getAway = 3;',
    );
    const found = oldNames(folder).map((line) => line.split(' is an')[0]);
    assert.deepEqual(found, [
      'outbox.ts: outbox',
      'outbox.ts: Way',
      'outbox.ts: waitPatience',
      'outbox.ts: bonesOf',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
