/** The tables of the SQLite store, and how records fit their rows. */
import { dueAt, type SessionRecord } from './store.ts';

export const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
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
    sender TEXT NOT NULL, print TEXT NOT NULL, erase_at INTEGER, PRIMARY KEY (session, hash)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS image_erase ON image (erase_at) WHERE erase_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS image_use (
    print TEXT PRIMARY KEY, session TEXT NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS image_use_session ON image_use (session);
`;

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
