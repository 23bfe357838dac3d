import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdVerifyError } from '../wire/error.ts';
import { logFailure, unfailing } from './log.ts';
import type { LogEvent } from './options.ts';

function logged(error: unknown, about?: Parameters<typeof logFailure>[2]): LogEvent {
  const events: LogEvent[] = [];
  logFailure({ log: (event) => events.push(event) }, error, about);
  const [event] = events;
  assert.ok(event);
  return event;
}

test('a failure is told by kind and place, never by its words', () => {
  const { event, error = '' } = logged(new RangeError('番号花子'));
  assert.equal(event, 'request.failed');
  assert.match(error, /^RangeError < .*log\.node\.test\.ts/);
  assert.doesNotMatch(error, /花子/);
  assert.equal(logged('番号花子').error, 'string');
  assert.equal(logged(undefined).error, 'undefined');
});

test('what a database says by a code of its own is said, also as the cause', () => {
  const full = Object.assign(new Error('secret'), { errcode: 13, errstr: 'database is full' });
  assert.match(logged(full).error ?? '', /^Error \(13 database is full\)/);
  const wrapped = new IdVerifyError('unavailable/storage', 'x', { cause: { code: 'ENOSPC' } });
  assert.match(logged(wrapped).error ?? '', /^IdVerifyError \(ENOSPC\)/);
});

test('where it happened goes along', () => {
  const about = { event: 'sweep.failed', session: 's1' } as const;
  const { event, session } = logged(new Error('x'), about);
  assert.deepEqual([event, session], ['sweep.failed', 's1']);
});

test('a log that fails at once or later, or is none, fails nothing', async () => {
  for (const log of [
    () => {
      throw new Error('full');
    },
    () => Promise.reject(new Error('full')),
    undefined,
  ]) {
    await unfailing(log)({ event: 'request.failed' });
  }
});
