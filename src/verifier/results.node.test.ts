import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page, SUBJECT, site } from '../../test/verifier/harness.ts';
import type { ConfirmAnswer } from '../wire/contract.ts';

test('a value is redeemed until it is to be erased, and not a moment longer, swept or not', async () => {
  const shop = site();
  const page = await Page.open(shop);
  await page.evidence(await page.present(await page.requests()));
  const { status } = await page.confirm<ConfirmAnswer>();
  const [record] = await shop.store.personal(page.view.id);
  assert.ok(record);
  const redeemed = async (at: number) => {
    shop.clock.ahead = at - Date.now();
    const result = await shop.verifier.redeem(status.ref ?? '', {
      subject: SUBJECT,
      profile: 'identity',
      acceptTest: true,
    });
    return Object.keys(result.claims);
  };
  const erased = record.name.slice('claim/'.length);
  assert.ok((await redeemed(record.eraseAt - 60_000)).includes(erased));
  assert.ok(!(await redeemed(record.eraseAt + 1)).includes(erased));
  // The record is still there: nobody has swept.
  assert.ok((await shop.store.personal(page.view.id)).some(({ name }) => name === record.name));
});
