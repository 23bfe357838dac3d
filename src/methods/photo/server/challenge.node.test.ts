import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashesOf, Photographer, photoSite } from '../../../../test/photo/photographer.ts';
import { json, refused } from '../../../../test/verifier/harness.ts';
import type { PhotoAnswer } from '../../../wire/photo.ts';
import { rechain } from '../page/log.ts';

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
