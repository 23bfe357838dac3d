/**
 * Kills a server right after it has said that a session is cancelled, and looks for what was read of
 * the person in every file it left. `node test/break/cancelled.ts 200` does it that often.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sqliteStore } from '../../src/store/sqlite.ts';

/** Of the person the simulated wallet has a document of: name, address, date of birth. */
const READ = ['花子', '東京都', '1985-01-23'];

const foundIn = (folder: string): string[] =>
  READ.filter((needle) =>
    readdirSync(folder).some((file) => readFileSync(join(folder, file)).includes(needle)),
  );

/** @throws AssertionError where something is left, or where nothing was there to begin with */
export async function killCancelled(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'id-verify-cancelled-'));
  const file = join(folder, 'sessions.sqlite');
  try {
    const script = join(import.meta.dirname, 'cancelled-process.ts');
    const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    assert.equal((await lines.next()).value, 'held');
    assert.ok(foundIn(folder).length > 0, 'it was there');
    child.stdin.write('leave\n');
    assert.equal((await lines.next()).value, '204');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.deepEqual(foundIn(folder), [], 'after the crash');
    const store = sqliteStore(file);
    await store.close();
    assert.deepEqual(foundIn(folder), [], 'after the next start');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const times = Number(process.argv[2] ?? 10);
  for (let count = 0; count < times; count++) await killCancelled();
  console.log(`${times} crashes, nothing left`);
}
