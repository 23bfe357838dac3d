/** A process that writes as fast as it can and says what was acknowledged, until it is killed. */

import { aSession, someEvidence } from './conformance.ts';
import { sqliteStore } from './sqlite.ts';

const store = sqliteStore(process.argv[2] ?? '');
let session = aSession();
await store.create(session);
for (;;) {
  const next = await store.transition(session.id, session.version, {
    session: { ...session, seq: session.seq + 1 },
    evidence: someEvidence(session.seq),
  });
  if (next === undefined) throw new Error('lost a race nobody else was in');
  session = next;
  process.stdout.write(`${session.seq}\n`);
}
