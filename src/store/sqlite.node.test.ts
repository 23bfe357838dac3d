import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { aSession, storeConformance } from './conformance.ts';
import { sqliteStore } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'id-verify-store-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = (): string => join(folder, `${files++}.db`);

storeConformance('sqlite', () => sqliteStore(newFile()));

describe('sqlite: file', () => {
  it('still has everything it acknowledged after kill -9 in the middle of writing', async () => {
    for (const acknowledgedAtLeast of [5, 40, 90]) {
      const file = newFile();
      const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let acknowledged = 0;
      writer.stdout.setEncoding('utf8').on('data', (lines: string) => {
        acknowledged = Number(lines.trimEnd().split('\n').at(-1));
        if (acknowledged >= acknowledgedAtLeast) writer.kill('SIGKILL');
      });
      await once(writer, 'close');
      assert.ok(acknowledged >= acknowledgedAtLeast, 'the writer was killed, not stuck');
      const store = sqliteStore(file);
      const session = await store.get(aSession().id);
      const evidence = await store.evidence(aSession().id);
      assert.ok((session?.seq ?? 0) >= acknowledged, `${session?.seq} of ${acknowledged}`);
      assert.equal(evidence.length, session?.seq, 'evidence and sequence are one write');
      await store.close();
    }
  });

  it('survives closing and opening', async () => {
    const file = newFile();
    const first = sqliteStore(file);
    await first.create(aSession());
    await first.close();
    const second = sqliteStore(file);
    assert.deepEqual(await second.get(aSession().id), aSession());
    await second.close();
  });

  it('is refused to a second process, which would not be told of changes', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    await store.create(aSession());
    const second = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const [code] = await once(second, 'close');
    assert.equal(code, 1);
    assert.match(complaint, /is open in another process/);
    await store.close();
  });

  it('is copied while sessions go on: everything acknowledged before is in the copy', async () => {
    const store = sqliteStore(newFile());
    const idOf = (index: number) => `session-${String(index).padStart(6, '0')}`;
    const add = (index: number) => store.create({ ...aSession(), id: idOf(index) });
    for (let index = 0; index < 300; index++) await add(index);
    const copy = newFile();
    let isDone = false;
    const copied = store.backup(copy).finally(() => {
      isDone = true;
    });
    let written = 300;
    const writing = (async () => {
      while (!isDone) await add(written++);
    })();
    while (!isDone) {
      assert.ok(await store.get(idOf(7)), 'who reads is answered');
      await new Promise(setImmediate);
    }
    await Promise.all([copied, writing]);
    assert.ok(written > 300, 'sessions went on');
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    await assert.rejects(store.backup(copy), { code: 'config/store', message: /exists already/ });
    await assert.rejects(store.backup(join(folder, 'nowhere', 'copy.db')), {
      message: /cannot be written/,
    });
    await store.close();
    const restored = sqliteStore(copy);
    for (let index = 0; index < 300; index++) assert.ok(await restored.get(idOf(index)));
    // The copy goes on as a store.
    await restored.create({ ...aSession(), id: 'one more' });
    await restored.close();
  });

  it('is looked at before it is used: damaged, of a later version, no database, in no place', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    for (let index = 0; index < 200; index++) {
      await store.create({ ...aSession(), id: `session-${index}-${'x'.repeat(300)}` });
    }
    await store.close();
    const damaged = newFile();
    const bytes = readFileSync(file);
    writeFileSync(damaged, bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8_192));
    const later = newFile();
    copyFileSync(file, later);
    const database = new DatabaseSync(later);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const text = newFile();
    writeFileSync(text, 'a shopping list, and not a short one '.repeat(40));
    for (const [path, why] of [
      [damaged, /is damaged: restore a backup/],
      [later, /was made by a later version/],
      [text, /is no SQLite database/],
      [join(folder, 'nowhere', 'store.db'), /does its folder exist/],
    ] as const) {
      assert.throws(() => sqliteStore(path), { code: 'config/store', message: why });
    }
    // A refused file is not held.
    await sqliteStore(file).close();
  });

  it('leaves no byte of erased data in its files', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    const session = aSession();
    await store.create(session);
    const value = new TextEncoder().encode('SECRET-NAME-OF-A-PERSON');
    await store.transition(session.id, 0, {
      session,
      personal: [{ name: 'claim/name', value, eraseAt: 15_000 }],
    });
    const found = (needle: string): boolean =>
      readdirSync(folder)
        .filter((entry) => join(folder, entry).startsWith(file))
        .some((entry) => readFileSync(join(folder, entry)).includes(needle));
    assert.ok(found('SECRET-NAME-OF-A-PERSON') && found('PRIVATE'), 'it was there');
    await store.sweep(10_000);
    assert.equal(found('SECRET-NAME-OF-A-PERSON'), false);
    assert.equal(found('PRIVATE'), false, 'the request key too');
    await store.close();
  });
});
