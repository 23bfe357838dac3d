/**
 * `id-verify/verifier/postgres`: sessions in a PostgreSQL database, for any number of processes and
 * machines. Needs the package `pg`.
 *
 * Acknowledged means committed. Waiting pages are told of changes by NOTIFY, which does not go
 * through a pooler of transactions: LISTEN has a connection of its own, and when that was lost,
 * everybody who waits looks anew. Erased rows are gone for every query at once; their bytes stay in
 * the database's files until it vacuums, and in its backups.
 */
import pg from 'pg';
import { IdVerifyError } from '../wire/error.ts';
import { MIGRATIONS, migrate } from './postgres-schema.ts';
import {
  type Change,
  dueAt,
  type EvidenceRecord,
  type ImageRecord,
  isLive,
  type PersonalRecord,
  type SessionRecord,
  type Store,
  type Swept,
  swept,
} from './store.ts';
import { Watchers } from './watchers.ts';

const CHANNEL = 'id_verify';
/** Rows of each kind in a part of a sweep. */
const PART = 100;
const RECONNECT = 500;

type Row = Readonly<Record<string, unknown>>;

/** A store whose clock is the database's, the same for every instance. */
export interface PostgresStore extends Store {
  /** Milliseconds since 1970; for the option `now` of `createVerifier`. */
  now(): number;
}

