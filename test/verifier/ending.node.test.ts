import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConfirmAnswer, ReviewAnswer, SessionStatus } from '../../src/wire/contract.ts';
import { json, Page, refused, SUBJECT, site } from './harness.ts';

const MINUTE = 60_000;
const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

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

describe('following', () => {
  it('tells each status as it comes and ends with the session', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const stream = await page.call('events');
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');
    const text = stream.text();
    await page.evidence(await page.present(await page.requests()));
    await page.confirm();
    const states = [...(await text).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => {
      const status: SessionStatus = JSON.parse(data);
      return status.ref ? `${status.state} with ref` : status.state;
    });
    assert.equal(states[0], 'awaiting');
    assert.ok(states.includes('review'));
    assert.equal(states.at(-1), 'done with ref');
    assert.doesNotMatch(await text, /番号|花子/);
  });

  it('ends when the session expires, though nobody sweeps', async () => {
    const shop = site();
    const page = await Page.open(shop);
    shop.clock.ahead = 15 * MINUTE - 50;
    const text = await (await page.call('events')).text();
    assert.match(text, /"state":"expired"/);
  });

  it('ends when the page leaves or the verifier closes', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const [leaving, staying] = [await page.call('events'), await page.call('events')];
    await leaving.body?.cancel();
    const text = staying.text();
    shop.verifier.close();
    assert.match(await text, /"state":"awaiting"/);
    await refused(await page.call(''), 503, 'unavailable/closing');
  });
});
