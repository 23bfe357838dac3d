import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffOptions, testProvider } from '../../../../test/handoff/phone.ts';
import { exchangeOf, recordOf } from '../../../../test/handoff/record.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { identity } from '../../../../test/verifier/harness.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import { type CallbackSessions, Noted } from '../../callbacks.ts';
import type { Exchange } from '../../method-verifier.ts';
import { collect, isStranded, type Return, take } from './collect.ts';
import { checkHandoff } from './config.ts';
import { type HandoffRecord, readRecord } from './exchange.ts';
import type { HandoffProvider } from './provider.ts';

/** Someone who came back at 10 s, from an operator who answers so. */
function back(record: Partial<HandoffRecord> = {}, callback?: HandoffProvider['callback']) {
  const provider = { ...testProvider(), ...(callback && { callback }) };
  const handoff = checkHandoff(
    deploymentOf({}, { now: () => 10_000 }),
    handoffOptions({ providers: [provider] }),
  );
  const exchange = exchangeOf(recordOf({ provider: provider.id, ...record }));
  const stored: { exchange: Exchange; kept: Uint8Array | undefined } = {
    exchange,
    kept: undefined,
  };
  const sessions: CallbackSessions = {
    find: async () => undefined,
    update: async (_session, _exchange, change) => {
      const said = change(stored.exchange);
      if (said instanceof Noted) stored.kept = said.kept;
      const data = said instanceof Noted ? said.data : said;
      stored.exchange = { ...stored.exchange, data };
      return stored.exchange;
    },
  };
  const session = {
    id: 's1',
    subject: 'member-1',
    origin: 'http://localhost:8080',
    audience: 'a',
    openedAt: 0,
    expiresAt: 600_000,
  };
  const way: Return = {
    handoff,
    sessions,
    exchange,
    open: { session, profile: identity, exchanges: [exchange] },
  };
  return { way, stored, now: () => readRecord(stored.exchange) };
}
const url = new URL('https://shop.test/?state=x');
const result = {
  rung: 'jpki',
  statement: 'a.b.c',
  claims: { name: '番号　花子' },
  checks: [],
} as const;

describe('what somebody came back for', () => {
  it('is for the first to fetch, until that one is no longer there', async () => {
    const { way, now } = back();
    assert.equal(await take(way, '?code=1'), true);
    assert.deepEqual(
      [now().phase, now().returned],
      ['card_read', { at: 10_000, query: '?code=1' }],
    );
    assert.equal(await take(way, '?code=2'), false);
    assert.equal(now().returned?.query, '?code=1');
    const stranded = back({ returned: { at: 1_999, query: '?code=1' } });
    assert.equal(await take(stranded.way, '?code=1'), true);
    assert.equal(await take(back({ phase: 'declined' }).way, '?code=1'), false);
  });

  it('is stranded after its lease, unless it was fetched or is over', () => {
    const at = (now: number, record: Partial<HandoffRecord>) => isStranded(recordOf(record), now);
    const returned = { at: 0, query: '?code=1' };
    assert.equal(at(8_000, { returned }), false);
    assert.equal(at(8_001, { returned }), true);
    assert.equal(at(8_001, { returned: { at: 0 } }), false);
    assert.equal(at(8_001, { returned, phase: 'declined' }), false);
    assert.equal(at(8_001, {}), false);
  });

  it('is kept apart, and its digests are in the record', async () => {
    const { way, stored, now } = back({}, async () => ({ outcome: 'completed', result }));
    assert.equal((await collect(way, url))?.phase, 'completing');
    assert.match(new TextDecoder().decode(stored.kept), /花子/);
    assert.doesNotMatch(JSON.stringify(stored.exchange), /花子/);
    assert.equal(now().statementHash?.length, 43);
    assert.deepEqual(now().returned, { at: 10_000 });
  });

  it('comes too late for a handoff that is over', async () => {
    const over = back({ expiresAt: 10_000 }, async () => ({ outcome: 'completed', result }));
    assert.equal((await collect(over.way, url))?.phase, 'expired');
    assert.equal(over.stored.kept, undefined);
  });

  it('may be an end, or an error', async () => {
    const ended = back({}, async () => ({ outcome: 'ended', code: 'incomplete/declined' }));
    assert.equal((await collect(ended.way, url))?.phase, 'declined');
    const failing = (error: Error) => collect(back({}, () => Promise.reject(error)).way, url);
    assert.equal((await failing(new Error('no')))?.reason, 'unavailable/provider');
    const revoked = await failing(new IdVerifyError('revoked/certificate', 'it was'));
    assert.equal(revoked?.reason, 'revoked/certificate');
  });
});
