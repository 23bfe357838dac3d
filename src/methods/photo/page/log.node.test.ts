import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { equalBytes } from '../../../wire/bytes.ts';
import type { PhotoAnswer } from '../../../wire/photo.ts';
import { chainStart, shotHash } from '../evidence-chain.ts';
import type { TakenShot } from './capture/shot.ts';
import { append, factsOf as factsOfTaken, manifestOf, type ShotFacts } from './log.ts';
import { keptOf, type Progress, progressOf } from './progress.ts';
import { renew } from './resume/renew.ts';
import { begin, type StepperEvent, step } from './stepper.ts';

const challenge: PhotoAnswer = {
  id: 'photo-1',
  now: 0,
  expiresAt: 900_000,
  documents: [{ id: 'passport', steps: ['data-page', 'face'] }],
  gestures: ['turn_left', 'look_up'],
  spares: ['smile'],
  limits: { bytes: 2_000_000, minLongSide: 1000, maxLongSide: 1920, tries: 3 },
  files: false,
};

const factsOf = (
  of: Pick<ShotFacts, 'step' | 'gesture' | 'insteadOf'>,
  seed: number,
): ShotFacts => ({
  ...of,
  attempt: 1,
  image: {
    sha256: new Uint8Array(32).fill(seed),
    size: 1000,
    type: 'image/jpeg',
    width: 1200,
    height: 900,
  },
  masks: [],
  origin: 'camera',
  capture: 'manual',
  times: { shown: 1, taken: 2, accepted: 3 },
  flags: [],
});

/** Data page, face and both gestures, the first replaced. */
async function finished(): Promise<Progress> {
  let log: Progress['log'] = [];
  const shots: Pick<ShotFacts, 'step' | 'gesture' | 'insteadOf'>[] = [
    { step: 'data-page' },
    { step: 'face' },
    { step: 'gesture', gesture: 'smile', insteadOf: 'turn_left' },
    { step: 'gesture', gesture: 'look_up' },
  ];
  for (const [index, shot] of shots.entries()) {
    log = await append(log, challenge.id, factsOf(shot, index), 'cmVjZWlwdA');
  }
  const events: StepperEvent[] = [{ type: 'choose', document: 'passport' }];
  for (const _ of ['data-page', 'face']) events.push({ type: 'taken' }, { type: 'accept' });
  events.push({ type: 'cannot' });
  for (const _ of ['smile', 'look_up']) events.push({ type: 'taken' }, { type: 'accept' });
  const stepper = events.reduce(step, begin(challenge));
  return { challenge, until: 1, stepper, log, interruptions: 0, consentAt: 0 };
}

async function assertChain(log: Progress['log'], photo: string): Promise<void> {
  let prev = await chainStart(photo);
  for (const [seq, shot] of log.entries()) {
    assert.equal(shot.seq, seq);
    assert.ok(equalBytes(shot.prev, prev), `shot ${seq}`);
    prev = await shotHash(shot);
  }
}

test('the corners of a document are those of the picture that is sent, however small it was made', async () => {
  const corners = [
    { x: 100, y: 90 },
    { x: 1500, y: 91 },
    { x: 1499, y: 1001 },
    { x: 101, y: 1000 },
  ];
  const taken = {
    canvas: { width: 1600, height: 1200 },
    quad: corners,
    capture: 'manual',
    shownAt: 1,
    takenAt: 2,
    guidance: { code: 'good' },
  } as unknown as TakenShot;
  const accepted = {
    station: { key: 'front', step: 'front' },
    photo: challenge.id,
    limits: challenge.limits,
    attempt: 1,
    masks: [],
    handedOver: false,
  } as const;
  const image = (width: number) => ({ bytes: new Uint8Array(9), width, height: (width * 3) / 4 });
  const quadAt = async (width: number) =>
    (await factsOfTaken(taken, accepted, image(width), new Uint8Array(32))).quad;
  assert.deepEqual(await quadAt(1600), [100, 90, 1500, 91, 1499, 1001, 101, 1000]);
  assert.deepEqual(await quadAt(800), [50, 45, 750, 46, 750, 501, 51, 500]);
});

describe('the log', () => {
  test('is a chain from the challenge on', async () => {
    const { log } = await finished();
    await assertChain(log, 'photo-1');
  });

  test('a gesture done in the end is not named as left out', async () => {
    const { stepper, log } = await finished();
    const marks = { ...stepper.marks, 'gesture-0': 'skipped' } as const;
    const body = manifestOf({ ...stepper, marks }, log, {
      photo: 'photo-1',
      environment: { analysis: 'worker', interruptions: 0 },
      consent: { text: 'photo/1', lang: 'ja', at: 0 },
    });
    assert.deepEqual(body.skipped, []);
    assert.equal(body.count, 4);
  });
});

describe('after a reload', () => {
  test('everything the server has is done', async () => {
    const kept = structuredClone(keptOf(await finished()));
    assert.deepEqual(progressOf(kept)?.stepper.screen, { at: 'summary' });
  });

  test('a shot whose upload was cut is open again', async () => {
    const progress = await finished();
    const kept = keptOf({ ...progress, log: progress.log.slice(0, 3) });
    assert.deepEqual(progressOf(kept)?.stepper.screen, { at: 'shoot', index: 3 });
  });

  test('what another version kept is nothing', () => {
    assert.equal(progressOf(undefined), undefined);
    assert.equal(progressOf({ v: 2, log: [] }), undefined);
    assert.equal(progressOf('photo'), undefined);
  });
});

describe('under a new challenge', () => {
  const there = async () => true;

  test('with the same gestures everything stays, chained anew', async () => {
    const renewed = await renew(await finished(), { ...challenge, id: 'photo-2' }, 2, there);
    assert.equal(renewed.log.length, 4);
    assert.deepEqual(renewed.stepper.screen, { at: 'summary' });
    await assertChain(renewed.log, 'photo-2');
  });

  test('with other gestures these are done anew', async () => {
    const next: PhotoAnswer = { ...challenge, id: 'photo-2', gestures: ['look_up', 'turn_left'] };
    const renewed = await renew(await finished(), next, 2, there);
    assert.deepEqual(
      renewed.log.map((shot) => shot.step),
      ['data-page', 'face'],
    );
    assert.deepEqual(renewed.stepper.screen, { at: 'shoot', index: 2 });
    await assertChain(renewed.log, 'photo-2');
  });

  test('after a manifest was sent the gestures are done anew, even the same ones', async () => {
    const renewed = await renew({ ...(await finished()), until: 0 }, challenge, 2, there);
    assert.equal(renewed.log.length, 2);
  });

  test('a shot whose picture the server has lost is open again, and gestures with it', async () => {
    const lost = async ({ step }: Progress['log'][number]) => step !== 'data-page';
    const renewed = await renew(await finished(), { ...challenge, id: 'photo-2' }, 2, lost);
    assert.deepEqual(
      renewed.log.map((shot) => shot.step),
      ['face'],
    );
    assert.deepEqual(renewed.stepper.screen, { at: 'shoot', index: 0 });
    await assertChain(renewed.log, 'photo-2');
  });

  test('without the document it begins again', async () => {
    const next: PhotoAnswer = {
      ...challenge,
      documents: [{ id: 'driving-licence', steps: ['front', 'face'] }],
    };
    const renewed = await renew(await finished(), next, 2, there);
    assert.deepEqual(renewed.log, []);
    assert.deepEqual(renewed.stepper.screen, { at: 'documents' });
  });
});
