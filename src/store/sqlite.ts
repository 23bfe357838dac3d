/**
 * `id-verify/verifier/sqlite`: sessions in one file, for one process.
 *
 * Acknowledged means durable: write-ahead log, and what is written in one turn of the event loop
 * shares one commit and its fsync; answers come after it. The file is locked for this process alone,
 * because waiting pages are told of changes within the process. Erased means gone: freed pages are
 * overwritten, and the log, which still holds what was there before, is emptied before the answer.
 */
import { open, rename, rm } from 'node:fs/promises';
import * as sqlite from 'node:sqlite';
import { IdVerifyError } from '../wire/error.ts';
import { blob, CREATED, columns, integer, opened, SUBJECT, text } from './sqlite-schema.ts';
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

/** What waits for the commit of this turn. */
interface Job {
  /** @returns what tells its outcome once that is durable */
  run(): () => void;
  reject(error: unknown): void;
}

/** How many writes share a commit at most, and for how long a part of a sweep works. */
const TURN = { writes: 64, sweepMs: 10 };

/** A store in one file, which can be copied while it is used. */
export interface SqliteStore extends Store {
  /**
   * Writes all that is acknowledged into a new file. Sessions go on: who reads is answered, who writes
   * waits until the copy is there. What was erased before is not in it; what is erased later stays in
   * it until you delete it.
   * @throws IdVerifyError `config/store` if there is such a file, or under Node before 22.16
   */
  backup(path: string): Promise<void>;
}

/** Of a copy, between which others may read: four megabytes. */
const PAGES = 1_000;

class SqliteFile implements SqliteStore {
  readonly #db: sqlite.DatabaseSync;
  readonly #watchers = new Watchers();
  readonly #statements = new Map<string, sqlite.StatementSync>();
  #jobs: Job[] = [];
  /** While the file is copied, which SQLite cannot do in the middle of a write of the same connection. */
  #copying: Promise<unknown> | undefined;
  /** Whether the log may hold what was erased since it was last emptied. */
  #erased = true;

  constructor(path: string) {
    this.#db = opened(path);
    // A process that was killed between an erasure and this leaves the log full.
    this.#emptyLog();
  }

