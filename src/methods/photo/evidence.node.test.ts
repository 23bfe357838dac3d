import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBody } from '../../wire/body.ts';
import { equalBytes } from '../../wire/bytes.ts';

import { ENVELOPE_RULES } from '../../wire/cbor-rules.ts';
import { readCbor } from '../../wire/reader.ts';
import { writeCbor } from '../../wire/writer.ts';
import { chainStart, type PhotoBody, photoBody, type Shot, shotHash } from './evidence.ts';

async function manifest(): Promise<PhotoBody> {
  const shot = (seq: number, prev: Shot['prev'], step: Shot['step']): Shot => ({
    seq,
    prev,
    step,
    attempt: 1,
    image: {
      sha256: new Uint8Array(32).fill(seq + 1),
      size: 400_000,
      type: 'image/jpeg',
      width: 1920,
      height: 1080,
    },
    quad: [100, 90, 1700, 95, 1698, 1010, 98, 1004],
    masks: [],
    origin: 'camera',
    capture: 'auto',
    times: { shown: 1_000, taken: 2_000, accepted: 3_000 },
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
  });
  const front = shot(0, await chainStart('photo-1'), 'front');
  const face = shot(1, await shotHash(front), 'face');
  return {
    photo: 'photo-1',
    document: 'driving-licence',
    shots: [front, face],
    skipped: [{ gesture: 'smile', reason: 'cannot' }],
    discarded: 1,
    environment: { analysis: 'worker', interruptions: 0 },
    consent: { text: 'photo/1', lang: 'ja', at: 900 },
    count: 2,
    final: true,
  };
}

const roundTrip = (body: PhotoBody): PhotoBody =>
  parseBody(photoBody, readCbor(writeCbor(body), ENVELOPE_RULES));

test('a manifest survives the envelope, and its chain can be followed from what was read', async () => {
  const sent = await manifest();
  const read = roundTrip(sent);
  assert.deepEqual(read, sent);
  const [front, face] = read.shots;
  assert.ok(front && face);
  assert.ok(equalBytes(front.prev, await chainStart(read.photo)));
  assert.ok(equalBytes(face.prev, await shotHash(front)));
});

test('a shot that was altered breaks the chain', async () => {
  const { shots } = await manifest();
  const [front, face] = shots;
  assert.ok(front && face);
  const later = { ...front, times: { ...front.times, taken: 2_001 } };
  assert.ok(!equalBytes(face.prev, await shotHash(later)));
});

test('what is not of the manifest is refused', async () => {
  const sent = await manifest();
  const [front] = sent.shots;
  for (const wrong of [
    { ...sent, name: '番号 花子' },
    { ...sent, final: false },
    { ...sent, shots: [{ ...front, step: 'my-number' }] },
    { ...sent, shots: [{ ...front, quad: [1, 2, 3] }] },
  ]) {
    assert.throws(() => roundTrip(wrong as PhotoBody), { code: 'malformed/envelope_body' });
  }
});
