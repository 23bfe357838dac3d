import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addressOf,
  hashesOf,
  Photographer,
  pendingPhotos,
  photoProfile,
  photoSite,
  picture,
} from '../../test/photo/photographer.ts';
import { json, ORIGIN, type Page, refused, SUBJECT } from '../../test/verifier/harness.ts';
import { join, offer } from '../../test/verifier/phone.ts';
import type { SessionStatus, TransferAnswer } from '../wire/contract.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

const HOUR = 3_600_000;

const typed = { name: '番号 花子', birth_date: '1971-09-01' };

const approval = { decision: 'approve', reviewer: 'staff-7', claims: typed } as const;

const refusal = {
  decision: 'refuse',
  reviewer: 'staff-7',
  reason: { ja: '裏面の文字が読めませんでした。', en: 'The back could not be read.' },
} as const;

/** What the page hears from now until the session is over. */
async function following(page: Page): Promise<() => Promise<SessionStatus[]>> {
  const text = (await page.call('events')).text();
  return async () =>
    [...(await text).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

describe('a decision on photos', () => {
  it('approved: the page hears at once, the site redeems what the reviewer typed (neg-78)', async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    const { ref = '' } = await json<SessionStatus>(await page.call(''));
    const before = await shop.verifier.redeem(ref, expectation);
    assert.equal(before.status, 'pending');
    assert.equal(before.assurance, undefined);
    assert.deepEqual(before.claims, {});

    const [summary, ...more] = await shop.verifier.reviews.list();
    assert.ok(summary);
    assert.deepEqual(more, []);
    assert.equal(summary.id, page.view.id);
    assert.equal(summary.subject, SUBJECT);
    const found = await shop.verifier.reviews.get(summary.id);
    assert.deepEqual(
      found.claims.map(({ claim, optional }) => [claim, optional]),
      [
        ['name', false],
        ['birth_date', false],
        ['age_over_20', false],
        ['address', true],
      ],
    );
    assert.equal(found.material.document, 'driving-licence');
    assert.deepEqual(
      found.material.shots.map(({ gesture, step }) => gesture ?? step),
      log.map(({ gesture, step }) => gesture ?? step),
    );
    for (const { image } of found.material.shots) {
      const { bytes, hash } = await shop.verifier.reviews.image(summary.id, image.hash);
      assert.equal(await addressOf(new Uint8Array(bytes)), hash);
    }

    const heard = await following(page);
    const decided = await shop.verifier.reviews.decide(summary.id, approval);
    assert.equal(decided.status, 'verified');
    assert.deepEqual(
      (await heard()).map(({ state }) => state),
      ['pending', 'done'],
    );
    const result = await shop.verifier.redeem(ref, expectation);
    assert.deepEqual(result, decided);
    assert.deepEqual(result.claims, { ...typed, age_over_20: true });
    assert.equal(result.method, 'photo');
    assert.equal(result.assurance, 'ial1', 'never above the rung, whatever else the profile has');
    assert.ok(result.checks.some(({ id }) => id === 'review.decision'));
    assert.deepEqual(await shop.verifier.reviews.list(), []);

    const [evidence, decision] = await shop.store.evidence(page.view.id);
    assert.ok(evidence?.envelope && decision);
    assert.equal(decision.seq, 1);
    const { reviewer, decision: word, decides, at } = decision.proof;
    assert.deepEqual([reviewer, word, decides], ['staff-7', 'approve', 0]);
    assert.equal(at, decision.receivedAt);
    assert.doesNotMatch(JSON.stringify([evidence.proof, decision.proof]), /花子|1971-09/);
    for (const { image } of found.material.shots) {
      assert.equal(await shop.store.getImage(page.view.id, image.hash), undefined, 'erased');
    }
    assert.doesNotMatch(JSON.stringify(shop.log), /花子|staff-7/);
  });

  it('refused: the person reads why, and everything is erased', async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    const { ref = '' } = page.status;
    const heard = await following(page);
    const decided = await shop.verifier.reviews.decide(page.view.id, refusal);
    assert.equal(decided.status, 'refused');
    const last = (await heard()).at(-1);
    assert.equal(last?.state, 'failed');
    assert.equal(last?.code, 'policy/review');
    assert.deepEqual(last?.reason, refusal.reason);
    const later = await json<SessionStatus>(await page.call(''));
    assert.deepEqual(later.reason, refusal.reason, 'on return as well');
    const result = await shop.verifier.redeem(ref, expectation);
    assert.equal(result.status, 'refused');
    assert.deepEqual(result.reason, refusal.reason);
    assert.deepEqual(result.claims, {});
    assert.deepEqual(await shop.store.personal(page.view.id), []);
    for (const hash of hashesOf(log)) {
      assert.equal(await shop.store.getImage(page.view.id, hash), undefined);
    }
  });

  it('may take as long as the caller has patience to list them', async () => {
    const shop = photoSite();
    await pendingPhotos(shop);
    await assert.rejects(shop.verifier.reviews.list({ signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  it('is decided once, whoever comes second', async () => {
    const shop = photoSite();
    const { page } = await pendingPhotos(shop);
    const { reviews } = shop.verifier;
    const both = await Promise.allSettled([
      reviews.decide(page.view.id, approval),
      reviews.decide(page.view.id, refusal),
    ]);
    const lost = both.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    assert.deepEqual(lost, ['session/ended']);
    await assert.rejects(reviews.get(page.view.id), { code: 'session/ended' });
    await assert.rejects(reviews.decide('A'.repeat(22), refusal), { code: 'session/unknown' });
  });

  it('is not decided by what is not a decision, and then nothing has changed', async () => {
    const shop = photoSite();
    const { page } = await pendingPhotos(shop);
    const decide = (decision: object) =>
      shop.verifier.reviews.decide(page.view.id, decision as typeof approval);
    const wrong = [
      ['malformed/decision', { ...approval, reviewer: ' ' }],
      ['malformed/decision', { ...refusal, reason: { en: 'no Japanese' } }],
      ['malformed/decision', { ...refusal, reason: { ja: '　\n ' } }],
      ['malformed/decision', { ...refusal, reason: { ...refusal.reason, en: ' ' } }],
      ['malformed/decision', { ...approval, decision: 'maybe' }],
      ['malformed/claim', { ...approval, claims: { ...typed, birth_date: '1971-02-30' } }],
      ['malformed/claim', { ...approval, claims: { ...typed, birth_date: '1090-09-01' } }],
      ['malformed/claim', { ...approval, claims: { ...typed, birth_date: '2090-09-01' } }],
      ['malformed/claim', { ...approval, claims: { ...typed, individual_number: '1234' } }],
      ['malformed/claim', { ...approval, claims: { ...typed, name: '　' } }],
      ['request_mismatch/missing_claim', { ...approval, claims: { name: '番号 花子' } }],
    ] as const;
    for (const [code, decision] of wrong) await assert.rejects(decide(decision), { code });
    assert.equal((await shop.store.get(page.view.id))?.state, 'pending');
    assert.equal((await decide(approval)).status, 'verified');
  });

  it('compares what was typed with the account', async () => {
    const profile = { ...photoProfile, onMismatch: 'refuse' } as const;
    const accounts = async () => ({ name: '番号 花子', birth_date: '1980-01-01' });
    const shop = photoSite(profile, { accounts });
    const { page } = await pendingPhotos(shop);
    const decide = (birth_date: string) =>
      shop.verifier.reviews.decide(page.view.id, { ...approval, claims: { ...typed, birth_date } });
    await assert.rejects(decide('1971-09-01'), { code: 'policy/mismatch_birth_date' });
    const result = await decide('1980-01-01');
    assert.equal(result.checks.find(({ id }) => id === 'account.name')?.outcome, 'passed');
  });

  it('undecided: expires at its time and is erased, by sweep or at a look', async () => {
    for (const sweeps of [true, false]) {
      const shop = photoSite();
      const { page, log } = await pendingPhotos(shop);
      const { ref = '' } = page.status;
      const hash = hashesOf(log)[0] ?? '';
      shop.clock.ahead = 24 * HOUR - 60_000;
      await shop.verifier.sweep();
      assert.equal((await shop.verifier.redeem(ref, expectation)).status, 'pending');
      assert.ok(await shop.store.getImage(page.view.id, hash));
      shop.clock.ahead = 24 * HOUR + 1;
      if (sweeps) await shop.verifier.sweep();
      else await assert.rejects(shop.verifier.reviews.get(page.view.id));
      assert.equal((await shop.verifier.redeem(ref, expectation)).status, 'expired');
      assert.equal(await shop.store.getImage(page.view.id, hash), undefined);
      assert.deepEqual(await shop.verifier.reviews.list(), []);
      await assert.rejects(shop.verifier.reviews.decide(page.view.id, approval), {
        code: 'session/expired',
      });
    }
  });

  it('left by the person while it waits: erased, and gone from the list', async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    assert.equal((await page.call('', { method: 'DELETE' })).status, 204);
    const hash = hashesOf(log)[0] ?? '';
    assert.equal(await shop.store.getImage(page.view.id, hash), undefined);
    assert.deepEqual(await shop.verifier.reviews.list(), []);
  });

  it('keeps the pictures of an approval only as long as the profile says', async () => {
    const shop = photoSite({ ...photoProfile, retainDocumentDays: 2 });
    const { page, log } = await pendingPhotos(shop);
    await shop.verifier.reviews.decide(page.view.id, approval);
    const hash = hashesOf(log)[0] ?? '';
    shop.clock.ahead = 47 * HOUR;
    await shop.verifier.sweep();
    assert.ok(await shop.store.getImage(page.view.id, hash));
    shop.clock.ahead = 49 * HOUR;
    await shop.verifier.sweep();
    assert.equal(await shop.store.getImage(page.view.id, hash), undefined);
  });

  it('goes on on a phone, which begins anew; the first page follows to the decision', async () => {
    const shop = photoSite(photoProfile, { transferPages: [`${ORIGIN}/prove`] });
    const first = await Photographer.open(shop);
    const [station] = first.challenge.documents[0]?.steps ?? [];
    assert.ok(station);
    await first.shoot({ key: station, step: station });
    const phone = await Photographer.on(
      await join(shop, await json<TransferAnswer>(await offer(first.page))),
    );
    await refused(await first.put(picture()), 403, 'policy/role');
    phone.facts = { origin: 'handoff' };
    await phone.takeAll();
    const answer = await phone.send();
    assert.equal(answer.outcome, 'pending', JSON.stringify(answer.checks));
    const { id } = first.page.view;
    const [left = ''] = hashesOf(first.log);
    assert.equal(await shop.store.getImage(id, left), undefined, 'what the first page took');
    assert.equal((await shop.verifier.reviews.get(id)).crossDevice, true);
    const heard = await following(first.page);
    await shop.verifier.reviews.decide(id, approval);
    const { ref = '', state } = (await heard()).at(-1) ?? {};
    assert.equal(state, 'done');
    const result = await shop.verifier.redeem(ref, expectation);
    assert.equal(result.crossDevice, true);
    assert.equal((await json<SessionStatus>(await phone.page.call(''))).ref, undefined);
  });

  it('gives the site nothing through the page: a status has no data of the person', async () => {
    const shop = photoSite();
    const { page } = await pendingPhotos(shop);
    await shop.verifier.reviews.decide(page.view.id, approval);
    assert.doesNotMatch(await (await page.call('')).text(), /花子|1971|staff/);
    await refused(await page.call('review'), 410, 'session/ended');
  });
});
