import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../../src/verifier/index.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { refusal } from '../refusal.ts';
import { ORIGIN, options, Page, refused } from '../verifier/harness.ts';
import { offer } from '../verifier/phone.ts';
import {
  Photographer,
  pendingPhotos,
  photoProfile,
  photoSite,
  picture,
  receiptKey,
} from './photographer.ts';

const only = (document: string): Profile => ({
  ...photoProfile,
  methods: {
    photo: { ...photoProfile.methods.photo, documents: [document] } as never,
  },
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

  it('stays on the first device where the profile says so', async () => {
    const transferPages = [`${ORIGIN}/`];
    const shop = photoSite({ ...photoProfile, crossDevice: 'forbid' }, { transferPages });
    const { page } = await Photographer.open(shop);
    await refused(await offer(page), 403, 'policy/transfer');
  });

  /** Milliseconds from now to a moment in Japan. */
  const until = (moment: string): number => Date.parse(`${moment}+09:00`) - Date.now();
  const { files: _, ...cameraOnly } = photoProfile.methods.photo;
  const portrait = { purpose: { ja: '照合のため' }, retainDays: 0, optional: true } as const;
  const underAml: Profile = {
    ...photoProfile,
    // A wallet has a portrait, a reviewer types none.
    claims: { ...photoProfile.claims, portrait },
    law: 'jp-aml',
    recordsKept: 'elsewhere',
    methods: { photo: cameraOnly },
  };

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
      claims: { name: '番号 花子', address: '〇〇県△△市', birth_date: '1971-09-01' },
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
      { ...photoProfile, law: 'jp-secondhand', recordsKept: 'elsewhere', methods: { photo } },
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
      'a word for files that is none',
      'config/option',
      { ...photoProfile, methods: { photo: { ...photo, files: 'forbid' as never } } },
    ],
    [
      'hours as text',
      'config/option',
      { ...photoProfile, methods: { photo: { ...photo, decideWithinHours: '24' as never } } },
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
    const short = new Uint8Array(31);
    for (const photo of [
      { receiptKey: short },
      { receiptKey: undefined as never },
      { receiptKey, otherReceiptKeys: [short] },
    ]) {
      const code = refusal(() =>
        createVerifier(
          options(memoryStore(), {
            photo,
            profiles: { identity: photoProfile },
          }),
        ),
      );
      assert.equal(code, 'config/receipt_key');
    }
  });
});
