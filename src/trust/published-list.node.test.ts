import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8 } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import {
  isCurrent,
  ListCache,
  type ListOptions,
  type PublishedList,
  readLimited,
} from './published-list.ts';

const URL = 'https://lists.test/a';

interface Numbered extends PublishedList {
  readonly number: number;
}

/** A cache, and the publisher behind it; `serve` answers from now on, undefined for not at all. */
function published(options: ListOptions = {}) {
  let served: Partial<Numbered> | undefined;
  const asked: string[] = [];
  const cache = new ListCache<Numbered>(
    'application/json',
    (bytes) => {
      const read: Numbered = JSON.parse(new TextDecoder().decode(bytes));
      if (read.number < 0) throw new IdVerifyError('malformed/status_list', 'negative');
      return read;
    },
    {
      fetch: async ({ url }) => {
        asked.push(url);
        return served ? Response.json(served) : new Response(null, { status: 503 });
      },
      ...options,
    },
  );
  return {
    asked,
    serve: (list: Partial<Numbered> | undefined) => {
      served = list && { issuedAt: 0, staleAt: 100, number: 1, ...list };
    },
    at: async (now: number, authentic = true, url = URL) =>
      (await cache.get(url, { now, isAuthentic: async () => authentic })).number,
  };
}

const unreachable = { code: 'undetermined/unreachable' };

describe('a published list', () => {
  it('is kept until it is stale, or asked for again when it says so', async () => {
    const list = published();
    list.serve({ refreshAfter: 50 });
    assert.equal(await list.at(10), 1);
    assert.equal(await list.at(59), 1);
    assert.equal(list.asked.length, 1);
    list.serve({ number: 2 });
    assert.equal(await list.at(60), 2);
    assert.equal(await list.at(99), 2);
    assert.equal(list.asked.length, 2);
    list.serve(undefined);
    await assert.rejects(list.at(100), unreachable);
  });

  it('that cannot be had, or not read, leaves the one that still speaks', async () => {
    const list = published();
    list.serve({ refreshAfter: 10 });
    await list.at(0);
    list.serve(undefined);
    assert.equal(await list.at(20), 1);
    list.serve({ number: -1 });
    assert.equal(await list.at(20), 1);
    await assert.rejects(list.at(100), { code: 'malformed/status_list' });
  });

  it('that is to be asked for at each use leaves nothing for the next', async () => {
    const list = published();
    list.serve({ refreshAfter: 0 });
    await list.at(0);
    list.serve(undefined);
    await assert.rejects(list.at(1), unreachable);
  });

  it('of nobody trusted takes no place, older than the one before neither', async () => {
    const list = published();
    list.serve({ issuedAt: 5, refreshAfter: 10 });
    await list.at(10);
    list.serve({ issuedAt: 6, number: 2 });
    assert.equal(await list.at(30, false), 1);
    list.serve({ issuedAt: 4, number: 3 });
    assert.equal(await list.at(30), 1);
    list.serve({ number: 4 });
    assert.equal(await list.at(30, false, `${URL}b`), 4, 'judged by who asked for it');
  });

  it('gives way once there are 200', async () => {
    const list = published();
    list.serve({});
    for (let each = 0; each <= 200; each++) await list.at(1, true, `${URL}${each}`);
    await list.at(1, true, `${URL}200`);
    assert.equal(list.asked.length, 201);
    await list.at(1, true, `${URL}0`);
    assert.equal(list.asked.length, 202);
  });

  it('is over without an end of its own, and not yet there before its beginning', () => {
    assert.equal(isCurrent({ issuedAt: 5, staleAt: undefined }, { now: 5 }), false);
    assert.equal(isCurrent({ issuedAt: 5, staleAt: 6 }, { now: 5 }), true);
    assert.equal(isCurrent({ issuedAt: 5, staleAt: 6 }, { now: 6 }), false);
    assert.equal(isCurrent({ issuedAt: 5, staleAt: 9 }, { now: 4 }), false);
    assert.equal(isCurrent({ issuedAt: 5, staleAt: 9 }, { now: 4, tolerance: 1 }), true);
  });
});

describe('fetching', () => {
  it('takes no other scheme, no error, and nothing too long or too slow', async () => {
    const list = published();
    await assert.rejects(list.at(0, true, 'file:///etc/passwd'), unreachable);
    await assert.rejects(list.at(0, true, 'no address'), unreachable);
    assert.equal(list.asked.length, 0);
    const long = published({ maxBytes: 10 });
    long.serve({});
    await assert.rejects(long.at(0), { code: 'limit/list' });
    const slow = published({ timeoutMs: 1, fetch: () => new Promise(() => {}) });
    await assert.rejects(slow.at(0), unreachable);
    const bodiless = published({ fetch: async () => new Response(null) });
    await assert.rejects(bodiless.at(0), unreachable);
  });

  it('that the caller stops throws what the caller said', async () => {
    const cache = new ListCache<Numbered>('x', () => assert.fail(), {
      fetch: () => new Promise(() => {}),
    });
    const why = new Error('left');
    const signal = AbortSignal.abort(why);
    await assert.rejects(
      cache.get(URL, { now: 0, signal, isAuthentic: async () => true }),
      (error) => error === why,
    );
  });

  it('refuses limits that are none', () => {
    for (const wrong of [{ maxBytes: 0 }, { timeoutMs: 1.5 }, { fetch: 'no' as never }]) {
      assert.throws(() => published(wrong), { code: 'config/option' });
    }
  });

  it('reads exactly as much as is allowed', async () => {
    const stream = () => new Blob(['12345']).stream();
    assert.deepEqual(await readLimited(stream(), 5), new Uint8Array(utf8('12345')));
    await assert.rejects(readLimited(stream(), 4), { code: 'limit/list' });
  });
});
