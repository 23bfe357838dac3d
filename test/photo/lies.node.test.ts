import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PhotoBody, Shot } from '../../src/methods/photo/evidence.ts';
import { rechain } from '../../src/methods/photo/log.ts';
import type { Profile } from '../../src/verifier/index.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import type { Gesture, PhotoAnswer } from '../../src/wire/photo.ts';
import { refusal } from '../refusal.ts';
import { json, options, Page, refused } from '../verifier/harness.ts';
import {
  hashesOf,
  Photographer,
  pendingPhotos,
  photoProfile,
  photoSite,
  picture,
  receiptKey,
} from './photographer.ts';

/** A complete session whose manifest a liar may change; `log` is chained anew unless told not to. */
type Lie = (photographer: Photographer, body: PhotoBody) => PhotoBody | Promise<PhotoBody>;

const relogged = async (photographer: Photographer, log: readonly Shot[]): Promise<PhotoBody> => {
  photographer.log = await rechain(log, photographer.challenge.id);
  return photographer.manifest();
};

const shotAt = (body: PhotoBody, index: number): Shot => {
  const shot = body.shots.at(index);
  assert.ok(shot);
  return shot;
};

const only = (document: string): Profile => ({
  ...photoProfile,
  methods: {
    photo: { ...photoProfile.methods.photo, documents: [document] } as never,
  },
});

const LIES: readonly (readonly [what: string, code: string, lie: Lie])[] = [
  ['says another number of shots', 'malformed/manifest', (_, body) => ({ ...body, count: 99 })],
  [
    'numbers a shot wrongly',
    'malformed/manifest',
    (_, body) => ({ ...body, shots: body.shots.with(1, { ...shotAt(body, 1), seq: 5 }) }),
  ],
  [
    'was changed in the middle after the fact',
    'digest/chain',
    (_, body) => ({ ...body, shots: body.shots.with(1, { ...shotAt(body, 1), attempt: 7 }) }),
  ],
  [
    'has a chain that starts elsewhere',
    'digest/chain',
    async (_, body) => ({ ...body, shots: await rechain(body.shots, 'another') }),
  ],
  [
    'is of a document nobody asked',
    'request_mismatch/document',
    (_, body) => ({ ...body, document: 'residence-card' }),
  ],
  [
    'leaves out the back',
    'request_mismatch/steps',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.filter(({ step }) => step !== 'back'),
      ),
  ],
  [
    'shows a side the document has not',
    'request_mismatch/steps',
    (photographer, body) =>
      relogged(photographer, [
        ...body.shots.slice(0, 4),
        { ...shotAt(body, 0), step: 'data-page' },
        ...body.shots.slice(4),
      ]),
  ],
  [
    'swaps the movements',
    'request_mismatch/gestures',
    (photographer, body) =>
      relogged(photographer, [...body.shots.slice(0, -2), shotAt(body, -1), shotAt(body, -2)]),
  ],
  [
    'does a movement that was not asked',
    'request_mismatch/gestures',
    (photographer, body) =>
      relogged(photographer, [
        ...body.shots.slice(0, -1),
        { ...shotAt(body, -1), gesture: photographer.challenge.spares[0] as Gesture },
      ]),
  ],
  [
    'leaves a movement out without a word',
    'request_mismatch/gestures',
    (photographer, body) => relogged(photographer, body.shots.slice(0, -1)),
  ],
  [
    'says that a movement was impossible and shows it',
    'request_mismatch/gestures',
    ({ challenge }, body) => ({
      ...body,
      skipped: [{ gesture: challenge.gestures[0] as Gesture, reason: 'cannot' }],
    }),
  ],
  [
    'hides a movement in another step',
    'malformed/manifest',
    (photographer, body) =>
      relogged(photographer, [{ ...shotAt(body, 0), gesture: 'smile' }, ...body.shots.slice(1)]),
  ],
  [
    'names a picture that never came',
    'incomplete/image',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(2, {
          ...shotAt(body, 2),
          image: { ...shotAt(body, 2).image, sha256: new Uint8Array(32) },
        }),
      ),
  ],
  [
    'makes a picture larger than it is',
    'digest/image',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(2, {
          ...shotAt(body, 2),
          image: { ...shotAt(body, 2).image, width: 1_920 },
        }),
      ),
  ],
  [
    'says another number of bytes',
    'digest/image',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(2, { ...shotAt(body, 2), image: { ...shotAt(body, 2).image, size: 1 } }),
      ),
  ],
  [
    'brings a receipt of its own making',
    'digest/receipt',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(0, { ...shotAt(body, 0), receipt: new Uint8Array(80) }),
      ),
  ],
  [
    'brings the receipt of another picture',
    'digest/receipt',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(0, { ...shotAt(body, 0), receipt: shotAt(body, 1).receipt }),
      ),
  ],
  [
    'uses one picture for two steps',
    'policy/reused',
    (photographer, body) => {
      const { image, receipt } = shotAt(body, 2);
      return relogged(photographer, body.shots.with(3, { ...shotAt(body, 3), image, receipt }));
    },
  ],
];

