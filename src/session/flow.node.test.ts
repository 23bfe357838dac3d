import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReviewAnswer } from '../wire/contract.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { applies, type Flow, type FlowEvent, type FlowState, next } from './flow.ts';

const review: ReviewAnswer = { method: 'wallet', hideAt: 1, items: [] };
const error = (code: Code) => new IdVerifyError(code, 'for a test');

/** Where an event leads that must lead somewhere. */
function moved(flow: Flow, event: FlowEvent): Flow {
  const after = next(flow, event);
  assert.notEqual(after, flow, `${event.type} in ${flow.state}`);
  return after;
}

const events = {
  open: { type: 'open' },
  opened: { type: 'opened', offered: ['wallet', 'photo'], usable: true },
  begin: { type: 'begin' },
  choose: { type: 'choose', method: 'photo' },
  back: { type: 'back' },
  approve: { type: 'approve' },
  submit: { type: 'submit' },
  read: { type: 'read', method: 'wallet', review },
  hide: { type: 'hide' },
  confirm: { type: 'confirm' },
  wait: { type: 'wait', method: 'photo' },
  finish: { type: 'finish', method: 'photo' },
  retry: { type: 'retry' },
  other: { type: 'other' },
  fail: { type: 'fail', error: error('incomplete/not_allowed') },
  cancel: { type: 'cancel' },
  expire: { type: 'expire' },
  restart: { type: 'restart' },
  resume: { type: 'resume', method: 'jpki' },
} as const satisfies { [T in FlowEvent['type']]: Extract<FlowEvent, { type: T }> };

const flows: { readonly [S in FlowState]: Extract<Flow, { state: S }> } = {
  idle: { state: 'idle' },
  preparing: { state: 'preparing' },
  intro: { state: 'intro' },
  choose: { state: 'choose' },
  consent: { state: 'consent', method: 'wallet' },
  awaiting: { state: 'awaiting', method: 'wallet' },
  submitting: { state: 'submitting', method: 'wallet' },
  review: { state: 'review', method: 'wallet', review },
  confirming: { state: 'confirming', method: 'wallet' },
  pending: { state: 'pending', method: 'wallet' },
  done: { state: 'done', method: 'wallet' },
  failed: {
    state: 'failed',
    from: 'awaiting',
    method: 'wallet',
    error: error('incomplete/not_allowed'),
    ended: false,
  },
  cancelled: { state: 'cancelled' },
  expired: { state: 'expired' },
};

/** From the state on the left, by the event above, to the state in the cell; `-` ignores the event. */
const TABLE = `
  after       open       opened  begin   choose   back     approve   submit      read    hide    confirm     wait     finish  retry    other   fail    cancel     expire   restart    resume
  idle        preparing  -       -       -        -        -         -           -       -       -           -        -       -        -       -       -          -        -          -
  preparing   -          intro   -       -        -        -         -           review  -       -           pending  done    -        -       failed  cancelled  expired  preparing  awaiting
  intro       -          -       choose  -        -        -         -           review  -       -           pending  done    -        -       failed  cancelled  expired  -          -
  choose      -          -       -       consent  intro    -         -           review  -       -           pending  done    -        -       failed  cancelled  expired  -          -
  consent     -          -       -       -        choose   awaiting  -           review  -       -           pending  done    -        choose  failed  cancelled  expired  -          -
  awaiting    -          -       -       -        consent  -         submitting  review  -       -           pending  done    -        choose  failed  cancelled  expired  -          -
  submitting  -          -       -       -        -        -         -           review  -       -           pending  done    -        -       failed  cancelled  expired  -          -
  review      -          -       -       -        -        -         -           review  review  confirming  pending  done    -        -       failed  cancelled  expired  -          -
  confirming  -          -       -       -        -        -         -           review  -       -           pending  done    -        -       failed  cancelled  expired  -          -
  pending     -          -       -       -        -        -         -           review  -       -           -        done    -        -       failed  cancelled  expired  -          awaiting
  done        -          -       -       -        -        -         -           -       -       -           -        -       -        -       -       -          -        preparing  -
  failed      -          -       -       -        -        -         -           review  -       -           pending  done    consent  choose  -       cancelled  expired  preparing  -
  cancelled   -          -       -       -        -        -         -           -       -       -           -        -       -        -       -       -          -        preparing  -
  expired     -          -       -       -        -        -         -           -       -       -           -        -       -        -       -       -          -        preparing  -
`;

