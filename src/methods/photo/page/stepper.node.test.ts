import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  begin,
  type Stepper,
  type StepperEvent,
  skippedGestures,
  stationAt,
  stationsOf,
  step,
} from './stepper.ts';

const challenge: Stepper['challenge'] = {
  documents: [
    { id: 'driving-licence', steps: ['front', 'thickness', 'back', 'face'] },
    { id: 'passport', steps: ['data-page', 'face'] },
  ],
  gestures: ['turn_left', 'look_up'],
  spares: ['smile'],
};

const walk = (state: Stepper, ...events: (StepperEvent | StepperEvent['type'])[]): Stepper =>
  events.reduce<Stepper>(
    (now, event) =>
      step(now, typeof event === 'string' ? ({ type: event } as StepperEvent) : event),
    state,
  );
const licence = { type: 'choose', document: 'driving-licence' } as const;
const shot = ['taken', 'accept'] as const;
const key = (state: Stepper) => stationAt(state)?.key;

describe('the way through', () => {
  test('a document’s steps come in the server’s order, the gestures last', () => {
    const keys = stationsOf(challenge, 'driving-licence').map((station) => station.key);
    assert.deepEqual(keys, ['front', 'thickness', 'back', 'face', 'gesture-0', 'gesture-1']);
    assert.deepEqual(stationsOf(challenge, 'library-card'), []);
  });

  test('every shot leads to the next, the last one to the summary', () => {
    let state = walk(begin(challenge), licence);
    for (const expected of ['front', 'thickness', 'back', 'face', 'gesture-0', 'gesture-1']) {
      assert.equal(key(state), expected);
      state = walk(state, ...shot);
    }
    assert.deepEqual(state.screen, { at: 'summary' });
    assert.ok(state.stations.every((station) => state.marks[station.key] === 'accepted'));
  });

  test('a document nobody asked for leads nowhere', () => {
    const before = begin(challenge);
    assert.equal(walk(before, { type: 'choose', document: 'library-card' }), before);
  });

  test('retakes are counted, with what was thrown away', () => {
    const state = walk(begin(challenge), licence, 'taken', 'retake', 'taken', 'back', ...shot);
    assert.deepEqual(state.attempts, { front: 3 });
    assert.equal(state.discarded, 2);
    assert.equal(key(state), 'thickness');
  });
});

describe('going back', () => {
  const half = walk(begin(challenge), licence, ...shot, ...shot);

  test('shows what was accepted, and takes nothing away', () => {
    const back = walk(half, 'back', 'back');
    assert.deepEqual(back.screen, { at: 'kept', index: 0 });
    assert.deepEqual(back.marks, half.marks);
    assert.equal(key(walk(back, 'keep')), 'back');
  });

  test('the same document goes on where it was', () => {
    const documents = walk(half, 'back', 'back', 'back');
    assert.deepEqual(documents.screen, { at: 'documents' });
    assert.equal(key(walk(documents, licence)), 'back');
  });

  test('another document begins anew', () => {
    const other = walk(half, 'back', 'back', 'back', { type: 'choose', document: 'passport' });
    assert.deepEqual(other.marks, {});
    assert.equal(key(other), 'data-page');
  });

  test('one that is taken again stays accepted until it is replaced', () => {
    const again = walk(half, { type: 'visit', index: 0 }, 'retake');
    assert.deepEqual(again.screen, { at: 'shoot', index: 0 });
    assert.equal(again.marks.front, 'accepted');
    assert.equal(key(walk(again, ...shot)), 'back');
    assert.equal(key(walk(again, 'keep')), 'back');
  });

  test('from the summary to the last one', () => {
    const summary = walk(half, ...shot, ...shot, ...shot, ...shot);
    assert.deepEqual(walk(summary, 'back').screen, { at: 'kept', index: 5 });
  });
});

describe('a gesture that cannot be done', () => {
  const atGesture = walk(begin(challenge), licence, ...shot, ...shot, ...shot, ...shot);

  test('is replaced by a spare one, and the one asked is remembered', () => {
    const station = stationAt(walk(atGesture, 'cannot'));
    assert.deepEqual(station, {
      key: 'gesture-0',
      step: 'gesture',
      gesture: 'smile',
      insteadOf: 'turn_left',
    });
  });

  test('is left out, by the name of the one asked, when the spares are used up', () => {
    const state = walk(atGesture, 'cannot', 'cannot');
    assert.equal(key(state), 'gesture-1');
    assert.deepEqual(skippedGestures(state), ['turn_left']);
    const end = walk(state, 'cannot');
    assert.deepEqual(end.screen, { at: 'summary' });
    assert.deepEqual(skippedGestures(end), ['turn_left', 'look_up']);
  });

  test('cannot be made up for behind a later one, which would change the order', () => {
    const end = walk(atGesture, 'cannot', 'cannot', ...shot);
    assert.deepEqual(end.screen, { at: 'summary' });
    assert.equal(walk(end, { type: 'visit', index: 4 }), end);
    assert.deepEqual(walk(end, 'back', 'back').screen, { at: 'kept', index: 3 });
  });

  test('is no way around a document', () => {
    const front = walk(begin(challenge), licence);
    assert.equal(walk(front, 'cannot'), front);
  });
});