describe('a manifest is refused that', () => {
  for (const [what, code, lie] of LIES) {
    it(`${what}: ${code}`, async () => {
      const shop = photoSite();
      const photographer = await Photographer.open(shop);
      await photographer.takeAll();
      const answer = await photographer.send(await lie(photographer, photographer.manifest()));
      assert.equal(answer.code, code, JSON.stringify(answer.checks));
      assert.equal(answer.outcome, 'refused');
      assert.equal(answer.status.state, 'awaiting');
      assert.equal(answer.checks.at(-1)?.outcome, 'failed');
      const [record] = await shop.store.evidence(photographer.page.view.id);
      assert.equal(record?.envelope, undefined);
      assert.deepEqual(await shop.verifier.reviews.list(), []);
    });
  }

  it('puts the shots in another order than they came: request_mismatch/times', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    const document = 'driving-licence';
    await photographer.takeAll(document);
    const [first, second, ...more] = photographer.log;
    assert.ok(first && second);
    // Only a later clock tells the two apart.
    shop.clock.ahead = 10;
    const late = { key: 'x', step: 'front' } as const;
    photographer.log = [];
    await photographer.shoot(late);
    const [newest] = photographer.log;
    assert.ok(newest);
    const body = await relogged(photographer, [newest, second, ...more]);
    assert.equal((await photographer.send(body)).code, 'request_mismatch/times');
  });

  it('has the back of a My Number Card: policy/side', async () => {
    const photographer = await Photographer.open(photoSite());
    await photographer.takeAll('my-number-card');
    await photographer.shoot({ key: 'back', step: 'back' });
    assert.equal((await photographer.send()).code, 'policy/side');
  });

  it('has the open numbers of a health insurance: policy/mask', async () => {
    const photographer = await Photographer.open(photoSite());
    photographer.facts = { masks: ['insurer-number', 'insured-symbol', 'insured-number'] };
    await photographer.takeAll('health-insurance-eligibility');
    assert.equal((await photographer.send()).code, 'policy/mask');
  });

  it('has files where the profile has none: policy/file', async () => {
    const { files: _, ...photo } = photoProfile.methods.photo;
    const shop = photoSite({ ...photoProfile, methods: { photo } });
    for (const facts of [{ origin: 'file' }, { capture: 'file' }] as const) {
      const photographer = await Photographer.open(shop);
      assert.equal(photographer.challenge.files, false);
      photographer.facts = facts;
      await photographer.takeAll();
      assert.equal((await photographer.send()).code, 'policy/file');
    }
  });

  it('uses a picture of another session, also when that has ended: policy/reused', async () => {
    const shop = photoSite();
    const earlier = await pendingPhotos(shop);
    await shop.verifier.reviews.decide(earlier.page.view.id, {
      decision: 'refuse',
      reviewer: 'staff-1',
      reason: { ja: '読めませんでした。' },
    });
    const again = picture();
    const first = await Photographer.open(shop);
    await first.takeAll();
    const [front] = first.stepper.stations;
    assert.ok(front);
    await first.shoot(front, again);
    assert.equal((await first.send()).outcome, 'pending');

    const second = await Photographer.open(shop);
    await second.takeAll();
    await second.shoot(front, again);
    assert.equal((await second.send()).code, 'policy/reused');
  });

  it('is recognized only as long as the operator says', async () => {
    const hour = 3_600_000;
    for (const rememberImagesDays of [0, 2]) {
      const shop = photoSite(photoProfile, { photo: { receiptKey, rememberImagesDays } });
      const shared = picture();
      const send = async () => {
        const photographer = await Photographer.open(shop);
        await photographer.takeAll();
        await photographer.shoot({ key: 'front', step: 'front' }, shared);
        return photographer.send();
      };
      assert.equal((await send()).outcome, 'pending');
      if (rememberImagesDays > 0) {
        shop.clock.ahead = (rememberImagesDays * 24 - 1) * hour;
        await shop.verifier.sweep();
        assert.equal((await send()).code, 'policy/reused');
      }
      shop.clock.ahead = rememberImagesDays * 24 * hour + hour;
      await shop.verifier.sweep();
      assert.equal((await send()).outcome, 'pending');
    }
  });

  it('two sessions send at once with the same picture: only one can be approved', async () => {
    const shop = photoSite();
    const shared = picture();
    const both = await Promise.all([Photographer.open(shop), Photographer.open(shop)]);
    for (const one of both) {
      await one.takeAll();
      await one.shoot({ key: 'front', step: 'front' }, shared);
    }
    // Both pass the check before either is written.
    const gate = Promise.withResolvers<void>();
    const { imageUse } = shop.store;
    shop.store.imageUse = async (hash) => {
      const found = await imageUse.call(shop.store, hash);
      await gate.promise;
      return found;
    };
    const sending = both.map((one) => one.send());
    setTimeout(gate.resolve, 100);
    const outcomes = (await Promise.all(sending)).map(({ outcome }) => outcome);
    assert.deepEqual(outcomes, ['pending', 'pending']);
    const decided = await Promise.allSettled(
      both.map(({ page }) =>
        shop.verifier.reviews.decide(page.view.id, {
          decision: 'approve',
          reviewer: 'staff-1',
          claims: { name: '番号 花子', birth_date: '1971-09-01' },
        }),
      ),
    );
    const codes = decided.map((one) => (one.status === 'rejected' ? one.reason.code : 'approved'));
    assert.deepEqual(codes.toSorted(), ['approved', 'policy/reused']);
  });
});

