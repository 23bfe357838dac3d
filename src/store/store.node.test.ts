import assert from 'node:assert/strict';
import { it } from 'node:test';
import { aSession } from './conformance.ts';
import { dueAt, ended, isLive, swept } from './store.ts';

const [asked] = aSession().exchanges;
assert.ok(asked);
const soon = { ...asked, id: 'q2', answerableUntil: 4_000 };
const two = aSession({ exchanges: [asked, soon] });

it('a session lives until it has ended', () => {
  for (const state of ['awaiting', 'review', 'pending'] as const) {
    assert.equal(isLive(aSession({ state })), true);
  }
  for (const state of ['done', 'failed', 'cancelled', 'expired'] as const) {
    assert.equal(isLive(ended(two, state)), false);
  }
});

it('its end withdraws what was asked and what was known', () => {
  const session = aSession({ declared: { occupation: '会社員' } });
  const over = ended(session, 'done');
  const { state, exchanges, openingHash, declared } = over;
  assert.deepEqual([state, exchanges, openingHash, declared], ['done', [], undefined, undefined]);
});

it('it is due with the first thing that ends, and never once it has ended', () => {
  assert.equal(dueAt(two), 4_000);
  assert.equal(dueAt(aSession({ expiresAt: 3_000 })), 3_000);
  assert.equal(dueAt(ended(two, 'done')), Number.POSITIVE_INFINITY);
});

it('a sweep ends it, or what was asked, at their times', () => {
  assert.deepEqual(swept(two, 3_999).exchanges, [asked, soon]);
  assert.deepEqual(swept(two, 4_000).exchanges, [asked]);
  assert.equal(swept(two, 9_999).state, 'awaiting');
  assert.equal(swept(two, 10_000).state, 'expired');
});
