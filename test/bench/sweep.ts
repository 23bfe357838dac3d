/** How long a sweep of many due sessions keeps everybody else waiting. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aSession, someEvidence } from '../../src/store/conformance.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

const personal = ['name', 'address', 'birth_date', 'review'].map((name) => ({
  name: `claim/${name}`,
  value: new Uint8Array(name === 'review' ? 8_000 : 100),
  eraseAt: 50_000,
}));

async function fill(store: Store, count: number): Promise<void> {
  const many = Array.from({ length: 200 }, (_, index) => index);
  for (let made = 0; made < count; made += many.length) {
    await Promise.all(
      many.map(async (index) => {
        const session = aSession({ id: String(made + index).padStart(22, '0'), state: 'review' });
        await store.create(session);
        await store.transition(session.id, 0, { session, evidence: someEvidence(0), personal });
      }),
    );
  }
}

/** @returns milliseconds: the longest part, commit included, for which the loop is held; and all of it */
async function measured(store: Store, now: number) {
  const began = performance.now();
  let longest = 0;
  for (let more = true; more; ) {
    const part = performance.now();
    more = (await store.sweep(now)).more === true;
    longest = Math.max(longest, performance.now() - part);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { longest: Math.round(longest), all: Math.round(performance.now() - began) };
}

/** One write by itself, the median of some. */
async function commit(store: Store): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 31; count++) {
    const began = performance.now();
    await store.create(
      aSession({ id: `commit${count}`.padEnd(22, '_'), expiresAt: 1e15, eraseAt: 1e15 }),
    );
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[15] ?? 0;
}

if (import.meta.main) {
  const count = Number(process.argv[2] ?? 20_000);
  const folder = mkdtempSync(join(tmpdir(), 'id-verify-sweep-'));
  const store = sqliteStore(join(folder, 'sessions.sqlite'));
  await fill(store, count);
  const oneCommit = Math.round((await commit(store)) * 10) / 10;
  const ended = await measured(store, 10_000);
  const erased = await measured(store, 20_000);
  await store.close();
  rmSync(folder, { recursive: true });
  console.log(JSON.stringify({ sessions: count, oneCommit, ended, erased }));
}