describe('the challenge of photos', () => {
  it('is used up by the first manifest, accepted or not, and a new one is free', async () => {
    const photographer = await Photographer.open(photoSite());
    await photographer.takeAll();
    const { log, page } = photographer;
    await photographer.send({ ...photographer.manifest(), count: 1 });
    const stale = await page.seal(photographer.manifest(), { method: 'photo' });
    await refused(await page.sendEnvelope('evidence', stale), 409, 'session/used');
    await photographer.again();
    photographer.log = await rechain(
      log.filter(({ step }) => step !== 'gesture'),
      photographer.challenge.id,
    );
    const asked = photographer.challenge.gestures;
    for (const gesture of asked)
      await photographer.shoot({ key: gesture, step: 'gesture', gesture });
    const body = { ...photographer.manifest(), document: 'driving-licence' };
    assert.equal((await photographer.send(body)).outcome, 'pending', 'the uploads stayed good');
  });

  it('expires', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    shop.clock.ahead = 29 * 60_000;
    const challenge = await json<PhotoAnswer>(
      await photographer.page.call('photo', { method: 'POST' }),
    );
    assert.ok(challenge.expiresAt > photographer.challenge.expiresAt, 'and prolongs the session');
    shop.clock.ahead = 35 * 60_000;
    const late = await photographer.page.seal(photographer.manifest(), { method: 'photo' });
    const answer = await photographer.page.sendEnvelope('evidence', late);
    await refused(answer, 410, 'session/request_expired');
  });

  it('of another session is none of this one', async () => {
    const shop = photoSite();
    const [mine, other] = [await Photographer.open(shop), await Photographer.open(shop)];
    await mine.takeAll();
    const envelope = await other.page.seal(mine.manifest(), { method: 'photo' });
    await refused(await other.page.sendEnvelope('evidence', envelope), 409, 'session/used');
  });

  it('leaves no images when the last attempt fails', async () => {
    const shop = photoSite();
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const [hash = ''] = hashesOf(photographer.log);
    const { id } = photographer.page.view;
    for (let left = 4; left >= 0; left--) {
      assert.ok(await shop.store.getImage(id, hash));
      const body = { ...photographer.manifest(), document: 'passport', count: 99 };
      const { status } = await photographer.send(body);
      assert.equal(status.attemptsLeft, left);
      if (left > 0) await photographer.again();
    }
    assert.equal((await shop.store.get(id))?.state, 'failed');
    assert.equal(await shop.store.getImage(id, hash), undefined);
  });
});

