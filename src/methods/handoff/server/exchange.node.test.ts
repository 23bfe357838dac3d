import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchangeOf, recordOf } from '../../../../test/handoff/record.ts';
import { asOf, current, endedBy, isHandoff, readRecord, statusOf } from './exchange.ts';

describe('a handoff that is kept', () => {
  it('is read as it was written, and refused in a form of another version', () => {
    const record = recordOf();
    assert.deepEqual(readRecord(exchangeOf(record)), record);
    const data = { ...(exchangeOf(record).data as object), another: 1 };
    assert.throws(() => readRecord({ data }), { code: 'config/exchange' });
  });

  it('expires at its time, unless it had ended before', () => {
    const record = recordOf({ expiresAt: 100 });
    assert.equal(asOf(record, 99), record);
    const over = asOf(record, 100);
    assert.deepEqual([over.phase, over.reason], ['expired', 'incomplete/timed_out']);
    const done = recordOf({ phase: 'completing', expiresAt: 100 });
    assert.equal(asOf(done, 100), done);
  });

  it('ends once, by the phase of its reason', () => {
    const record = recordOf({ pending: { url: 'https://a.test', data: 1 } });
    assert.equal(endedBy(record, 'incomplete/declined').phase, 'declined');
    assert.equal(endedBy(record, 'incomplete/replaced').phase, 'replaced');
    assert.equal(endedBy(record, 'incomplete/timed_out').phase, 'expired');
    const failed = endedBy(record, 'unavailable/provider');
    assert.deepEqual([failed.phase, failed.pending], ['failed', undefined]);
    assert.equal(endedBy(failed, 'incomplete/declined'), failed);
  });

  it('forgets what came back once it has ended', () => {
    const back = recordOf({ returned: { at: 5, query: '?code=secret' } });
    assert.deepEqual(endedBy(back, 'incomplete/declined').returned, { at: 5 });
  });
});

describe('a waiting page', () => {
  const old = exchangeOf(recordOf(), 'old');
  const done = exchangeOf(recordOf({ phase: 'completing' }), 'done');
  const wallet = { ...old, method: 'wallet' } as const;

  it('looks at the handoff whose result is there, else at the newest', () => {
    assert.equal(current([done, old])?.id, 'done');
    assert.equal(current([old, exchangeOf(recordOf(), 'new')])?.id, 'new');
    assert.equal(current([old, wallet])?.id, 'old');
    assert.equal(current([wallet]), undefined);
    assert.deepEqual([isHandoff(old), isHandoff(wallet)], [true, false]);
  });

  it('is told digests only of a result, and why it ended only where it did', () => {
    const hash = 'h'.repeat(43);
    const found = { transactionDigest: hash, statementHash: hash };
    assert.equal(statusOf(exchangeOf(recordOf(found)), 0).statementHash, undefined);
    const status = statusOf(exchangeOf(recordOf({ ...found, phase: 'completing' })), 0);
    assert.equal(status.statementHash, hash);
    assert.equal('code' in status || 'notice' in status, false);
    const notice = 'session/callback_used';
    const ended = exchangeOf(recordOf({ phase: 'failed', reason: 'unavailable/provider', notice }));
    const { code, notice: told } = statusOf(ended, 0);
    assert.deepEqual([code, told], ['unavailable/provider', notice]);
  });
});
