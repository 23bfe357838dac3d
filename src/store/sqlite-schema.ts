/** The file of the SQLite store: opening it, its tables, and how records fit their rows. */
import { DatabaseSync } from 'node:sqlite';
import { IdVerifyError } from '../wire/error.ts';
import { dueAt, type SessionRecord } from './store.ts';

/** Writes nothing, but takes the lock. */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
`;

/** What leads from each version of the file to the next; `user_version` counts them. */
const MIGRATIONS: readonly string[] = [
  // Version 0.1.0 made these without counting.
  `
  CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, due_at INTEGER,
    erase_at INTEGER NOT NULL, pending_since INTEGER, record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS session_erase ON session (erase_at);
  CREATE INDEX IF NOT EXISTS session_due ON session (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS session_pending ON session (pending_since)
    WHERE pending_since IS NOT NULL;
  CREATE TABLE IF NOT EXISTS evidence (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    seq INTEGER NOT NULL, record TEXT NOT NULL, envelope BLOB,
    PRIMARY KEY (session, seq)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS personal (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    name TEXT NOT NULL, value BLOB NOT NULL, erase_at INTEGER NOT NULL,
    PRIMARY KEY (session, name)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS personal_erase ON personal (erase_at);
  CREATE TABLE IF NOT EXISTS image (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    hash TEXT NOT NULL, type TEXT NOT NULL, bytes BLOB NOT NULL, received_at INTEGER NOT NULL,
    erase_at INTEGER, PRIMARY KEY (session, hash)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS image_erase ON image (erase_at) WHERE erase_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS image_use (
    hash TEXT PRIMARY KEY, session TEXT NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS image_use_session ON image_use (session);
`,
  // A picture is of the key that sent it, and the same one again whatever its metadata says.
  `
  ALTER TABLE image ADD COLUMN sender TEXT NOT NULL DEFAULT '';
  ALTER TABLE image ADD COLUMN print TEXT NOT NULL DEFAULT '';
  UPDATE image SET print = hash, sender = coalesce((
    SELECT json_extract(k.value, '$.publicKey.x') || '.' || json_extract(k.value, '$.publicKey.y')
    FROM session, json_each(session.record, '$.keys') AS k
    WHERE session.id = image.session AND json_extract(k.value, '$.sends')), '');
  ALTER TABLE image_use RENAME COLUMN hash TO print;
`,
  // Erasure by member.
  "CREATE INDEX session_subject ON session (json_extract(record, '$.subject'))",
];

/** Of a session's record; the first has an index. */
export const SUBJECT = "json_extract(record, '$.subject')";
export const CREATED = "json_extract(record, '$.createdAt')";

/** What SQLite says, https://www.sqlite.org/rescode.html, in words for whoever starts the server. */
const REASONS: Readonly<Record<number, string>> = {
  5: 'is open in another process; one alone may have it',
  8: 'cannot be written',
  11: 'is damaged: restore a backup',
  14: 'cannot be opened: does its folder exist, and may this process write there?',
  26: 'is no SQLite database',
};

/** @throws IdVerifyError `config/store` */
export function opened(path: string): DatabaseSync {
  const refuse = (why: string, cause?: unknown) =>
    new IdVerifyError('config/store', `sqliteStore: ${path} ${why}`, { cause });
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec(SETTINGS);
    const found = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (found !== 'ok') throw refuse('is damaged: restore a backup');
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    if (version > MIGRATIONS.length) throw refuse('was made by a later version of id-verify');
    for (const [index, step] of MIGRATIONS.entries()) {
      if (index < version) continue;
      db.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
    }
    return db;
  } catch (error) {
    db?.close();
    const { errcode = 0 }: { errcode?: number } = Object(error);
    // The lower byte is the kind, what stands above tells it more exactly.
    const why = REASONS[errcode & 0xff];
    throw why === undefined ? error : refuse(why, error);
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Columns, whose types the STRICT tables above guarantee. */
export const text = (row: Row, column: string): string => String(row[column]);
export const integer = (row: Row, column: string): number => Number(row[column]);
export const blob = (row: Row, column: string): Uint8Array | undefined => {
  const value = row[column];
  return value instanceof Uint8Array ? new Uint8Array(value) : undefined;
};

/** Of a session, in the order of its statements, the id apart. */
export const columns = (
  session: SessionRecord,
): [number, number | null, number, number | null, string] => {
  const due = dueAt(session);
  return [
    session.version,
    Number.isFinite(due) ? due : null,
    session.eraseAt,
    session.state === 'pending' ? session.createdAt : null,
    JSON.stringify(session),
  ];
};
