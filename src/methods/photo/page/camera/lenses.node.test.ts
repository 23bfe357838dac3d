import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { betterLens, lensesFor, nextLens } from './lenses.ts';

const devices = (...labels: string[]): MediaDeviceInfo[] =>
  labels.map(
    (label) => ({ deviceId: label, label, kind: 'videoinput', groupId: '' }) as MediaDeviceInfo,
  );
const labels = (lenses: readonly { label: string }[]) => lenses.map(({ label }) => label);

describe('which lenses', () => {
  test('none that sees no light or nothing real', () => {
    const all = devices(
      'IR Camera',
      'Integrated Webcam',
      'OBS Virtual Camera',
      'Desk View',
      'Depth',
    );
    assert.deepEqual(labels(lensesFor(all, 'environment')), ['Integrated Webcam']);
  });

  test('a name that only contains the letters is kept', () => {
    assert.equal(lensesFor(devices('Virginia Webcam', 'Mirage HD'), 'user').length, 2);
  });

  test('for documents the back, in Japanese too, close-up before single before narrow', () => {
    const all = devices('前面カメラ', '背面望遠カメラ', '背面カメラ', '背面デュアル広角カメラ');
    assert.deepEqual(labels(lensesFor(all, 'environment')), [
      '背面デュアル広角カメラ',
      '背面カメラ',
      '背面望遠カメラ',
      '前面カメラ',
    ]);
  });

  test('of an Android phone the main one, whichever the browser picked', () => {
    const all = devices(
      'camera2 2, facing back',
      'camera2 1, facing front',
      'camera2 0, facing back',
    );
    const lenses = lensesFor(all, 'environment');
    assert.equal(lenses[0]?.label, 'camera2 0, facing back');
    const better = betterLens(lenses, 'camera2 2, facing back', 'environment');
    assert.equal(better?.label, 'camera2 0, facing back');
    assert.equal(betterLens(lenses, 'camera2 0, facing back', 'environment'), undefined);
  });

  test('for faces the front', () => {
    assert.equal(
      lensesFor(devices('Back Camera', 'Front Camera'), 'user')[0]?.label,
      'Front Camera',
    );
  });
});

describe('switching', () => {
  const iphone = lensesFor(
    devices('Front Camera', 'Back Camera', 'Back Dual Wide Camera'),
    'environment',
  );

  test('to the close-up lens by itself, for documents only and only once', () => {
    assert.equal(betterLens(iphone, 'Back Camera', 'environment')?.label, 'Back Dual Wide Camera');
    assert.equal(betterLens(iphone, 'Back Dual Wide Camera', 'environment'), undefined);
    assert.equal(betterLens(iphone, 'Front Camera', 'user'), undefined);
  });

  test('round and round by the person', () => {
    const seen = [iphone[0]?.deviceId];
    for (let press = 0; press < 3; press++) seen.push(nextLens(iphone, seen.at(-1))?.deviceId);
    assert.equal(new Set(seen).size, 3);
    assert.equal(seen[0], seen[3]);
  });

  test('is not offered with one camera', () => {
    assert.equal(nextLens(iphone.slice(0, 1), 'Back Camera'), undefined);
  });
});
