import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { aSession } from './conformance.ts';
import { blob, columns, integer, opened, text } from './sqlite-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'id-verify-schema-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const versionOf = (db: DatabaseSync) =>
  Number(db.prepare('PRAGMA user_version').get()?.user_version);

describe('the file of a store', () => {
  it('is made, and opened again as it is', () => {
    const made = opened(file('new'));
    const version = versionOf(made);
    made.exec("INSERT INTO session VALUES ('s1', 1, NULL, 5, NULL, '{}')");
    made.close();
    const again = opened(file('new'));
    assert.equal(versionOf(again), version);
    assert.equal(again.prepare('SELECT id FROM session').get()?.id, 's1');
    again.close();
  });

  it('of a later version, or open elsewhere, is refused', () => {
    const later = new DatabaseSync(file('later'));
    later.exec('PRAGMA user_version = 999');
    later.close();
    const refused = (message: RegExp) => ({ code: 'config/store', message });
    assert.throws(() => opened(file('later')), refused(/later version/));
    const held = opened(file('held'));
    assert.throws(() => opened(file('held')), refused(/open in another process/));
    held.close();
  });

  it('that is none, or cannot be there, is refused by what is wrong', () => {
    writeFileSync(file('text'), 'no database, but text that is long enough to be one '.repeat(99));
    const refused = (message: RegExp) => ({ code: 'config/store', message });
    assert.throws(() => opened(file('text')), refused(/is no SQLite database/));
    assert.throws(() => opened(file('nowhere/store')), refused(/cannot be opened/));
  });
});

describe('rows', () => {
  it('hold a session by what it is looked for', () => {
    const [version, due, eraseAt, pending, record] = columns(aSession({ version: 3 }));
    assert.deepEqual([version, due, eraseAt, pending], [3, 10_000, 20_000, null]);
    assert.equal(JSON.parse(record).version, 3);
    assert.equal(columns(aSession({ state: 'pending' }))[3], 1_000);
    assert.equal(columns(aSession({ state: 'done' }))[1], null);
  });

  it('are read by the types of their columns', () => {
    const row = { name: 'x', count: 2n, bytes: Uint8Array.of(1), none: null };
    assert.deepEqual([text(row, 'name'), integer(row, 'count')], ['x', 2]);
    assert.deepEqual([blob(row, 'bytes'), blob(row, 'none')], [Uint8Array.of(1), undefined]);
  });
});
