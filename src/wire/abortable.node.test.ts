import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it, test } from 'node:test';
import { abortable, anySignal } from './abortable.ts';
import { fetched } from './fetched.ts';

const never = new Promise<never>(() => undefined);

test('comes to what the work comes to, and listens no longer', async () => {
  const { signal } = new AbortController();
  assert.equal(await abortable(signal, Promise.resolve(1)), 1);
  await assert.rejects(abortable(signal, Promise.reject(new RangeError('x'))), RangeError);
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('is over when the signal is, before or during the work', async () => {
  const controller = new AbortController();
  const waiting = abortable(controller.signal, never);
  controller.abort(new RangeError('x'));
  await assert.rejects(waiting, RangeError);
  await assert.rejects(abortable(controller.signal, never), RangeError);
});

test('a part that does not come is a fault of the network, with its cause', async () => {
  const cause = new TypeError('Importing a module script failed.');
  await assert.rejects(fetched(Promise.reject(cause)), { code: 'unavailable/network', cause });
  assert.equal(await fetched(Promise.resolve(1)), 1);
});

describe('a signal that follows several, with and without AbortSignal.any', () => {
  const native = AbortSignal.any;
  for (const has of [true, false]) {
    const within = (test: () => void) => () => {
      if (!has) Reflect.deleteProperty(AbortSignal, 'any');
      try {
        test();
      } finally {
        Object.defineProperty(AbortSignal, 'any', {
          value: native,
          configurable: true,
          writable: true,
        });
      }
    };
    const name = has ? 'with' : 'without';
    it(
      `${name}: the first to abort gives the reason`,
      within(() => {
        const [a, b] = [new AbortController(), new AbortController()];
        const either = anySignal([a.signal, b.signal]);
        assert.equal(either.aborted, false);
        b.abort('second');
        assert.equal(either.reason, 'second');
        a.abort('first');
        assert.equal(either.reason, 'second');
      }),
    );
    it(
      `${name}: one that is aborted already counts`,
      within(() => {
        const either = anySignal([new AbortController().signal, AbortSignal.abort('before')]);
        assert.equal(either.reason, 'before');
      }),
    );
  }
});
