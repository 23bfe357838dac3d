import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Photographer, photoProfile, photoSite } from '../../../../test/photo/photographer.ts';
import { json, ORIGIN } from '../../../../test/verifier/harness.ts';
import { join, offer } from '../../../../test/verifier/phone.ts';
import { toBase64url } from '../../../wire/bytes.ts';
import type { TransferAnswer } from '../../../wire/contract.ts';
import type { Gesture } from '../../../wire/photo.ts';
import type { PhotoBody, Shot } from '../evidence.ts';
import { manifestOf, rechain } from '../page/log.ts';

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
    'says of another step that it stands for a movement',
    'malformed/manifest',
    (photographer, body) =>
      relogged(
        photographer,
        body.shots.with(0, {
          ...shotAt(body, 0),
          insteadOf: photographer.challenge.gestures[0] as Gesture,
        }),
      ),
  ],
  [
    'shows the movements before the face',
    'request_mismatch/gestures',
    (photographer, body) =>
      relogged(photographer, [
        ...body.shots.filter(({ step }) => step !== 'face'),
        ...body.shots.filter(({ step }) => step === 'face'),
      ]),
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
    'says that a phone took over',
    'request_mismatch/device',
    (photographer, body) =>
      relogged(photographer, body.shots.with(1, { ...shotAt(body, 1), origin: 'handoff' })),
  ],
  [
    'calls a file a photo of the camera',
    'malformed/manifest',
    (photographer, body) =>
      relogged(photographer, body.shots.with(1, { ...shotAt(body, 1), capture: 'file' })),
  ],
  [
    'calls a photo of the camera a file',
    'malformed/manifest',
    (photographer, body) =>
      relogged(photographer, body.shots.with(1, { ...shotAt(body, 1), origin: 'file' })),
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
});

describe('a session that a phone has taken over', () => {
  const still = { ...photoProfile.methods.photo, gestures: 0 } as const;
  const profile = { ...photoProfile, methods: { photo: still } };

  const onPhone = async () => {
    const shop = photoSite(profile, { transferPages: [`${ORIGIN}/`] });
    const first = await Photographer.open(shop);
    await first.takeAll();
    const granted = await json<TransferAnswer>(await offer(first.page));
    const phone = await Photographer.on(await join(shop, granted));
    return { shop, first, phone };
  };

  it('takes photos that say so, and files that say that', async () => {
    const { shop, phone } = await onPhone();
    phone.facts = { origin: 'handoff' };
    await phone.takeAll();
    phone.facts = { origin: 'file', capture: 'file' };
    await phone.shoot({ key: 'back', step: 'back' });
    assert.equal((await phone.send()).outcome, 'pending');
    const [summary] = await shop.verifier.reviews.list();
    const { crossDevice, flags, material } = await shop.verifier.reviews.get(summary?.id ?? '');
    assert.equal(crossDevice, true);
    assert.ok(flags.includes('file'));
    assert.deepEqual(
      new Set(material.shots.map(({ origin }) => origin)),
      new Set(['handoff', 'file']),
    );
  });

  it('lets the phone send none of the first page’s pictures, and forgets them when it is sealed', async () => {
    const { shop, first, phone } = await onPhone();
    const asIfHere = first.log.map((shot): Shot => ({ ...shot, origin: 'handoff' }));
    const theirs = await rechain(asIfHere, phone.challenge.id);
    const manifest = manifestOf(first.stepper, theirs, {
      photo: phone.challenge.id,
      environment: { analysis: 'worker', interruptions: 0 },
      consent: { text: 'photo/1', lang: 'ja', at: Date.now() },
    });
    assert.equal((await phone.send(manifest)).code, 'incomplete/image');
    await phone.again();
    phone.facts = { origin: 'handoff' };
    await phone.takeAll();
    assert.equal((await phone.send()).outcome, 'pending');
    const kept = async ({ image }: Shot) =>
      shop.store.getImage(first.page.view.id, toBase64url(image.sha256));
    for (const shot of first.log) assert.equal(await kept(shot), undefined);
    for (const shot of phone.log) assert.ok(await kept(shot));
  });

  it('taken back, it takes none of the phone’s pictures for its own', async () => {
    const shop = photoSite(profile, { transferPages: [`${ORIGIN}/`] });
    const first = await Photographer.open(shop);
    const granted = await json<TransferAnswer>(await offer(first.page));
    const phone = await Photographer.on(await join(shop, granted));
    await phone.takeAll();
    await first.page.call('transfer', { method: 'DELETE' });
    await first.again();
    const manifest = manifestOf(phone.stepper, await rechain(phone.log, first.challenge.id), {
      photo: first.challenge.id,
      environment: { analysis: 'worker', interruptions: 0 },
      consent: { text: 'photo/1', lang: 'ja', at: Date.now() },
    });
    assert.equal((await first.send(manifest)).code, 'incomplete/image');
    for (const { image } of phone.log) {
      const stored = await shop.store.getImage(first.page.view.id, toBase64url(image.sha256));
      assert.equal(stored, undefined);
    }
  });

  it('takes none that claim the camera of the first page', async () => {
    const { phone } = await onPhone();
    await phone.takeAll();
    assert.equal((await phone.send()).code, 'request_mismatch/device');
  });
});
