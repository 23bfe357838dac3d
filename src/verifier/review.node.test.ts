import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, Page, refused, site } from '../../test/verifier/harness.ts';
import type { ConfirmAnswer, ReviewAnswer, SessionStatus } from '../wire/contract.ts';

const MINUTE = 60_000;

/** A page whose evidence was accepted and waits for confirmation. */
async function inReview(shop = site()): Promise<Page> {
  const page = await Page.open(shop);
  await page.evidence(await page.present(await page.requests()));
  return page;
}

describe('the review', () => {
  it('exists only in state review, for the key that sent the evidence', async () => {
    const shop = site();
    const page = await Page.open(shop);
    await refused(await page.call('review'), 409, 'session/conflict');
    await page.evidence(await page.present(await page.requests()));
    const response = await page.call('review');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.status, 200);
    await page.confirm();
    await refused(await page.call('review'), 410, 'session/ended');
    const kept = await shop.store.personal(page.view.id);
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['claim/name', 'claim/address', 'claim/birth_date', 'claim/portrait'],
    );
  });

  it('answers the same bytes until it hides, then new ones that must be confirmed instead', async () => {
    const shop = site();
    const page = await inReview(shop);
    const first = await page.review();
    assert.equal((await page.review()).text, first.text);
    shop.clock.ahead = 5 * MINUTE + 1;
    const second = await page.review();
    const shown: ReviewAnswer = JSON.parse(second.text);
    assert.ok(shown.hideAt > JSON.parse(first.text).hideAt);
    const stale = await page.seal({ reviewHash: first.hash });
    await refused(await page.sendEnvelope('confirm', stale), 422, 'request_mismatch/review');
    const { outcome } = await page.confirm<ConfirmAnswer>();
    assert.equal(outcome, 'verified');
  });

  it('disputed: erases what was read, records a refusal, and another attempt is free', async () => {
    const shop = site();
    const page = await inReview(shop);
    const answer = await page.confirm<ConfirmAnswer>(true);
    assert.equal(answer.outcome, 'disputed');
    assert.equal(answer.code, 'incomplete/disputed');
    assert.equal(answer.status.state, 'awaiting');
    assert.equal(answer.status.attemptsLeft, 4);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
    const evidence = await shop.store.evidence(page.view.id);
    assert.equal(evidence.at(-1)?.code, 'incomplete/disputed');
    await page.evidence(await page.present(await page.requests()));
    assert.equal((await page.confirm<ConfirmAnswer>()).outcome, 'verified');
  });

  it('unconfirmed at expiry: erased, never verified', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { hash } = await page.review();
    const confirmation = await page.seal({ reviewHash: hash });
    shop.clock.ahead = 20 * MINUTE;
    await refused(await page.sendEnvelope('confirm', confirmation), 410, 'session/expired');
    assert.equal((await json<SessionStatus>(await page.call(''))).state, 'expired');
    assert.deepEqual(await shop.store.personal(page.view.id), []);
  });
});