class Postgres implements PostgresStore {
  readonly shared = true;
  readonly #pool: pg.Pool;
  readonly #url: string;
  readonly #watchers = new Watchers();
  #listener: pg.Client | undefined;
  #closed = false;
  /** How far the database's clock is ahead of this machine's monotonic one. */
  #ahead = 0;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 15_000,
    });
    // A connection that breaks while idle; who needs one gets another, or the error.
    this.#pool.on('error', () => undefined);
    // One that breaks in use: the query rejects as well.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async open(migrations: readonly string[]): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await migrate(client, migrations);
    } finally {
      client.release();
    }
    await this.#setClock();
    await this.#listen();
  }

  now(): number {
    return Math.floor(performance.now() + this.#ahead);
  }

  async #setClock(): Promise<void> {
    const asked = performance.now();
    const [row] = await this.#query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now');
    this.#ahead = Number(row?.['now']) - (asked + performance.now()) / 2;
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    client.on('notification', ({ payload }) => this.#watchers.notify(payload ?? ''));
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    // Not before: one that never was ends as well.
    client.on('end', () => void this.#listenAgain());
    this.#listener = client;
  }

  /** Until it is there again; what was told meanwhile, everybody finds by looking. */
  async #listenAgain(): Promise<void> {
    this.#listener = undefined;
    while (!this.#closed) {
      try {
        await this.#listen();
        this.#watchers.notifyAll();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RECONNECT));
        this.#watchers.notifyAll();
      }
    }
  }

  async #query(source: string, values: unknown[] = []): Promise<readonly Row[]> {
    return (await this.#pool.query(source, values)).rows;
  }

  /** All of it or nothing. */
  async #atomic<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async create(session: SessionRecord): Promise<void> {
    const created = await this.#query(
      `INSERT INTO id_verify.session (id, version, state, due_at, erase_at, record, subject, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
      [...columns(session), session.subject, session.createdAt],
    );
    if (created.length !== 1)
      throw new IdVerifyError('config/store', 'a session of this id exists');
  }

  async get(id: string): Promise<SessionRecord | undefined> {
    const [row] = await this.#query('SELECT record FROM id_verify.session WHERE id = $1', [id]);
    return row && recordOf(row);
  }

  async transition(
    id: string,
    expectedVersion: number,
    change: Change,
  ): Promise<SessionRecord | undefined> {
    const session: SessionRecord = { ...change.session, id, version: expectedVersion + 1 };
    return this.#atomic(async (client) => {
      if (!(await write(client, session, expectedVersion))) return undefined;
      const { evidence, personal, images } = change;
      if (evidence !== undefined) {
        const { envelope, ...record } = evidence;
        await client.query(
          'INSERT INTO id_verify.evidence (session, seq, record, envelope) VALUES ($1, $2, $3, $4)',
          [id, record.seq, JSON.stringify(record), envelope ?? null],
        );
      }
      if (personal !== undefined) await replacePersonal(client, id, personal);
      if (images === 'erase') {
        await client.query('DELETE FROM id_verify.image WHERE session = $1', [id]);
      } else if (images !== undefined && 'only' in images) {
        const others = 'DELETE FROM id_verify.image WHERE session = $1 AND sender <> $2';
        await client.query(others, [id, images.only]);
      } else if (images !== undefined) {
        await client.query(
          'DELETE FROM id_verify.image WHERE session = $1 AND NOT hash = ANY ($2)',
          [id, images.keep],
        );
        await client.query('UPDATE id_verify.image SET erase_at = $2 WHERE session = $1', [
          id,
          images.eraseAt,
        ]);
        if (images.rememberUntil !== undefined) {
          await client.query(
            `INSERT INTO id_verify.image_use (print, session, until)
             SELECT DISTINCT print, session, $2::bigint FROM id_verify.image WHERE session = $1
             ON CONFLICT DO NOTHING`,
            [id, images.rememberUntil],
          );
        }
      }
      return JSON.parse(JSON.stringify(session));
    });
  }

  async evidence(id: string): Promise<readonly EvidenceRecord[]> {
    const rows = await this.#query(
      'SELECT record, envelope FROM id_verify.evidence WHERE session = $1 ORDER BY seq',
      [id],
    );
    return rows.map((row) => ({
      ...JSON.parse(String(row['record'])),
      ...(row['envelope'] != null && { envelope: bytesOf(row, 'envelope') }),
    }));
  }

  async personal(id: string): Promise<readonly PersonalRecord[]> {
    const rows = await this.#query(
      'SELECT name, value, erase_at FROM id_verify.personal WHERE session = $1 ORDER BY place',
      [id],
    );
    return rows.map((row) => ({
      name: String(row['name']),
      value: bytesOf(row, 'value'),
      eraseAt: Number(row['erase_at']),
    }));
  }

  putImage(
    id: string,
    { hash, type, bytes, receivedAt, sender, print }: ImageRecord,
    most: number,
  ): Promise<'stored' | 'full' | 'closed'> {
    return this.#atomic(async (client) => {
      const held = await client.query(
        'SELECT state FROM id_verify.session WHERE id = $1 FOR UPDATE',
        [id],
      );
      if (held.rows[0]?.state !== 'awaiting') return 'closed';
      const { rows } = await client.query(
        'SELECT hash, sender FROM id_verify.image WHERE session = $1',
        [id],
      );
      const before = rows.find((row) => row.hash === hash);
      if (before?.sender === sender) return 'stored';
      if (before === undefined && rows.length >= most) return 'full';
      await client.query(
        `INSERT INTO id_verify.image (session, hash, type, bytes, received_at, sender, print)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (session, hash) DO UPDATE
         SET received_at = excluded.received_at, sender = excluded.sender, print = excluded.print`,
        [id, hash, type, bytes, receivedAt, sender, print],
      );
      return 'stored';
    });
  }

  async getImage(id: string, hash: string): Promise<ImageRecord | undefined> {
    const [row] = await this.#query(
      'SELECT type, bytes, received_at, sender, print FROM id_verify.image WHERE session = $1 AND hash = $2',
      [id, hash],
    );
    return (
      row && {
        hash,
        type: String(row['type']),
        bytes: bytesOf(row, 'bytes'),
        receivedAt: Number(row['received_at']),
        sender: String(row['sender']),
        print: String(row['print']),
      }
    );
  }

  async imageUse(print: string): Promise<string | undefined> {
    const source = 'SELECT session FROM id_verify.image_use WHERE print = $1';
    const [row] = await this.#query(source, [print]);
    return row && String(row['session']);
  }

  async pending(): Promise<readonly SessionRecord[]> {
    const source =
      "SELECT record FROM id_verify.session WHERE state = 'pending' ORDER BY created_at";
    return (await this.#query(source)).map(recordOf);
  }

  async ofSubject(subject: string): Promise<readonly SessionRecord[]> {
    const source = 'SELECT record FROM id_verify.session WHERE subject = $1 ORDER BY created_at';
    return (await this.#query(source, [subject])).map(recordOf);
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<SessionRecord> {
    return this.#watchers.watch(id, signal, () => this.get(id));
  }

  async erase(id: string): Promise<void> {
    await this.#atomic(async (client) => {
      await client.query('DELETE FROM id_verify.session WHERE id = $1', [id]);
      await client.query('DELETE FROM id_verify.image_use WHERE session = $1', [id]);
      await tell(client, id);
    });
  }

  /** Many instances may sweep at once: what one has in hand, the others pass over. */
  async sweep(now: number): Promise<Swept> {
    await this.#setClock();
    return this.#atomic(async (client) => {
      const some = async (source: string) => (await client.query(source, [now, PART])).rows;
      const gone = await some(
        `DELETE FROM id_verify.session WHERE id IN (SELECT id FROM id_verify.session
         WHERE erase_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`,
      );
      const due = await some(
        'SELECT record FROM id_verify.session WHERE due_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED',
      );
      let expired = 0;
      for (const session of due.map(recordOf)) {
        const next = { ...swept(session, now), version: session.version + 1 };
        await write(client, next, session.version);
        if (isLive(next)) continue;
        await client.query('DELETE FROM id_verify.personal WHERE session = $1', [next.id]);
        await client.query('DELETE FROM id_verify.image WHERE session = $1', [next.id]);
        expired += 1;
      }
      const kinds = [gone, due];
      for (const [table, column] of [
        ['personal', 'erase_at'],
        ['image', 'erase_at'],
        ['image_use', 'until'],
      ]) {
        kinds.push(
          await some(
            `DELETE FROM id_verify.${table} WHERE ctid IN (SELECT ctid FROM id_verify.${table}
             WHERE ${column} <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1`,
          ),
        );
      }
      for (const { id } of gone) await tell(client, id);
      const more = kinds.some((rows) => rows.length >= PART);
      return { expired, erased: gone.length, ...(more && { more }) };
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#listener?.end();
    await this.#pool.end();
    this.#watchers.notifyAll();
  }
}

/** Delivered with the commit, to every instance, this one included. */
const tell = (client: pg.PoolClient, id: string) =>
  client.query('SELECT pg_notify($1, $2)', [CHANNEL, id]);

/** @returns whether the stored version was the expected one */
async function write(
  client: pg.PoolClient,
  session: SessionRecord,
  expected: number,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE id_verify.session SET version = $2, state = $3, due_at = $4, erase_at = $5, record = $6
     WHERE id = $1 AND version = $7`,
    [...columns(session), expected],
  );
  if (rowCount === 1) await tell(client, session.id);
  return rowCount === 1;
}

async function replacePersonal(
  client: pg.PoolClient,
  id: string,
  records: readonly PersonalRecord[],
): Promise<void> {
  await client.query('DELETE FROM id_verify.personal WHERE session = $1', [id]);
  for (const [place, { name, value, eraseAt }] of records.entries()) {
    await client.query(
      'INSERT INTO id_verify.personal (session, place, name, value, erase_at) VALUES ($1, $2, $3, $4, $5)',
      [id, place, name, value, eraseAt],
    );
  }
}

const columns = (session: SessionRecord): unknown[] => {
  const due = dueAt(session);
  return [
    session.id,
    session.version,
    session.state,
    Number.isFinite(due) ? due : null,
    session.eraseAt,
    JSON.stringify(session),
  ];
};

const recordOf = (row: Row): SessionRecord => JSON.parse(String(row['record']));

const bytesOf = (row: Row, column: string): Uint8Array => {
  const value = row[column];
  return value instanceof Uint8Array ? new Uint8Array(value) : new Uint8Array();
};

/**
 * Opens a store in a database, whose schema `id_verify` it makes or brings up to date; instances of
 * the version before may go on meanwhile.
 * @param url `postgres://…`, of a role that may create a schema the first time
 * @throws Error if the database cannot be reached
 */
export async function postgresStore(
  url: string,
  { connections = 10, migrations = MIGRATIONS } = {},
): Promise<PostgresStore> {
  const store = new Postgres(url, connections);
  try {
    await store.open(migrations);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