  #sql(source: string): sqlite.StatementSync {
    const known = this.#statements.get(source) ?? this.#db.prepare(source);
    this.#statements.set(source, known);
    return known;
  }

  /**
   * All of `work` or nothing, in the commit of this turn. node:sqlite is synchronous, so nothing else
   * runs in between.
   */
  #atomic<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const result = work();
        return () => resolve(result);
      };
      this.#jobs.push({ run, reject });
      if (this.#jobs.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    if (this.#copying !== undefined) return;
    const jobs = this.#jobs.splice(0, TURN.writes);
    if (jobs.length === 0) return;
    if (this.#jobs.length > 0) setImmediate(() => this.#commit());
    try {
      this.#sql('BEGIN IMMEDIATE').run();
      const outcomes = jobs.map((job) => this.#attempt(job));
      this.#sql('COMMIT').run();
      this.#emptyLog();
      for (const tell of outcomes) tell();
    } catch (error) {
      // A full disk has undone everything already.
      if (this.#db.isOpen && this.#db.isTransaction) this.#sql('ROLLBACK').run();
      for (const { reject } of jobs) reject(error);
    }
  }

  /** One write that fails takes no other with it, unless the whole transaction is gone. */
  #attempt({ run, reject }: Job): () => void {
    this.#sql('SAVEPOINT job').run();
    try {
      return run();
    } catch (error) {
      if (!this.#db.isTransaction) throw error;
      this.#sql('ROLLBACK TO job').run();
      return () => reject(error);
    } finally {
      if (this.#db.isTransaction) this.#sql('RELEASE job').run();
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
    const { changes } = await this.#atomic(() =>
      this.#sql(
        'INSERT OR IGNORE INTO session (version, due_at, erase_at, pending_since, record, id) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(...columns(session), session.id),
    );
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
    const written = await this.#atomic(() => {
      const before = this.#read(id);
      if (before?.version !== expectedVersion) return undefined;
      this.#write(session);
      if (change.evidence !== undefined) this.#addEvidence(id, change.evidence);
      if (change.personal !== undefined) this.#replacePersonal(id, change.personal);
      if (change.images === 'erase') this.#eraseImages(id);
      else if (change.images !== undefined && 'only' in change.images) {
        const { only } = change.images;
        this.#delete('DELETE FROM image WHERE session = ? AND sender <> ?', id, only);
      } else if (change.images !== undefined) this.#keepImages(id, change.images);
      // The private keys of requests go with them.
      this.#erased ||= dropsExchange(before, session);
      return this.#read(id);
    });
    if (written !== undefined) this.#watchers.notify(id);
    return written;
  }

  /** Runs what deletes, and remembers that the log has to be emptied. */
  #delete(source: string, ...values: (string | number)[]): number {
    const { changes } = this.#sql(source).run(...values);
    this.#erased ||= Number(changes) > 0;
    return Number(changes);
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
    this.#delete('DELETE FROM personal WHERE session = ?', id);
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
    this.#delete(
      'DELETE FROM image WHERE session = ? AND hash NOT IN (SELECT value FROM json_each(?))',
      id,
      hashes,
    );
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

  async ofSubject(subject: string): Promise<readonly SessionRecord[]> {
    return this.#sql(`SELECT record FROM session WHERE ${SUBJECT} = ? ORDER BY ${CREATED}`)
      .all(subject)
      .map((row) => JSON.parse(text(row, 'record')));
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord> {
    return this.#watchers.watch(id, signal, () => this.get(id));
  }

  async erase(id: string): Promise<void> {
    await this.#atomic(() => {
      this.#delete('DELETE FROM session WHERE id = ?', id);
      this.#delete('DELETE FROM image_use WHERE session = ?', id);
    });
    this.#watchers.notify(id);
  }

  async sweep(now: number): Promise<Swept> {
    const { gone, ends, more } = await this.#atomic(() => this.#sweepSome(now));
    for (const id of [...gone, ...ends]) this.#watchers.notify(id);
    return { expired: ends.length, erased: gone.length, ...(more && { more: true }) };
  }

  /** One thing after the other until all is done or the time is up. */
  #sweepSome(now: number) {
    const until = performance.now() + TURN.sweepMs;
    const gone: string[] = [];
    const ends: string[] = [];
    let more = false;
    /** @returns whether there is another of the kind */
    const each = (source: string, work: (id: string) => void): void => {
      for (;;) {
        if (more) return;
        const row = this.#sql(source).get(now);
        if (row === undefined) return;
        work(text(row, 'id'));
        more = performance.now() > until;
      }
    };
    each('SELECT id FROM session WHERE erase_at <= ? LIMIT 1', (id) => {
      // Pictures are large: each is a thing of its own.
      if (this.#delete(ONE_IMAGE, id) > 0) return;
      this.#delete('DELETE FROM session WHERE id = ?', id);
      gone.push(id);
    });
    each('SELECT id FROM session WHERE due_at <= ? LIMIT 1', (id) => {
      if (this.#sweepOne(id, now)) ends.push(id);
    });
    each('SELECT rowid AS id FROM personal WHERE erase_at <= ? LIMIT 1', (id) => {
      this.#delete('DELETE FROM personal WHERE rowid = ?', Number(id));
    });
    each('SELECT rowid AS id FROM image WHERE erase_at <= ? LIMIT 1', (id) => {
      this.#delete('DELETE FROM image WHERE rowid = ?', Number(id));
    });
    if (!more) this.#delete('DELETE FROM image_use WHERE until <= ?', now);
    return { gone, ends, more };
  }

  /** @returns whether the session has ended */
  #sweepOne(id: string, now: number): boolean {
    const session = this.#read(id);
    if (session === undefined) return false;
    const next = { ...swept(session, now), version: session.version + 1 };
    this.#write(next);
    this.#erased = true;
    if (isLive(next)) return false;
    this.#delete('DELETE FROM personal WHERE session = ?', id);
    this.#eraseImages(id);
    return true;
  }

  #eraseImages(id: string): void {
    this.#delete('DELETE FROM image WHERE session = ?', id);
  }

  /** The log still holds what was overwritten in the file. */
  #emptyLog(): void {
    if (!this.#erased) return;
    try {
      const { busy } = this.#sql('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
      this.#erased = busy !== 0;
    } catch {
      // What was written is durable all the same; the next commit tries this again.
    }
  }

  async #copy(path: string): Promise<void> {
    while (this.#copying !== undefined) await this.#copying.catch(() => undefined);
    try {
      this.#copying = sqlite.backup(this.#db, path, { rate: PAGES });
      await this.#copying;
    } finally {
      this.#copying = undefined;
      setImmediate(() => this.#commit());
    }
  }

  async backup(path: string): Promise<void> {
    if (typeof sqlite.backup !== 'function') {
      throw new IdVerifyError('config/store', 'backup: needs Node 22.16 or later');
    }
    const part = `${path}.part`;
    const reserved = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EEXIST' ? 'exists already' : 'cannot be written';
      throw new IdVerifyError('config/store', `backup: ${path} ${why}`, { cause });
    });
    try {
      await reserved.close();
      // Nobody else may read it, from its first byte on.
      await (await open(part, 'w', 0o600)).close();
      await this.#copy(part);
      const written = await open(part, 'r+');
      await written.sync();
      await written.close();
      await rename(part, path);
    } catch (error) {
      await Promise.all([path, part].map((file) => rm(file, { force: true })));
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    await this.#copying?.catch(() => undefined);
    while (this.#jobs.length > 0) this.#commit();
    this.#statements.clear();
    this.#db.close();
    this.#watchers.notifyAll();
  }
}

const ONE_IMAGE =
  'DELETE FROM image WHERE rowid = (SELECT rowid FROM image WHERE session = ? LIMIT 1)';

const dropsExchange = (before: SessionRecord, { exchanges }: SessionRecord): boolean =>
  before.exchanges.some(({ id }) => !exchanges.some((asked) => asked.id === id));

/**
 * Opens or creates a store in a file.
 * @param path of the database; `:memory:` for none
 * @throws IdVerifyError `config/store` if another process has the file open, if it is damaged, or if
 *   a later version made it
 */
export const sqliteStore = (path: string): SqliteStore => new SqliteFile(path);
