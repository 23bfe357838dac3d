import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { photoProfile, receiptKey } from '../../test/photo/photographer.ts';
import { coreOf, NOW, openSession } from '../../test/verifier/core.ts';
import { identity, ORIGIN } from '../../test/verifier/harness.ts';
import type { KeyRecord, SessionRecord, TransferRecord } from '../store/store.ts';
import { newToken } from './tokens.ts';
import { currentStatus, offersOf, statusFor, statusOf, transferPage, viewOf } from './view.ts';

const page = `${ORIGIN}/phone`;
const { core } = coreOf({ transferPages: [page] });
const key = (changes: Partial<KeyRecord> = {}): KeyRecord => ({
  publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  tokenHash: 'hash',
  refHash: 'ref',
  sends: true,
  ...changes,
});
const callerOf = (session: SessionRecord, at = 0) => ({
  session,
  key: at,
  token: newToken(core.crypto, session.id),
});

describe('a status', () => {
  it('tells the method of what was accepted, and why it ended, but no requirement', () => {
    const held = { seq: 0, method: 'wallet', key: 0, checks: [], crossDevice: false } as const;
    assert.equal(statusOf(core, openSession({ state: 'review', held })).method, 'wallet');
    assert.equal('method' in statusOf(core, openSession()), false);
    const failed = (code: SessionRecord['code']) =>
      statusOf(core, openSession({ state: 'failed', code })).code;
    assert.equal(failed('incomplete/disputed'), 'incomplete/disputed');
    assert.equal(failed('policy/requirement'), undefined);
    const reason = { ja: '不鮮明' };
    assert.deepEqual(statusOf(core, openSession({ reason })).reason, reason);
  });

  it('tells of a move to a phone while it may be made, was refused or has happened', () => {
    const offered: TransferRecord = {
      phase: 'waiting',
      tokenHash: 'token',
      code: '12',
      expiresAt: NOW + 1,
      startedAt: NOW,
      device: 'computer',
      method: 'wallet',
      count: 1,
    };
    const told = (transfer: Partial<TransferRecord>, changes: Partial<SessionRecord> = {}) =>
      statusOf(core, openSession({ transfer: { ...offered, ...transfer }, ...changes })).transfer;
    assert.deepEqual(told({}), { phase: 'waiting', expiresAt: NOW + 1, method: 'wallet' });
    assert.equal(told({ expiresAt: NOW }), undefined);
    assert.equal(told({ phase: 'refused', expiresAt: NOW })?.code, 'incomplete/wrong_code');
    assert.equal(told({ phase: 'moved' }), undefined);
    assert.equal(told({ phase: 'moved' }, { keys: [key(), key()] })?.phase, 'moved');
    assert.equal(told({}, { state: 'review' }), undefined);
    assert.equal(told({ method: 'photo' })?.method, undefined);
  });

  it('gives the reference to who may have it, once there is something to redeem', async () => {
    const refOf = async (changes: Partial<SessionRecord>, first: Partial<KeyRecord> = {}) => {
      const session = openSession({ keys: [key(first)], ...changes });
      return (await statusFor(core, callerOf(session), statusOf(core, session))).ref !== undefined;
    };
    assert.equal(await refOf({}), false);
    assert.equal(await refOf({ state: 'pending' }), true);
    assert.equal(await refOf({ state: 'done' }), true);
    assert.equal(await refOf({ state: 'done' }, { refHash: undefined }), false);
    assert.equal(await refOf({ state: 'failed', code: 'policy/requirement' }), true);
    assert.equal(await refOf({ state: 'failed', code: 'incomplete/disputed' }), false);
  });

  it('says who sends, and asks a photo again only of who may answer', async () => {
    const retake = { method: 'photo', key: 1, step: 'front', reason: { ja: '光' } } as const;
    const session = openSession({ keys: [key({ sends: false }), key()], retake });
    const told = async (at: number, of = session) => {
      const { role, retake: again } = await currentStatus(core, callerOf(of, at), 'poll');
      return [role, again?.step];
    };
    assert.deepEqual(await told(0), ['follower', undefined]);
    assert.deepEqual(await told(1), ['sender', 'front']);
    assert.deepEqual(await told(0, openSession({ keys: [key()] })), ['sole', undefined]);
  });
});

describe('a view', () => {
  it('names the page for a phone where one may go on', () => {
    assert.equal(transferPage(core, openSession(), identity), page);
    assert.equal(
      transferPage(core, openSession(), { ...identity, crossDevice: 'forbid' }),
      undefined,
    );
    assert.equal(
      transferPage(core, openSession({ origin: 'https://other.test' }), identity),
      undefined,
    );
    assert.equal(transferPage(coreOf().core, openSession(), identity), undefined);
    assert.equal(viewOf(core, openSession()).transferable, true);
    assert.equal('transferable' in viewOf(coreOf().core, openSession()), false);
  });

  it('offers the methods of the session, as far as law and options let them', () => {
    assert.deepEqual(
      viewOf(core, openSession()).methods.map(({ method }) => method),
      ['wallet'],
    );
    assert.deepEqual(viewOf(core, openSession({ methods: ['photo'] })).methods, []);
    const withPhotos = coreOf({ photo: { receiptKey }, profiles: { identity: photoProfile } }).core;
    const offered = (law?: 'jp-aml', now = NOW) => {
      const at = { ...withPhotos, now: () => now };
      return offersOf(at, { ...photoProfile, ...(law && { law }) }).map(({ method }) => method);
    };
    assert.deepEqual(offered(), ['wallet', 'photo']);
    assert.deepEqual(offered('jp-aml', Date.parse('2027-04-01T00:00:00+09:00')), ['wallet']);
    assert.deepEqual(
      offersOf(core, photoProfile).map(({ method }) => method),
      ['wallet'],
    );
  });

  it('holds of the relying party what there is, and the basis of the individual number', () => {
    const party = { ...core.relyingParty, mark: '店', privacyPolicy: 'https://shop.test/p' };
    const { relyingParty } = viewOf({ ...core, relyingParty: party }, openSession());
    assert.deepEqual(relyingParty, party);
    const legalBasis = { ja: '番号利用法' };
    const profiles = new Map([['identity', { ...identity, individualNumber: { legalBasis } }]]);
    const view = viewOf({ ...core, profiles }, openSession());
    assert.deepEqual(view.individualNumberBasis, legalBasis);
    assert.equal('individualNumberBasis' in viewOf(core, openSession()), false);
  });
});
