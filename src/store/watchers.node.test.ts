import assert from 'node:assert/strict';
import { it } from 'node:test';
import { aSession } from './conformance.ts';
import type { SessionRecord } from './store.ts';
import { Watchers } from './watchers.ts';

/** A session that is written, and one who watches it. */
function watched() {
  const watchers = new Watchers();
  const leaving = new AbortController();
  const stored: { session: SessionRecord | undefined; reads: number } = {
    session: aSession({ version: 1 }),
    reads: 0,
  };
  const changes = watchers.watch('id', leaving.signal, async () => {
    stored.reads++;
    return stored.session;
  });
  const next = async () => (await changes.next()).value?.version;
  return { watchers, leaving, stored, next };
}

it('who watches sees the newest, then each change once', async () => {
  const { watchers, stored, next } = watched();
  assert.equal(await next(), 1);
  stored.session = aSession({ version: 2 });
  watchers.notify('id');
  assert.equal(await next(), 2);
  const later = next();
  watchers.notify('id');
  await new Promise(setImmediate);
  stored.session = aSession({ version: 5 });
  watchers.notifyAll();
  assert.equal(await later, 5, 'what was told without being new is not seen again');
});

it('a change while it is read is not lost', async () => {
  const { watchers, stored, next } = watched();
  const first = next();
  watchers.notify('id');
  await first;
  stored.session = aSession({ version: 2 });
  assert.equal(await next(), 2);
});

it('of another session nobody hears here', async () => {
  const { watchers, stored, next, leaving } = watched();
  await next();
  const later = next();
  const { reads } = stored;
  watchers.notify('other');
  await new Promise(setImmediate);
  assert.equal(stored.reads, reads);
  leaving.abort();
  assert.equal(await later, undefined);
});

it('the end comes with the session or with who watches', async () => {
  const gone = watched();
  await gone.next();
  gone.stored.session = undefined;
  gone.watchers.notify('id');
  assert.equal(await gone.next(), undefined);
  const left = watched();
  left.leaving.abort();
  assert.equal(await left.next(), undefined);
  assert.equal(left.stored.reads, 0);
});
