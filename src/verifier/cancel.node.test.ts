import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, Page, refused, SUBJECT, site } from '../../test/verifier/harness.ts';
import type { ConfirmAnswer, SessionStatus } from '../wire/contract.ts';

const MINUTE = 60_000;

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

/** A page whose evidence was accepted and waits for confirmation. */
async function inReview(shop = site()): Promise<Page> {
  const page = await Page.open(shop);
  await page.evidence(await page.present(await page.requests()));
  return page;
}

describe('the end', () => {
  it('comes by cancelling, once, and everything is erased', async () => {
    const shop = site();
    const page = await inReview(shop);
    const remove = () => page.call('', { method: 'DELETE' });
    assert.equal((await remove()).status, 204);
    assert.equal((await remove()).status, 204, 'safe to repeat');
    const status = await json<SessionStatus>(await page.call(''));
    assert.equal(status.state, 'cancelled');
    assert.equal(status.ref, undefined);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
    await refused(await page.call('wallet', { method: 'POST' }), 410, 'session/ended');
  });

  it('does not come twice: what is verified cannot be cancelled by the page', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { status } = await page.confirm<ConfirmAnswer>();
    await refused(await page.call('', { method: 'DELETE' }), 410, 'session/ended');
    assert.equal((await shop.verifier.redeem(status.ref ?? '', expectation)).status, 'verified');
    await shop.verifier.erase(page.view.id);
    await assert.rejects(shop.verifier.redeem(status.ref ?? '', expectation), {
      code: 'session/unknown',
    });
  });

  it('forgets each value at its time, and the proof after it', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { ref = '' } = (await page.confirm<ConfirmAnswer>()).status;
    const claims = async () => Object.keys((await shop.verifier.redeem(ref, expectation)).claims);
    assert.deepEqual(await claims(), ['name', 'address', 'birth_date', 'portrait']);
    shop.clock.ahead = 61 * MINUTE;
    await shop.verifier.sweep();
    assert.deepEqual(await claims(), ['name', 'address'], 'the rest is not kept');
    shop.clock.ahead = 31 * 24 * 60 * MINUTE;
    assert.deepEqual(await shop.verifier.sweep(), { expired: 0, erased: 1 });
    assert.equal(await shop.store.get(page.view.id), undefined);
  });
});
