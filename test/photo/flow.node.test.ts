import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stationsOf } from '../../src/methods/photo/page/stepper.ts';
import type { ImageAnswer, PhotoAnswer } from '../../src/wire/photo.ts';
import { json } from '../verifier/harness.ts';
import { addressOf, Photographer, photoProfile, photoSite, picture } from './photographer.ts';

/** Photos without movements. */
const still = { ...photoProfile.methods.photo, gestures: 0 } as const;

describe('photos, from the challenge to the wait', () => {
  it('asks steps and movements of the profile', async () => {
    const { challenge, page } = await Photographer.open(photoSite());
    const offer = page.view.methods.find(({ method }) => method === 'photo');
    assert.deepEqual(offer, {
      method: 'photo',
      documents: photoProfile.methods.photo.documents,
      gestures: true,
      files: true,
    });
    const steps = Object.fromEntries(challenge.documents.map(({ id, steps }) => [id, steps]));
    assert.deepEqual(steps, {
      'driving-licence': ['front', 'thickness', 'back', 'face'],
      'my-number-card': ['front', 'thickness', 'face'],
      passport: ['data-page', 'face'],
      'health-insurance-eligibility': ['front', 'back', 'face'],
    });
    assert.equal(challenge.gestures.length, 2);
    const all = [...challenge.gestures, ...challenge.spares];
    assert.equal(new Set(all).size, 5, 'every movement once');
  });

  it('asks each order of movements about as often as any other', async () => {
    const shop = photoSite();
    const seen = new Map<string, number>();
    for (let round = 0; round < 200; round++) {
      const { challenge } = await Photographer.open(shop);
      const key = challenge.gestures.join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    assert.equal(seen.size, 20, 'all 5 × 4 pairs');
    assert.ok(Math.max(...seen.values()) < 30);
  });

  it('asks the same again while an answer is awaited, so that nobody can choose', async () => {
    const { challenge, page } = await Photographer.open(photoSite());
    for (let round = 0; round < 3; round++) {
      const again = await json<PhotoAnswer>(await page.call('photo', { method: 'POST' }));
      assert.notEqual(again.id, challenge.id);
      assert.deepEqual(again.gestures, challenge.gestures);
      assert.deepEqual(again.spares, challenge.spares);
    }
  });

  for (const document of photoProfile.methods.photo.documents) {
    it(`takes a complete ${document}, and waits`, async () => {
      const shop = photoSite();
      const photographer = await Photographer.open(shop);
      if (document === 'health-insurance-eligibility') {
        const masks = [
          'insurer-number',
          'insured-symbol',
          'insured-number',
          'two-dimensional-code',
        ];
        photographer.facts = { masks };
      }
      await photographer.takeAll(document);
      const answer = await photographer.send();
      assert.equal(answer.outcome, 'pending', JSON.stringify(answer));
      assert.equal(answer.status.state, 'pending');
      const undetermined = answer.checks.filter(({ outcome }) => outcome !== 'passed');
      assert.deepEqual(
        undetermined.map(({ id }) => id),
        ['photo.camera'],
        'that a camera took them nobody can know',
      );
    });
  }

  it('erases what was taken and not accepted as soon as it waits', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const stray = picture();
    await json<ImageAnswer>(await photographer.put(stray));
    await photographer.takeAll();
    await photographer.send();
    const { id } = photographer.page.view;
    assert.equal(await shop.store.getImage(id, await addressOf(stray)), undefined);
  });

  it('ends with another method: the photos are erased', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const stray = picture();
    await photographer.put(stray);
    const { page } = photographer;
    await page.evidence(await page.present(await page.requests()));
    await page.confirm();
    assert.equal(await shop.store.getImage(page.view.id, await addressOf(stray)), undefined);
  });

  it('counts the last shot of a step, and shows the reviewer the others too', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const [front] = photographer.stepper.stations;
    assert.ok(front);
    await photographer.shoot(front);
    assert.equal((await photographer.send()).outcome, 'pending');
    const { material } = await shop.verifier.reviews.get(photographer.page.view.id);
    const fronts = material.shots.filter(({ step }) => step === 'front');
    assert.deepEqual(
      fronts.map(({ counts }) => counts),
      [false, true],
    );
  });

  it('takes other movements from who cannot do those, and tells the reviewer', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const { gestures, spares } = photographer.challenge;
    const [first, second] = gestures;
    const [spare] = spares;
    assert.ok(first && second && spare);
    const done = photographer.log.filter(({ step }) => step !== 'gesture');
    photographer.log = done;
    await photographer.shoot({ key: 'g', step: 'gesture', gesture: spare, insteadOf: first });
    const body = {
      ...photographer.manifest(),
      skipped: [{ gesture: second, reason: 'cannot' as const }],
    };
    assert.equal((await photographer.send(body)).outcome, 'pending');
    const { flags, material } = await shop.verifier.reviews.get(photographer.page.view.id);
    assert.ok(flags.includes('gesture_replaced') && flags.includes('gesture_skipped'));
    assert.deepEqual(material.skipped, [second]);
  });

  it('tells where times cannot be, by the server’s clock, and where nothing was measured', async () => {
    const hour = 3_600_000;
    for (const [away, told] of [
      [0, false],
      [-hour, true],
      [hour, true],
    ] as const) {
      const shop = photoSite();
      const photographer = await Photographer.open(shop);
      const at = Date.now() + away;
      photographer.facts = { times: { shown: at - 2_000, taken: at - 1_000, accepted: at } };
      await photographer.takeAll();
      await photographer.send();
      const [summary] = await shop.verifier.reviews.list();
      assert.equal(summary?.flags.includes('clock'), told);
      assert.ok(summary?.flags.includes('unmeasured'));
    }
  });

  it('marks files, and before all else a face from one that nothing looked for', async () => {
    const shop = photoSite({ ...photoProfile, methods: { photo: still } });
    const photographer = await Photographer.open(shop);
    photographer.facts = {
      origin: 'file',
      capture: 'file',
      flags: ['overridden', 'face_unchecked'],
    };
    await photographer.takeAll();
    assert.equal((await photographer.send()).outcome, 'pending');
    const [summary] = await shop.verifier.reviews.list();
    assert.deepEqual(summary?.flags.slice(0, 2), ['face_unchecked', 'face_from_file']);
    assert.ok(summary?.flags.includes('file'));
  });

  it('tells before others of a shot whose shape is another document’s', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const quality = { algorithm: 'id-verify-1', width: 640, sharpness: 900, brightness: 140 };
    photographer.facts = { quality: { ...quality, verdict: 'other_document' } };
    await photographer.takeAll();
    await photographer.send();
    const [summary] = await shop.verifier.reviews.list();
    assert.equal(summary?.flags[0], 'other_shape');
  });

  it('takes no file for a movement', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    for (const station of stationsOf(photographer.challenge, 'driving-licence')) {
      if (station.gesture) photographer.facts = { origin: 'file', capture: 'file' };
      await photographer.shoot(station);
    }
    const body = { ...photographer.manifest(), document: 'driving-licence', skipped: [] };
    assert.equal((await photographer.send(body)).code, 'policy/file');
  });

  it('calls small what has few pixels of the document, however large the picture', async () => {
    const shop = photoSite({ ...photoProfile, methods: { photo: still } });
    const small = async (across: number) => {
      const photographer = await Photographer.open(shop);
      const [right, below] = [10 + across, 10 + Math.round(across / 1.586)];
      photographer.facts = { quad: [10, 10, right, 10, right, below, 10, below] };
      const stations = stationsOf(photographer.challenge, 'driving-licence');
      for (const station of stations) {
        await photographer.shoot(station, picture(1_200, 800), [1_200, 800]);
      }
      const body = { ...photographer.manifest(), document: 'driving-licence' };
      assert.equal((await photographer.send(body)).outcome, 'pending');
      const { material } = await shop.verifier.reviews.get(photographer.page.view.id);
      assert.equal(material.recognized, 'shape_only');
      return material.shots[0]?.flags.includes('small');
    };
    assert.equal(await small(500), true);
    assert.equal(await small(700), false);
  });
});
