/** A reviewer asks for one photo again: the case goes back to who sent it, and returns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rechain } from '../../src/methods/photo/page/log.ts';
import type { SessionStatus, TransferAnswer } from '../../src/wire/contract.ts';
import type { PhotoAnswer } from '../../src/wire/photo.ts';
import { json, ORIGIN, refused, SUBJECT } from '../verifier/harness.ts';
import { join, offer } from '../verifier/phone.ts';
import {
  hashesOf,
  Photographer,
  pendingPhotos,
  photoProfile,
  photoSite,
  picture,
} from './photographer.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };
const HOUR = 3_600_000;
const reason = { ja: '番号が反射で読めません。', en: 'A reflection hides the number.' };
const asking = (image: string) => ({ reviewer: 'staff-7', image, reason });

/** What the page does that is told of it: the rest under a new challenge, and one shot more. */
async function answer(photographer: Photographer, step: 'back' | 'face'): Promise<void> {
  const { page } = photographer;
  page.status = await json<SessionStatus>(await page.call(''));
  photographer.challenge = await json<PhotoAnswer>(await page.call('photo', { method: 'POST' }));
  photographer.log = await rechain(photographer.log, photographer.challenge.id);
  await photographer.shoot({ key: step, step });
}

describe('one photo again', () => {
  it('the page is told which and why, everything else stays, and the case comes back', async () => {
    const shop = photoSite();
    const photographer = await pendingPhotos(shop);
    const { page } = photographer;
    const { id } = page.view;
    const { reviews } = shop.verifier;
    const before = await reviews.get(id);
    const back = before.material.shots.find(({ step }) => step === 'back');
    assert.ok(back);
    const gestures = photographer.challenge.gestures;
    await reviews.askAgain(id, asking(back.image.hash));

    assert.deepEqual(await reviews.list(), [], 'nothing to decide meanwhile');
    await assert.rejects(reviews.get(id), { code: 'session/conflict' });
    const { ref = '' } = page.status;
    assert.equal((await shop.verifier.redeem(ref, expectation)).status, 'pending');
    const told = await json<SessionStatus>(await page.call(''));
    assert.equal(told.state, 'awaiting');
    assert.deepEqual(told.retake, { method: 'photo', step: 'back', reason });
    assert.equal(told.expiresAt, before.decideBy);
    assert.ok(await shop.store.getImage(id, back.image.hash), 'the pictures stay');

    await answer(photographer, 'back');
    assert.deepEqual(photographer.challenge.gestures, gestures, 'the same movements');
    assert.equal((await photographer.send()).outcome, 'pending');
    const after = await reviews.get(id);
    assert.equal(after.decideBy, before.decideBy, 'the deadline it had');
    const backs = after.material.shots.filter(({ step }) => step === 'back');
    assert.deepEqual(
      backs.map(({ counts }) => counts),
      [false, true],
    );
    assert.equal(after.material.shots.length, before.material.shots.length + 1);
    assert.equal((await json<SessionStatus>(await page.call(''))).retake, undefined);
    const claims = { name: '番号 花子', birth_date: '1971-09-01' };
    const result = await reviews.decide(id, { decision: 'approve', reviewer: 'staff-7', claims });
    assert.equal(result.status, 'verified');
    const [, asked] = await shop.store.evidence(id);
    assert.deepEqual(
      [asked?.proof.decision, asked?.proof.step, asked?.proof.reviewer],
      ['ask_again', 'back', 'staff-7'],
    );
  });

  it('lasts as long as the case would have, however often it is asked', async () => {
    const shop = photoSite();
    const photographer = await pendingPhotos(shop);
    const { page, log } = photographer;
    await shop.verifier.reviews.askAgain(page.view.id, asking(hashesOf(log)[0] ?? ''));
    shop.clock.ahead = 24 * HOUR - 60_000;
    const challenge = await json<PhotoAnswer>(await page.call('photo', { method: 'POST' }));
    assert.ok(challenge.expiresAt <= challenge.now + 60_000);
    shop.clock.ahead = 24 * HOUR + 1;
    await refused(await page.call('photo', { method: 'POST' }), 410, 'session/expired');
    assert.equal(await shop.store.getImage(page.view.id, hashesOf(log)[0] ?? ''), undefined);
  });

  it('a manifest that is refused leaves the question and its deadline', async () => {
    const shop = photoSite();
    const photographer = await pendingPhotos(shop);
    const { page, log } = photographer;
    const { expiresAt } = page.status;
    await shop.verifier.reviews.askAgain(page.view.id, asking(hashesOf(log)[0] ?? ''));
    await answer(photographer, 'face');
    const { status, outcome } = await photographer.send({ ...photographer.manifest(), count: 1 });
    assert.equal(outcome, 'refused');
    assert.equal(status.expiresAt, expiresAt);
    assert.equal(status.retake?.step, 'front');
  });

  it('only the key that sent the case can answer, and the session stays where it is', async () => {
    const shop = photoSite(photoProfile, { transferPages: [`${ORIGIN}/prove`] });
    const first = await Photographer.open(shop);
    const phone = await Photographer.on(
      await join(shop, await json<TransferAnswer>(await offer(first.page))),
    );
    phone.facts = { origin: 'handoff' };
    await phone.takeAll();
    await phone.send();
    await shop.verifier.reviews.askAgain(phone.page.view.id, asking(hashesOf(phone.log)[0] ?? ''));
    const seen = await json<SessionStatus>(await first.page.call(''));
    assert.equal(seen.state, 'awaiting');
    assert.equal(seen.retake, undefined, 'the first page only follows');
    await refused(await first.put(picture()), 403, 'policy/role');
    await refused(await offer(first.page), 409, 'session/conflict');
    await refused(await first.page.call('transfer', { method: 'DELETE' }), 409, 'session/conflict');
    await answer(phone, 'face');
    assert.equal((await phone.send()).outcome, 'pending');
  });

  it('a link to a phone that was given before leads nowhere any more', async () => {
    const shop = photoSite(photoProfile, { transferPages: [`${ORIGIN}/prove`] });
    const photographer = await Photographer.open(shop);
    const granted = await json<TransferAnswer>(await offer(photographer.page));
    await photographer.takeAll();
    await photographer.send();
    const { page, log } = photographer;
    await shop.verifier.reviews.askAgain(page.view.id, asking(hashesOf(log)[0] ?? ''));
    await assert.rejects(join(shop, granted));
  });

  it('is answered by no other method', async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    await shop.verifier.reviews.askAgain(page.view.id, asking(hashesOf(log)[0] ?? ''));
    page.status = await json<SessionStatus>(await page.call(''));
    const envelope = await page.seal({ request: 'x' }, { method: 'wallet' });
    await refused(await page.sendEnvelope('evidence', envelope), 403, 'policy/method');
  });

  it('asks for a picture of the case that counts, with who and why; else nothing has changed', async () => {
    const shop = photoSite();
    const { page, log } = await pendingPhotos(shop);
    const { reviews } = shop.verifier;
    const image = hashesOf(log)[0] ?? '';
    const wrong = [
      ['incomplete/image', { ...asking('A'.repeat(43)) }],
      ['malformed/decision', { ...asking(image), reviewer: ' ' }],
      ['malformed/decision', { ...asking(image), reason: { ja: ' ' } }],
      ['malformed/decision', { reviewer: 'staff-7', reason }],
    ] as const;
    for (const [code, request] of wrong) {
      await assert.rejects(reviews.askAgain(page.view.id, request as ReturnType<typeof asking>), {
        code,
      });
    }
    assert.equal((await shop.store.get(page.view.id))?.state, 'pending');
    await reviews.askAgain(page.view.id, asking(image));
    await assert.rejects(reviews.askAgain(page.view.id, asking(image)), {
      code: 'session/conflict',
    });
  });
});
