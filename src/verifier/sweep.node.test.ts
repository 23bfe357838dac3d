import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { site } from '../../test/verifier/harness.ts';
import { memoryStore, type Store } from './index.ts';

describe('a sweep', () => {
  it('of much is done in parts, with answers in between', async () => {
    const inner = memoryStore();
    let parts = 0;
    const store: Store = Object.assign(Object.create(inner), {
      sweep: async () => {
        parts += 1;
        const more = parts < 5 && { more: true as const };
        return { expired: 2, erased: 1, ...more };
      },
    });
    for (const name of ['create', 'get', 'transition', 'personal', 'evidence'] as const) {
      Object.assign(store, { [name]: inner[name].bind(inner) });
    }
    const shop = site({ store });
    let turns = 0;
    const other = setInterval(() => {
      turns += 1;
    });
    assert.deepEqual(await shop.verifier.sweep(), { expired: 10, erased: 5 });
    clearInterval(other);
    assert.equal(parts, 5);
    assert.ok(turns > 0, 'something else had its turn');
  });
});
