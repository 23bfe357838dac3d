/** The tables of the PostgreSQL store, and how they come about while other instances run. */
import type { ClientBase } from 'pg';

/**
 * What leads from each version to the next. Only ever additions that the version before can live
 * with: while instances are replaced one by one, both use the tables.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE id_verify.session (
    id text PRIMARY KEY, version integer NOT NULL, state text NOT NULL, subject text NOT NULL,
    created_at bigint NOT NULL, due_at bigint, erase_at bigint NOT NULL, record text NOT NULL
  );
  CREATE INDEX session_erase ON id_verify.session (erase_at);
  CREATE INDEX session_due ON id_verify.session (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX session_pending ON id_verify.session (created_at) WHERE state = 'pending';
  CREATE INDEX session_subject ON id_verify.session (subject);
  CREATE TABLE id_verify.evidence (
    session text NOT NULL REFERENCES id_verify.session ON DELETE CASCADE,
    place integer GENERATED ALWAYS AS IDENTITY, seq integer NOT NULL, record text NOT NULL, envelope bytea,
    PRIMARY KEY (session, seq)
  );
  CREATE TABLE id_verify.personal (
    session text NOT NULL REFERENCES id_verify.session ON DELETE CASCADE,
    place integer NOT NULL, name text NOT NULL, value bytea NOT NULL, erase_at bigint NOT NULL,
    PRIMARY KEY (session, name)
  );
  CREATE INDEX personal_erase ON id_verify.personal (erase_at);
  CREATE TABLE id_verify.image (
    session text NOT NULL REFERENCES id_verify.session ON DELETE CASCADE,
    hash text NOT NULL, type text NOT NULL, bytes bytea NOT NULL, received_at bigint NOT NULL,
    sender text NOT NULL, print text NOT NULL, erase_at bigint, PRIMARY KEY (session, hash)
  );
  CREATE INDEX image_erase ON id_verify.image (erase_at) WHERE erase_at IS NOT NULL;
  CREATE TABLE id_verify.image_use (
    print text PRIMARY KEY, session text NOT NULL, until bigint NOT NULL
  );
  CREATE INDEX image_use_session ON id_verify.image_use (session);
  CREATE INDEX image_use_until ON id_verify.image_use (until);
`,
];

/** "id-verify" as a number, for the lock that lets one instance migrate and the others wait. */
const LOCK = 4_711_204_207;

/** Brings the tables up to the newest version; a later one than ours stays as it is. */
export async function migrate(
  client: ClientBase,
  migrations: readonly string[] = MIGRATIONS,
): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query('CREATE SCHEMA IF NOT EXISTS id_verify');
    await client.query(
      'CREATE TABLE IF NOT EXISTS id_verify.migration (version integer PRIMARY KEY)',
    );
    const { rows } = await client.query('SELECT max(version) AS version FROM id_verify.migration');
    const before = Number(rows[0]?.version ?? 0);
    for (const [index, step] of migrations.entries()) {
      if (index < before) continue;
      const version = index + 1;
      await client.query(
        `BEGIN; ${step}; INSERT INTO id_verify.migration VALUES (${version}); COMMIT`,
      );
    }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
  }
}