describe('the rung of photos', () => {
  it('cannot be passed off as another (neg-78)', async () => {
    const photographer = await Photographer.open(photoSite());
    await photographer.takeAll();
    const { page } = photographer;
    const disguised = await page.seal(photographer.manifest(), { method: 'wallet' });
    await refused(await page.sendEnvelope('evidence', disguised), 400, 'malformed/envelope_body');
    const boastful = await page.seal(
      { ...photographer.manifest(), assurance: 'ial2' },
      { method: 'photo' },
    );
    await refused(await page.sendEnvelope('evidence', boastful), 400, 'malformed/envelope_body');
  });

  it('cannot be slipped into a session that was opened without it (neg-78, neg-80)', async () => {
    const shop = photoSite();
    const page = await Page.open(shop, 'identity', ['wallet']);
    assert.deepEqual(
      page.view.methods.map(({ method }) => method),
      ['wallet'],
    );
    await refused(await page.call('photo', { method: 'POST' }), 403, 'policy/method');
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const envelope = await page.seal(photographer.manifest(), { method: 'photo' });
    await refused(await page.sendEnvelope('evidence', envelope), 403, 'policy/method');
  });

  it('is not open to what came from a phone where the profile forbids it', async () => {
    const photographer = await Photographer.open(
      photoSite({ ...photoProfile, crossDevice: 'forbid' }),
    );
    photographer.facts = { origin: 'handoff' };
    await photographer.takeAll();
    assert.equal((await photographer.send()).code, 'policy/cross_device');
  });

  /** Milliseconds from now to a moment in Japan. */
  const until = (moment: string): number => Date.parse(`${moment}+09:00`) - Date.now();
  const { files: _, ...cameraOnly } = photoProfile.methods.photo;
  const underAml: Profile = { ...photoProfile, law: 'jp-aml', methods: { photo: cameraOnly } };

  it('is offered under 犯収法 to the last day, by Japanese time, with its clause', async () => {
    const shop = photoSite({
      ...underAml,
      methods: { ...photoProfile.methods, photo: cameraOnly },
    });
    shop.clock.ahead = until('2027-03-31T23:40:00');
    const { page, challenge } = await pendingPhotos(shop);
    assert.equal(challenge.files, false);
    shop.clock.ahead = until('2027-03-31T23:59:30');
    const result = await shop.verifier.reviews.decide(page.view.id, {
      decision: 'approve',
      reviewer: 'staff-1',
      claims: { name: '番号 花子', birth_date: '1971-09-01' },
    });
    assert.equal(result.legalBasis?.clause, 'ホ');
    assert.equal(result.legalBasis?.on, '2027-03-31');
  });

  it('is refused at every door from the first day after it', async () => {
    const methods = { ...photoProfile.methods, photo: cameraOnly };
    const shop = photoSite({ ...underAml, methods });
    shop.clock.ahead = until('2027-03-31T23:50:00');
    const waiting = await pendingPhotos(shop);
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const { page } = photographer;
    const before = picture();

    shop.clock.ahead = until('2027-04-01T00:00:01');
    await refused(await page.call('photo', { method: 'POST' }), 403, 'policy/law');
    await refused(await photographer.put(before), 403, 'policy/law');
    const envelope = await page.seal(photographer.manifest(), { method: 'photo' });
    await refused(await page.sendEnvelope('evidence', envelope), 403, 'policy/law');
    const approval = shop.verifier.reviews.decide(waiting.page.view.id, {
      decision: 'approve',
      reviewer: 'staff-1',
      claims: { name: '番号 花子', birth_date: '1971-09-01' },
    });
    await assert.rejects(approval, { code: 'policy/law' });
    const { methods: offered } = (await Page.open(shop)).view;
    assert.deepEqual(
      offered.map(({ method }) => method),
      ['wallet'],
    );
  });

  const start = (profile: Profile, now?: number): string | undefined =>
    refusal(() =>
      createVerifier(
        options(memoryStore(), {
          photo: { receiptKey },
          profiles: { identity: profile },
          ...(now && { now: () => now }),
        }),
      ),
    );
  const photo = photoProfile.methods.photo;
  const starts: readonly (readonly [string, string | undefined, Profile, number?])[] = [
    ['everything is in order', undefined, photoProfile],
    ['photos under 携帯法', 'config/law', { ...underAml, law: 'jp-mobile' }],
    [
      'photos under 古物営業法, with files',
      undefined,
      { ...photoProfile, law: 'jp-secondhand', methods: { photo } },
    ],
    [
      'photos under 犯収法 on its last day',
      undefined,
      underAml,
      Date.parse('2027-03-31T23:59:59+09:00'),
    ],
    [
      'photos under 犯収法 after it',
      'config/law',
      underAml,
      Date.parse('2027-04-01T00:00:00+09:00'),
    ],
    ['files under 犯収法', 'config/files', { ...underAml, methods: { photo } }],
    [
      'no document',
      'config/document',
      { ...photoProfile, methods: { photo: { ...photo, documents: [] as never } } },
    ],
    ['a document nobody knows', 'config/document', only('library-card')],
    [
      'a reviewer without time',
      'config/decide_within',
      { ...photoProfile, methods: { photo: { ...photo, decideWithinHours: 0 } } },
    ],
    [
      'too many movements',
      'config/gestures',
      { ...photoProfile, methods: { photo: { ...photo, gestures: 4 as never } } },
    ],
    [
      'a claim no photo tells',
      'config/claim',
      {
        ...photoProfile,
        claims: { ...photoProfile.claims, portrait: { purpose: { ja: '照合' }, retainDays: 0 } },
      },
    ],
  ];
  for (const [what, code, profile, now] of starts) {
    it(`${code === undefined ? 'starts' : 'does not start'} with ${what}`, () => {
      assert.equal(start(profile, now), code);
    });
  }

  it('does not start without a key for receipts, or with a short one', () => {
    for (const key of [new Uint8Array(31), undefined]) {
      const code = refusal(() =>
        createVerifier(
          options(memoryStore(), {
            photo: { receiptKey: key as Uint8Array },
            profiles: { identity: photoProfile },
          }),
        ),
      );
      assert.equal(code, 'config/receipt_key');
    }
  });
});
