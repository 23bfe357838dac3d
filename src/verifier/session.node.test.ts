import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusal } from '../../test/refusal.ts';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import { ORIGIN } from '../../test/verifier/harness.ts';
import type { Exchange } from '../methods/method-verifier.ts';
import type { KeyRecord, SessionRecord } from '../store/store.ts';
import { LIMITS } from './limits.ts';
import type { Call } from './router.ts';
import {
  asking,
  attemptSpent,
  authenticate,
  backOff,
  counted,
  current,
  heldBy,
  keyOf,
  requireOrigin,
  requireRetaker,
  requireSender,
  requireState,
  transact,
} from './session.ts';
import { newToken, tokenHash } from './tokens.ts';

const key = (name: string, changes: Partial<KeyRecord> = {}): KeyRecord => ({
  publicKey: { kty: 'EC', crv: 'P-256', x: name, y: name },
  tokenHash: name,
  sends: true,
  ...changes,
});
const callerOf = (session: SessionRecord, at = 0) => ({ session, key: at, token: 'token' });

/** A session in the store, and a call by its first key. */
async function opened(changes: Partial<SessionRecord> = {}, first: Partial<KeyRecord> = {}) {
  const made = coreOf();
  const { core } = made;
  const token = newToken(core.crypto, openSession().id);
  const keys = [key('first', { tokenHash: await tokenHash(core.crypto, token), ...first })];
  const session = openSession({ keys, ...changes });
  await core.store.create(session);
  const call = (given = token, origin?: string): Call => ({
    core,
    request: new Request(`${ORIGIN}/x`, {
      headers: { authorization: `Bearer ${given}`, ...(origin && { origin }) },
    }),
    operation: 'getStatus',
    from: {},
    params: { id: session.id },
  });
  return { ...made, session, token, call };
}

describe('a session as it is now', () => {
  it('is the one that is stored, or none', async () => {
    const { core, session } = await opened();
    assert.equal((await current(core, session.id)).state, 'awaiting');
    await assert.rejects(current(core, 'b'.repeat(22)), { code: 'session/unknown' });
  });

  it('ends once its time is over, if it had not ended before', async () => {
    const late = await opened({ expiresAt: NOW });
    assert.equal((await current(late.core, late.session.id)).state, 'expired');
    const done = await opened({ expiresAt: NOW, state: 'done' });
    assert.equal((await current(done.core, done.session.id)).state, 'done');
  });
});

describe('a caller', () => {
  it('is known by a token of this session', async () => {
    const { call, core, session, token } = await opened();
    assert.equal((await authenticate(call())).key, 0);
    const wrong = { code: 'session/token' };
    await assert.rejects(authenticate(call(newToken(core.crypto, session.id))), wrong);
    await assert.rejects(authenticate(call(newToken(core.crypto, 'b'.repeat(22)))), wrong);
    await assert.rejects(authenticate(call(`${token} more`)), wrong);
  });

  it('comes from the session’s origin, or says none', async () => {
    const { call } = await opened();
    assert.equal((await authenticate(call(undefined, ORIGIN))).key, 0);
    await assert.rejects(authenticate(call(undefined, 'https://other.test')), {
      code: 'session/origin',
    });
    const request = new Request(ORIGIN);
    assert.equal(
      refusal(() => requireOrigin(request, openSession())),
      undefined,
    );
  });

  it('uses the claim up that gave the token', async () => {
    const { call, core, session } = await opened(
      {},
      { repeatable: { openingHash: 'o', until: NOW } },
    );
    assert.equal((await authenticate(call())).session.version, session.version + 1);
    assert.equal((await core.store.get(session.id))?.keys[0]?.repeatable, undefined);
    assert.equal((await authenticate(call())).session.version, session.version + 1);
  });

  it('has a key, sends where it may, and answers for the photo it is asked', () => {
    const keys = [key('first', { sends: false }), key('phone')];
    const session = openSession({ keys });
    assert.equal(keyOf(callerOf(session, 1)), keys[1]);
    assert.equal(
      refusal(() => keyOf(callerOf(session, 2))),
      'session/token',
    );
    assert.equal(
      refusal(() => requireSender(callerOf(session))),
      'policy/role',
    );
    assert.equal(
      refusal(() => requireSender(callerOf(session, 1))),
      undefined,
    );
    const retake = { method: 'photo', key: 1, step: 'front', reason: { ja: '光' } } as const;
    const asked = openSession({ keys, retake });
    assert.equal(
      refusal(() => requireRetaker(callerOf(asked))),
      'session/key',
    );
    assert.equal(
      refusal(() => requireRetaker(callerOf(asked, 1))),
      undefined,
    );
    assert.equal(
      refusal(() => requireRetaker(callerOf(session))),
      undefined,
    );
  });
});

