import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import pg from 'pg';
import { testPostgres } from '../../test/postgres.ts';
import { aSession, storeConformance } from './conformance.ts';
import { postgresStore } from './postgres.ts';
import { MIGRATIONS } from './postgres-schema.ts';

const server = await testPostgres();

if (server === undefined) {
  it('postgres', { skip: 'there is no PostgreSQL: apt-get install postgresql' });
} else {
  after(() => server.stop());
  describe('postgres: database', () => {
    it('tells everybody who waits, also after the connection of LISTEN was cut', async () => {
      const url = await server.database();
      const [store, other] = [await postgresStore(url), await postgresStore(url)];
      const session = aSession();
      await store.create(session);
      const seen: string[] = [];
      const watching = (async () => {
        for await (const { state } of store.watch(session.id, AbortSignal.timeout(20_000))) {
          seen.push(state);
        }
      })();
      const admin = new pg.Client({ connectionString: url });
      await admin.connect();
      const cut = await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'",
      );
      assert.equal(cut.rowCount, 2);
      await admin.end();
      await other.transition(session.id, 0, { session: { ...session, state: 'review' } });
      await other.erase(session.id);
      await watching;
      assert.equal(seen[0], 'awaiting');
      await Promise.all([store.close(), other.close()]);
    });

    it('goes on after the server was killed, with everything it acknowledged', async () => {
      const store = await postgresStore(await server.database());
      let session = aSession();
      await store.create(session);
      let acknowledged = 0;
      const writing = (async () => {
        for (;;) {
          const next = await store
            .transition(session.id, session.version, {
              session: { ...session, seq: session.seq + 1 },
            })
            .catch(() => undefined);
          if (next === undefined) return;
          session = next;
          acknowledged = next.seq;
        }
      })();
      while (acknowledged < 20) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      await writing;
      await assert.rejects(store.get(session.id));
      await server.start();
      const found = await store.get(session.id);
      assert.ok((found?.seq ?? 0) >= acknowledged, `${found?.seq} of ${acknowledged}`);
      await store.close();
    });

    it('is migrated by one while others of the version before go on', async () => {
      const url = await server.database();
      const before = await postgresStore(url);
      await before.create(aSession());
      const next = [
        ...MIGRATIONS,
        `ALTER TABLE id_verify.session ADD COLUMN note text;
         CREATE TABLE id_verify.test_only (id integer)`,
      ];
      const both = await Promise.all([
        postgresStore(url, { migrations: next }),
        postgresStore(url, { migrations: next }),
        postgresStore(url),
      ]);
      const id = 'b'.repeat(22);
      await before.create(aSession({ id }));
      const [store] = both;
      const written = await store.transition(id, 0, { session: aSession({ id, state: 'review' }) });
      assert.equal(written?.version, 1);
      assert.equal((await before.get(id))?.state, 'review');
      assert.equal((await before.transition(id, 1, { session: aSession({ id }) }))?.version, 2);
      for (const each of [before, ...both]) await each.close();
    });

    it('has a clock of its own, the same for all', async () => {
      const store = await postgresStore(await server.database());
      assert.ok(Math.abs(store.now() - Date.now()) < 5_000);
      await store.close();
    });
  });

  let newest = '';
  storeConformance(
    'postgres',
    async () => {
      newest = await server.database();
      return postgresStore(newest);
    },
    () => postgresStore(newest),
  );
}
