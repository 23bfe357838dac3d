import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, Page, post, refused, site } from '../../test/verifier/harness.ts';
import type { EvidenceAnswer } from '../wire/contract.ts';
import { memoryStore, type Store } from './index.ts';

/** A store that can be cut off, as a full disk or a database out of reach does it. */
function cuttable() {
  const inner = memoryStore();
  const trouble = Object.assign(new Error('database or disk is full: 花子'), { errcode: 13 });
  const cut = { off: false };
  const store = new Proxy(inner, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'watch') return method?.bind?.(target);
      return async (...given: unknown[]) => {
        if (cut.off) throw trouble;
        return method.apply(target, given);
      };
    },
  }) as Store;
  return { store, cut };
}

describe('a store in trouble', () => {
  it('is 503 with a time to come back, and logged with its cause and nothing personal', async () => {
    const { store, cut } = cuttable();
    const shop = site({ store });
    const page = await Page.open(shop);
    cut.off = true;
    const calls = [
      shop.send('sessions', post({ profile: 'identity' })),
      page.call(''),
      page.call('wallet', { method: 'POST' }),
      page.call('', { method: 'DELETE' }),
    ];
    for (const call of calls) {
      const answer = await call;
      assert.equal(answer.headers.get('retry-after'), '5');
      await refused(answer, 503, 'unavailable/storage');
    }
    const logged = JSON.stringify(shop.log.filter(({ event }) => event === 'storage.failed'));
    assert.match(logged, /Error \(13\) < /);
    assert.doesNotMatch(JSON.stringify(shop.log), /花子/);
  });

  it('costs no attempt: the same envelope is taken once the store is back', async () => {
    const { store, cut } = cuttable();
    const page = await Page.open(site({ store }));
    const envelope = await page.seal({ ...(await page.present(await page.requests())) });
    cut.off = true;
    await refused(await page.sendEnvelope('evidence', envelope), 503, 'unavailable/storage');
    cut.off = false;
    const answer = await json<EvidenceAnswer>(await page.sendEnvelope('evidence', envelope));
    assert.equal(answer.outcome, 'review');
    assert.equal(answer.status.attemptsLeft, 5);
  });

  it('does not end the sweeping, nor the process', async () => {
    const { store, cut } = cuttable();
    const shop = site({ store });
    const page = await Page.open(shop);
    shop.clock.ahead = 20 * 60_000;
    cut.off = true;
    const stop = new AbortController();
    shop.verifier.sweepEvery(5, stop.signal);
    const until = async (is: () => boolean | Promise<boolean>) => {
      while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await until(() => shop.log.filter(({ event }) => event === 'sweep.failed').length > 2);
    cut.off = false;
    await until(async () => (await store.get(page.view.id))?.state === 'expired');
    stop.abort();
  });
});
