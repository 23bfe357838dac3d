import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoBody, Shot } from '../evidence.ts';
import { flagsOf } from './material.ts';

const FROM = 1_800_000_000_000;
const span = { from: FROM, to: FROM + 60_000 };

/** A shot accepted so many milliseconds after the beginning. */
const shot = (accepted: number, changes: Partial<Shot> = {}): Shot => ({
  seq: 0,
  prev: new Uint8Array(32),
  step: 'front',
  attempt: 1,
  image: {
    sha256: new Uint8Array(32),
    size: 400_000,
    type: 'image/jpeg',
    width: 1920,
    height: 1080,
  },
  masks: [],
  origin: 'camera',
  capture: 'auto',
  times: { shown: FROM, taken: FROM + accepted, accepted: FROM + accepted },
  receipt: new Uint8Array(80),
  quality: {
    algorithm: 'id-verify-1',
    width: 640,
    verdict: 'good',
    sharpness: 910,
    brightness: 140,
    tilt: 31,
  },
  flags: [],
  ...changes,
});
const flags = (shots: Shot[], changes: Partial<PhotoBody> = {}) =>
  flagsOf(
    {
      photo: 'photo-1',
      document: 'driving-licence',
      shots,
      skipped: [],
      discarded: 0,
      environment: { analysis: 'worker', interruptions: 0 },
      consent: { text: 'photo/1', lang: 'ja', at: FROM },
      count: shots.length,
      final: true,
      ...changes,
    },
    span,
  );

test('two shots accepted within less than 800 ms were not looked at', () => {
  assert.deepEqual(flags([shot(1_000), shot(1_799)]), ['hurried']);
  assert.deepEqual(flags([shot(1_000), shot(1_500)]), ['hurried']);
  assert.deepEqual(flags([shot(1_000), shot(1_000)]), ['hurried']);
  assert.deepEqual(flags([shot(1_000), shot(1_800)]), []);
  assert.deepEqual(flags([shot(1_000), shot(9_000)]), []);
});

test('times out of order, or further from the server’s than clocks are wrong', () => {
  const minute = 60_000;
  assert.deepEqual(flags([shot(10 * minute)]), []);
  assert.deepEqual(flags([shot(11 * minute + 1)]), ['clock']);
  const early = { shown: FROM - 10 * minute - 1, taken: FROM, accepted: FROM };
  assert.deepEqual(flags([shot(0, { times: early })]), ['clock']);
  const backwards = { shown: FROM + 10, taken: FROM + 5, accepted: FROM + 20 };
  assert.deepEqual(flags([shot(0, { times: backwards })]), ['clock']);
});

test('what the server knows better than the page', () => {
  const small = { ...shot(0).image, width: 999, height: 600 };
  assert.deepEqual(flags([shot(0, { image: small })]), ['small']);
  assert.deepEqual(flags([shot(0, { image: { ...small, width: 1_000 } })]), []);
  assert.deepEqual(flags([shot(0, { step: 'face', image: { ...small, width: 480 } })]), []);
  assert.deepEqual(
    flags([shot(0, { step: 'face', image: { ...small, width: 479, height: 400 } })]),
    ['small'],
  );
  assert.deepEqual(flags([shot(0, { flags: ['small', 'unmeasured'] as Shot['flags'] })]), []);
  const { quality: _, ...unmeasured } = shot(0);
  assert.deepEqual(flags([unmeasured]), ['unmeasured']);
});

test('what was left out or came another way', () => {
  assert.deepEqual(flags([shot(0)], { skipped: [{ gesture: 'smile', reason: 'cannot' }] }), [
    'gesture_skipped',
  ]);
  assert.deepEqual(flags([shot(0)], { environment: { analysis: 'worker', interruptions: 1 } }), [
    'interrupted',
  ]);
});
