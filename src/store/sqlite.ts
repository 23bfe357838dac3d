/**
 * `id-verify/verifier/sqlite`: sessions in one file, for one process. The only entry of this project
 * that needs Node.
 *
 * Acknowledged means durable: write-ahead log, an fsync per commit. The file is locked for this
 * process alone, because waiting pages are told of changes within the process. Erased means gone:
 * freed pages are overwritten, and a sweep empties the log.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { IdVerifyError } from '../wire/error.ts';
import { blob, columns, integer, SCHEMA, text } from './sqlite-schema.ts';
import {
  type Change,
  type EvidenceRecord,
  type ImageRecord,
  isLive,
  type KeptImages,
  type PersonalRecord,
  type SessionRecord,
  type Store,
  type Swept,
  swept,
} from './store.ts';
import { Watchers } from './watchers.ts';

class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #watchers = new Watchers();
  readonly #statements = new Map<string, StatementSync>();
  /** Whether the log may hold what was erased since it was last emptied. */
  #erased = false;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(SCHEMA);
  }

  #sql(source: string): StatementSync {
    const known = this.#statements.get(source) ?? this.#db.prepare(source);
    this.#statements.set(source, known);
    return known;
  }

  /** All of it or nothing; node:sqlite is synchronous, so nothing else runs in between. */
  #atomic<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #read(id: string): SessionRecord | undefined {
    const row = this.#sql('SELECT record FROM session WHERE id = ?').get(id);
    return row && JSON.parse(text(row, 'record'));
  }

  #write(session: SessionRecord): void {
    this.#sql(
      'UPDATE session SET version = ?, due_at = ?, erase_at = ?, pending_since = ?, record = ? WHERE id = ?',
    ).run(...columns(session), session.id);
  }

  async create(session: SessionRecord): Promise<void> {
    const { changes } = this.#sql(
      'INSERT OR IGNORE INTO session (version, due_at, erase_at, pending_since, record, id) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(...columns(session), session.id);
    if (changes !== 1) throw new IdVerifyError('config/store', 'a session of this id exists');
  }

  async get(id: string): Promise<SessionRecord | undefined> {
    return this.#read(id);
  }

  async transition(
    id: string,
    expectedVersion: number,
    change: Change,
  ): Promise<SessionRecord | undefined> {
    const session: SessionRecord = { ...change.session, id, version: expectedVersion + 1 };
    const written = this.#atomic(() => {
      if (this.#read(id)?.version !== expectedVersion) return false;
      this.#write(session);
      if (change.evidence !== undefined) this.#addEvidence(id, change.evidence);
      if (change.personal !== undefined) this.#replacePersonal(id, change.personal);
      if (change.images === 'erase') this.#eraseImages(id);
      else if (change.images !== undefined && 'only' in change.images) {
        const { only } = change.images;
        this.#sql('DELETE FROM image WHERE session = ? AND sender <> ?').run(id, only);
      } else if (change.images !== undefined) this.#keepImages(id, change.images);
      return true;
    });
    if (!written) return undefined;
    this.#erased ||= change.personal !== undefined || change.images !== undefined;
    this.#watchers.notify(id);
    return this.#read(id);
  }

  #addEvidence(id: string, { envelope, ...record }: EvidenceRecord): void {
    this.#sql('INSERT INTO evidence (session, seq, record, envelope) VALUES (?, ?, ?, ?)').run(
      id,
      record.seq,
      JSON.stringify(record),
      envelope ?? null,
    );
  }

  #replacePersonal(id: string, records: readonly PersonalRecord[]): void {
    this.#sql('DELETE FROM personal WHERE session = ?').run(id);
    for (const { name, value, eraseAt } of records) {
      this.#sql('INSERT INTO personal (session, name, value, erase_at) VALUES (?, ?, ?, ?)').run(
        id,
        name,
        value,
        eraseAt,
      );
    }
  }

  async evidence(id: string): Promise<readonly EvidenceRecord[]> {
    return this.#sql('SELECT record, envelope FROM evidence WHERE session = ? ORDER BY seq')
      .all(id)
      .map((row) => {
        const envelope = blob(row, 'envelope');
        return { ...JSON.parse(text(row, 'record')), ...(envelope && { envelope }) };
      });
  }

  async personal(id: string): Promise<readonly PersonalRecord[]> {
    return this.#sql('SELECT name, value, erase_at FROM personal WHERE session = ? ORDER BY rowid')
      .all(id)
      .map((row) => ({
        name: text(row, 'name'),
        value: blob(row, 'value') ?? new Uint8Array(),
        eraseAt: integer(row, 'erase_at'),
      }));
  }

  #keepImages(id: string, { keep, eraseAt, rememberUntil }: KeptImages): void {
    const hashes = JSON.stringify(keep);
    this.#sql(
      'DELETE FROM image WHERE session = ? AND hash NOT IN (SELECT value FROM json_each(?))',
    ).run(id, hashes);
    this.#sql('UPDATE image SET erase_at = ? WHERE session = ?').run(eraseAt, id);
    if (rememberUntil === undefined) return;
    this.#sql(
      'INSERT OR IGNORE INTO image_use (print, session, until) SELECT print, session, ? FROM image WHERE session = ?',
    ).run(rememberUntil, id);
  }

  async putImage(
    id: string,
    { hash, type, bytes, receivedAt, sender, print }: ImageRecord,
    most: number,
  ): Promise<'stored' | 'full' | 'closed'> {
    return this.#atomic(() => {
      if (this.#read(id)?.state !== 'awaiting') return 'closed';
      const held = this.#sql('SELECT hash, sender FROM image WHERE session = ?').all(id);
      const before = held.find((row) => text(row, 'hash') === hash);
      if (before && text(before, 'sender') === sender) return 'stored';
      if (before === undefined && held.length >= most) return 'full';
      this.#sql(
        'INSERT OR REPLACE INTO image (session, hash, type, bytes, received_at, sender, print) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(id, hash, type, bytes, receivedAt, sender, print);
      return 'stored';
    });
  }

  async getImage(id: string, hash: string): Promise<ImageRecord | undefined> {
    const row = this.#sql(
      'SELECT type, bytes, received_at, sender, print FROM image WHERE session = ? AND hash = ?',
    ).get(id, hash);
    return (
      row && {
        hash,
        type: text(row, 'type'),
        bytes: blob(row, 'bytes') ?? new Uint8Array(),
        receivedAt: integer(row, 'received_at'),
        sender: text(row, 'sender'),
        print: text(row, 'print'),
      }
    );
  }

  async imageUse(print: string): Promise<string | undefined> {
    const row = this.#sql('SELECT session FROM image_use WHERE print = ?').get(print);
    return row && text(row, 'session');
  }

  async pending(): Promise<readonly SessionRecord[]> {
    return this.#sql(
      'SELECT record FROM session WHERE pending_since IS NOT NULL ORDER BY pending_since',
    )
      .all()
      .map((row) => JSON.parse(text(row, 'record')));
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord> {
    return this.#watchers.watch(id, signal, () => this.get(id));
  }

  async erase(id: string): Promise<void> {
    this.#atomic(() => {
      this.#sql('DELETE FROM session WHERE id = ?').run(id);
      this.#sql('DELETE FROM image_use WHERE session = ?').run(id);
    });
    this.#emptyLog();
    this.#watchers.notify(id);
  }

  async sweep(now: number): Promise<Swept> {
    const { gone, due, ends, forgotten } = this.#atomic(() => {
      const gone = this.#sql('DELETE FROM session WHERE erase_at <= ? RETURNING id').all(now);
      const due = this.#sql('SELECT id FROM session WHERE due_at <= ?').all(now);
      const ends = due.filter(({ id }) => this.#sweepOne(String(id), now));
      const forgotten =
        Number(this.#sql('DELETE FROM personal WHERE erase_at <= ?').run(now).changes) +
        Number(this.#sql('DELETE FROM image WHERE erase_at <= ?').run(now).changes);
      this.#sql('DELETE FROM image_use WHERE until <= ?').run(now);
      return { gone, due, ends, forgotten };
    });
    if (this.#erased || gone.length + due.length + forgotten > 0) this.#emptyLog();
    for (const { id } of [...gone, ...ends]) this.#watchers.notify(String(id));
    return { expired: ends.length, erased: gone.length };
  }

  /** @returns whether the session has ended */
  #sweepOne(id: string, now: number): boolean {
    const session = this.#read(id);
    if (session === undefined) return false;
    const next = { ...swept(session, now), version: session.version + 1 };
    this.#write(next);
    if (isLive(next)) return false;
    this.#sql('DELETE FROM personal WHERE session = ?').run(id);
    this.#eraseImages(id);
    return true;
  }

  #eraseImages(id: string): void {
    this.#sql('DELETE FROM image WHERE session = ?').run(id);
  }

  /** The log still holds what was overwritten in the file. */
  #emptyLog(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#erased = false;
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    this.#statements.clear();
    this.#db.close();
    this.#watchers.notifyAll();
  }
}

/**
 * Opens or creates a store in a file.
 * @param path of the database; `:memory:` for none
 * @throws Error if another process has the file open
 */
export const sqliteStore = (path: string): Store => new SqliteStore(path);
