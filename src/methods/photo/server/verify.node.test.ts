import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  hashesOf,
  Photographer,
  photoProfile,
  photoSite,
  receiptKey,
} from '../../../../test/photo/photographer.ts';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { identity } from '../../../../test/verifier/harness.ts';
import type { Profile } from '../../profile.ts';
import { photoVerifier } from './verify.ts';

const verifier = photoVerifier(deploymentOf({ shop: photoProfile }), { receiptKey });
const { photo } = photoProfile.methods;

it('photos are offered as the profile takes them', () => {
  const offer = (settings: object) => {
    const methods = { photo: { ...photo, ...settings } } as Profile['methods'];
    const made = verifier.offer('photo', { ...photoProfile, methods });
    return made?.method === 'photo' && [made.gestures, made.files];
  };
  assert.deepEqual(offer({}), [true, true]);
  assert.deepEqual(offer({ gestures: 0 }), [false, true]);
  assert.deepEqual(offer({ files: undefined }), [true, false]);
  assert.equal(verifier.offer('photo', identity), undefined);
});

/** What becomes of a whole set of pictures, or of one that says another number. */
async function sent(shop: ReturnType<typeof photoSite>, count?: number) {
  const photographer = await Photographer.open(shop);
  await photographer.takeAll();
  const body = photographer.manifest();
  return photographer.send(count === undefined ? body : { ...body, count });
}

it('a set that is complete waits for a reviewer; no page can say that a camera took it', async () => {
  const { outcome, checks } = await sent(photoSite());
  assert.equal(outcome, 'pending');
  assert.deepEqual(checks.at(-1), { id: 'photo.camera', outcome: 'undetermined' });
  assert.equal(
    checks.slice(0, -1).every((check) => check.outcome === 'passed'),
    true,
  );
});

it('the first rule that fails refuses it', async () => {
  const { outcome, checks } = await sent(photoSite(), 99);
  assert.equal(outcome, 'refused');
  assert.equal(checks.length, 1);
});

it('its pictures are remembered only where the operator says so', async () => {
  const remembered = async (rememberImagesDays: number) => {
    const shop = photoSite(photoProfile, { photo: { receiptKey, rememberImagesDays } });
    const photographer = await Photographer.open(shop);
    await photographer.takeAll();
    const { id } = photographer.page.view;
    const [hash = ''] = hashesOf(photographer.log);
    const image = await shop.store.getImage(id, hash);
    await photographer.send(photographer.manifest());
    return (await shop.store.imageUse(image?.print ?? '')) === id;
  };
  assert.equal(await remembered(1), true);
  assert.equal(await remembered(0), false);
});