const [[, ...columns] = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

describe('flow, pair by pair', () => {
  it('has a row for every state and a column for every event', () => {
    assert.deepEqual(columns, Object.keys(events));
    assert.deepEqual(
      rows.map(([state]) => state),
      Object.keys(flows),
    );
    for (const [state, ...cells] of rows) assert.equal(cells.length, columns.length, state);
  });
  for (const [state, ...cells] of rows) {
    const before = flows[state as FlowState];
    Object.values(events).forEach((event, column) => {
      const after = cells[column];
      it(`${state} · ${event.type} → ${after}`, () => {
        if (after === '-') assert.equal(next(before, event), before);
        else assert.equal(moved(before, event).state, after);
      });
    });
  }
});

describe('opened', () => {
  const opened = (offered: readonly string[], usable: boolean) =>
    next(flows.preparing, { type: 'opened', offered, usable } as FlowEvent);

  it('leads to the consent of the one method there is', () => {
    assert.deepEqual(opened(['wallet'], true), { state: 'consent', method: 'wallet' });
  });
  it('never falls silently to a weaker rung: with several offered, the person chooses', () => {
    for (const usable of [true, false]) {
      assert.deepEqual(opened(['wallet', 'photo'], usable), { state: 'intro' });
    }
  });
  it('shows the choice with its reasons where nothing can be used', () => {
    assert.deepEqual(opened(['wallet'], false), { state: 'choose' });
    assert.deepEqual(opened([], false), { state: 'choose' });
  });
});

describe('payloads', () => {
  it('keeps the method through the attempt', () => {
    assert.deepEqual(next(flows.consent, events.approve), { state: 'awaiting', method: 'wallet' });
    assert.deepEqual(next(flows.choose, events.choose), { state: 'consent', method: 'photo' });
    assert.deepEqual(next(flows.awaiting, events.back), { state: 'consent', method: 'wallet' });
  });
  it('drops what was read on confirm and on hide', () => {
    assert.deepEqual(next(flows.review, events.confirm), { state: 'confirming', method: 'wallet' });
    assert.deepEqual(next(flows.review, events.hide), { state: 'review', method: 'wallet' });
  });
  it('remembers where it failed', () => {
    const failed = next(flows.submitting, events.fail);
    assert.deepEqual(failed, {
      state: 'failed',
      from: 'submitting',
      method: 'wallet',
      error: events.fail.error,
      ended: false,
    });
    assert.equal('method' in next(flows.intro, events.fail), false);
  });
});

describe('failed', () => {
  const fail = (from: FlowState, code: Code, ended?: boolean) =>
    moved(flows[from], { type: 'fail', error: error(code), ended });
  const retry = (from: FlowState, code: Code) => next(fail(from, code), events.retry).state;

  it('asks the same question again where it was not answered', () => {
    for (const state of ['preparing', 'submitting', 'review', 'confirming', 'pending'] as const) {
      assert.equal(retry(state, 'unavailable/network'), state);
    }
    assert.equal(retry('intro', 'unavailable/timeout'), 'preparing');
    assert.equal(retry('consent', 'unavailable/network'), 'consent');
  });
  it('starts a new attempt after a refusal that one can mend', () => {
    for (const code of ['incomplete', 'decryption', 'request_mismatch/nonce'] as const) {
      assert.equal(retry('submitting', code), 'consent');
    }
  });
  it('offers no retry where it cannot help', () => {
    for (const code of [
      'revoked',
      'policy/law',
      'validity',
      'config',
      'blocked/answer',
      'unavailable/pin_locked',
    ] as const) {
      assert.equal(retry('submitting', code), 'failed');
      assert.equal(applies(fail('submitting', code), events.other), true);
    }
  });
  it('leads on only by a restart once the session is over', () => {
    for (const failed of [fail('submitting', 'digest', true), fail('consent', 'session/used')]) {
      for (const event of Object.values(events)) {
        const on = event.type === 'restart' || event.type === 'cancel';
        assert.equal(applies(failed, event), on, event.type);
      }
    }
  });
  it('leads on where only something within the session is over', () => {
    const failed = fail('awaiting', 'session/callback_expired', false);
    assert.equal(moved(failed, events.retry).state, 'consent');
    assert.equal(moved(failed, events.other).state, 'choose');
  });
  it('has no other method before there is a session', () => {
    assert.equal(applies(fail('preparing', 'unavailable/network'), events.other), false);
  });
});
