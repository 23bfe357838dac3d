import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Photographer,
  pendingPhotos,
  photoProfile,
  photoSite,
  picture,
  receiptKey,
} from './photographer.ts';

describe('a picture that was used before', () => {
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

  it('is the same picture in another file: another profile, restart markers, other tables, however it was made', async () => {
    const shop = photoSite();
    const shared = picture();
    const front = { key: 'front', step: 'front' } as const;
    const first = await Photographer.open(shop);
    await first.takeAll();
    await first.shoot(front, shared);
    assert.equal((await first.send()).outcome, 'pending');
    const start = shared.subarray(0, 2);
    const colour = [0xff, 0xe2, 0, 15, ...new TextEncoder().encode('ICC_PROFILE\0'), 1];
    for (const [name, added] of Object.entries({
      'a colour profile': colour,
      'a restart interval never reached': [0xff, 0xdd, 0, 4, 0xff, 0xff],
    })) {
      const file = new Uint8Array([...start, ...added, ...shared.subarray(2)]);
      const again = await Photographer.open(shop);
      await again.takeAll();
      await again.shoot(front, file);
      assert.equal((await again.send()).code, 'policy/reused', name);
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
