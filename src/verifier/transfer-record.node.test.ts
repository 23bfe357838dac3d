import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import type { KeyRecord, TransferRecord } from '../store/store.ts';
import { movedTo, requireMoved, transferBy } from './transfer-record.ts';

const { core } = coreOf();
const key = (name: string): KeyRecord => ({
  publicKey: { kty: 'EC', crv: 'P-256', x: name, y: name },
  tokenHash: name,
  refHash: `ref of ${name}`,
  sends: true,
});
const offered: TransferRecord = {
  phase: 'waiting',
  tokenHash: 'token',
  code: '12',
  expiresAt: NOW + 1,
  startedAt: 0,
  device: 'computer',
  count: 1,
};
const session = openSession({ keys: [key('first')], transfer: offered });

describe('a move to a phone', () => {
  it('belongs to its token while it waits', () => {
    assert.equal(transferBy(session, 'token'), offered);
    assert.equal(transferBy(session, 'other'), undefined);
    assert.equal(transferBy(openSession(), 'token'), undefined);
    const moved = openSession({ transfer: { ...offered, phase: 'moved' } });
    assert.equal(transferBy(moved, 'token'), undefined);
  });

  it('with its code lets the phone alone send, and leaves the reference with the first', () => {
    const { keys, transfer, exchanges } = movedTo(core, session, offered, key('phone'), '12');
    assert.deepEqual(
      keys?.map(({ tokenHash, sends, refHash }) => [tokenHash, sends, refHash]),
      [
        ['first', false, 'ref of first'],
        ['phone', true, undefined],
      ],
    );
    assert.equal(transfer?.phase, 'moved');
    assert.deepEqual(exchanges, []);
  });

  it('takes the place of a phone that has it already', () => {
    const before = openSession({ keys: [key('first'), key('old')] });
    const { keys } = movedTo(core, before, offered, key('new'), '12');
    assert.deepEqual(
      keys?.map(({ tokenHash }) => tokenHash),
      ['first', 'new'],
    );
  });

  it('ends by a wrong code, and nothing else changes', () => {
    const change = movedTo(core, session, offered, key('phone'), '13');
    assert.deepEqual(change, { transfer: { ...offered, phase: 'refused' } });
  });

  it('too late, or without a code, is refused', () => {
    const late = { ...offered, expiresAt: NOW };
    assert.throws(() => movedTo(core, session, late, key('phone'), '12'), {
      code: 'session/expired',
    });
    assert.throws(() => movedTo(core, session, offered, key('phone'), undefined), {
      code: 'malformed/request',
    });
  });

  it('has happened, or has not', () => {
    requireMoved(openSession({ transfer: { ...offered, phase: 'moved' } }));
    for (const other of [openSession(), session]) {
      assert.throws(() => requireMoved(other), { code: 'incomplete/wrong_code' });
    }
  });
});
