import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Page, refused, site } from '../../test/verifier/harness.ts';
import type { ConfirmAnswer } from '../wire/contract.ts';

async function reviewed() {
  const page = await Page.open(site());
  await page.evidence(await page.present(await page.requests()));
  const { hash } = await page.review();
  const confirm = async (body: Parameters<Page['seal']>[0], changes = {}) =>
    page.sendEnvelope('confirm', await page.seal(body, changes));
  return { page, hash, confirm };
}

describe('a confirmation', () => {
  it('of the last review verifies', async () => {
    const { page } = await reviewed();
    const { outcome, status } = await page.confirm<ConfirmAnswer>();
    assert.deepEqual([outcome, status.state], ['verified', 'done']);
    const [, record] = await page.site.store.evidence(page.view.id);
    assert.deepEqual([record?.code, record?.proof], [undefined, { confirms: 0 }]);
  });

  it('of another review, or by another method, changes nothing', async () => {
    const { page, hash, confirm } = await reviewed();
    const other = { reviewHash: new Uint8Array(32) };
    await refused(await confirm(other), 422, 'request_mismatch/review');
    await refused(
      await confirm({ reviewHash: hash }, { method: 'photo' }),
      409,
      'session/conflict',
    );
    assert.equal((await page.confirm<ConfirmAnswer>()).outcome, 'verified');
  });

  it('before there is a review is refused', async () => {
    const page = await Page.open(site());
    const envelope = await page.seal({ reviewHash: new Uint8Array(32) });
    await refused(await page.sendEnvelope('confirm', envelope), 409, 'session/conflict');
  });

  it('that disputes costs an attempt, erases and says so', async () => {
    const { page } = await reviewed();
    const { outcome, status } = await page.confirm<ConfirmAnswer>(true);
    assert.equal(outcome, 'disputed');
    assert.deepEqual([status.state, status.code], ['awaiting', 'incomplete/disputed']);
    assert.deepEqual(await page.site.store.personal(page.view.id), []);
  });
});