describe('a state', () => {
  it('is the one a call needs, or the reason it is not', () => {
    const why = (state: SessionRecord['state']) =>
      refusal(() => requireState(openSession({ state }), 'awaiting'));
    assert.equal(why('awaiting'), undefined);
    assert.equal(why('expired'), 'session/expired');
    assert.equal(why('done'), 'session/ended');
    assert.equal(why('review'), 'session/conflict');
  });

  it('of review belongs to the key that sent the evidence', () => {
    const held = { seq: 0, method: 'wallet', key: 0, checks: [], crossDevice: false } as const;
    const session = openSession({ state: 'review', held });
    assert.equal(heldBy(callerOf(session)), held);
    assert.equal(
      refusal(() => heldBy(callerOf(session, 1))),
      'session/key',
    );
    const without = openSession({ state: 'review' });
    assert.equal(
      refusal(() => heldBy(callerOf(without))),
      'session/key',
    );
    assert.equal(
      refusal(() => heldBy(callerOf(session), openSession())),
      'session/conflict',
    );
  });
});

describe('a change', () => {
  it('is made on the newest version, however often another comes first', async () => {
    const { core, session } = await opened();
    let before = 0;
    const written = await transact(core, session.id, async (newest) => {
      if (before++ < 2) {
        await core.store.transition(session.id, newest.version, {
          session: { ...newest, seq: newest.seq + 1 },
        });
      }
      return { session: { ...newest, attemptsLeft: 1 } };
    });
    assert.deepEqual([before, written.seq, written.attemptsLeft], [3, 2, 1]);
  });

  it('is given up where too many come first', async () => {
    await backOff(1);
    await assert.rejects(backOff(LIMITS.races), { code: 'unavailable/busy' });
  });
});

describe('a question', () => {
  const asked = (id: string, changes: Partial<Exchange> = {}): Exchange => ({
    id,
    method: 'wallet',
    createdAt: NOW,
    answerableUntil: NOW + 3_600_000,
    data: null,
    ...changes,
  });

  it('leaves older ones of its method answerable a while, and others as they are', () => {
    const other = asked('other', { method: 'photo' });
    const over = asked('over', { answerableUntil: NOW });
    const before = openSession({ exchanges: [asked('old'), other, over] });
    const { exchanges } = asking(before, asked('new'), NOW);
    assert.deepEqual(
      exchanges.map(({ id, answerableUntil }) => [id, answerableUntil - NOW]),
      [
        ['old', LIMITS.answerable],
        ['other', 3_600_000],
        ['new', 3_600_000],
      ],
    );
  });

  it('ends the oldest where four wait', () => {
    const before = openSession({ exchanges: ['a', 'b', 'c', 'd'].map((id) => asked(id)) });
    const { exchanges } = asking(before, asked('e'), NOW);
    assert.deepEqual(
      exchanges.map(({ id }) => id),
      ['b', 'c', 'd', 'e'],
    );
  });

  it('is counted within its time', () => {
    const rate = { most: 2, within: 100 };
    assert.deepEqual(counted(openSession(), rate, NOW), [NOW]);
    const once = openSession({ asked: [NOW - 100, NOW - 99] });
    assert.deepEqual(counted(once, rate, NOW), [NOW - 99, NOW]);
    const twice = openSession({ asked: [NOW - 99, NOW] });
    assert.equal(
      refusal(() => counted(twice, rate, NOW)),
      'limit/rate',
    );
  });
});

describe('an attempt that is spent', () => {
  const { core } = coreOf();

  it('leaves the session waiting, for as long as a new one', () => {
    const next = attemptSpent(core, openSession({ attemptsLeft: 2 }), 'incomplete/disputed');
    assert.deepEqual(
      [next.state, next.attemptsLeft, next.code],
      ['awaiting', 1, 'incomplete/disputed'],
    );
    assert.equal(next.expiresAt, NOW + LIMITS.session);
  });

  it('leaves a case that came back its deadline', () => {
    const retake = { method: 'photo', key: 0, step: 'front', reason: { ja: '光' } } as const;
    const session = openSession({ attemptsLeft: 2, retake });
    assert.equal(attemptSpent(core, session, 'digest/image').expiresAt, session.expiresAt);
  });

  it('that was the last ends the session', () => {
    for (const attemptsLeft of [1, 0]) {
      const next = attemptSpent(core, openSession({ attemptsLeft }), 'incomplete/disputed');
      assert.equal(next.state, 'failed');
    }
  });
});
