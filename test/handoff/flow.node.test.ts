import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConfirmAnswer, ReviewAnswer, SessionStatus } from '../../src/wire/contract.ts';
import { sha256 } from '../../src/wire/sha256.ts';
import { json, Page, SUBJECT } from '../verifier/harness.ts';
import { handoffOptions, PhoneBrowser } from './phone.ts';
import { evidenceOf, handoffOf, handoffSite, send, start, statusOf } from './site.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

describe('a handoff, from the first screen to the redeemed result', () => {
  for (const rung of ['jpki', 'jpki-mobile', 'ic-chip'] as const) {
    it(`${rung}: link, code, app, evidence, review, confirmation`, async () => {
      const shop = handoffSite();
      const page = await Page.open(shop);
      const offers = page.view.methods.map(({ method }) => method);
      assert.deepEqual(offers, ['jpki', 'jpki-mobile', 'ic-chip', 'wallet']);
      const started = await start(page, rung);
      assert.equal((await handoffOf(page)).phase, 'waiting');
      assert.match(started.statement.ja ?? '', /テスト商店/);
      assert.match(started.statement.ja ?? '', new RegExp(`確認コード: ${started.code}`));

      const phone = new PhoneBrowser(shop.verifier);
      const asked = await phone.open(started.links.qr);
      assert.equal((await handoffOf(page)).phase, 'scanned');
      assert.match(asked.text, /Test shop/);
      assert.match(asked.text, /To know you/);
      assert.equal(asked.text.match(/name="code"/g)?.length, 3);
      await phone.press({ code: started.code });
      assert.equal((await handoffOf(page)).phase, 'in_app');
      const signing = await phone.follow();
      assert.match(signing.text, /テスト商店/);
      await phone.press({ action: 'sign', pin: 'ＴＥＳＴ１２３４' });
      const back = await phone.follow();
      assert.match(back.text, /Reading is finished/);

      const answer = await send(page, await evidenceOf(page), rung);
      assert.equal(answer.outcome, 'review', JSON.stringify(answer));
      const ids = answer.checks.map(({ id, outcome }) => `${id} ${outcome}`);
      assert.ok(ids.includes('handoff.operator passed'), ids.join());
      assert.equal(ids.includes('jpki.signature passed'), rung !== 'ic-chip');
      assert.equal(ids.includes('jpki.revocation passed'), rung !== 'ic-chip');

      const review = await page.call('review');
      const shown: ReviewAnswer = JSON.parse(await review.clone().text());
      assert.deepEqual(
        shown.items.map(({ claim }) => claim),
        ['name', 'address', 'birth_date'],
      );
      const reviewHash = await sha256(new Uint8Array(await review.arrayBuffer()));
      const confirmed = await json<ConfirmAnswer>(
        await page.sendEnvelope('confirm', await page.seal({ reviewHash }, { method: rung })),
      );
      assert.equal(confirmed.outcome, 'verified');
      const result = await shop.verifier.redeem(confirmed.status.ref ?? '', expectation);
      assert.equal(result.method, rung);
      assert.equal(result.crossDevice, true);
      assert.equal(result.environment, 'test');
      assert.equal(result.claims.birth_date, '1971-09-01');
      assert.match(result.claims.name ?? '', /^番号\s花子$/u);

      const [record] = await shop.store.evidence(page.view.id);
      const proof = JSON.stringify(record?.proof);
      assert.doesNotMatch(proof, /番号|花子|1971-09/u, 'the proof is not about the person');
      assert.match(proof, /"statement":"ey/);
      assert.equal(proof.includes('certificateDigest'), rung !== 'ic-chip');
      const kept = await shop.store.personal(page.view.id);
      assert.deepEqual(kept.map(({ name }) => name).sort(), [
        'claim/address',
        'claim/birth_date',
        'claim/name',
      ]);
    });
  }

  it('renews: a new code, and what nobody has opened gives way', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const first = await start(page);
    const second = await start(page);
    assert.notEqual(first.id, second.id);
    const phone = new PhoneBrowser(shop.verifier);
    const gone = await phone.open(first.links.qr);
    assert.equal(gone.status, 410);
    assert.match(gone.text, /no longer works/);
    await phone.complete(second.links.here, second.code);
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
  });

  it('renews while a phone is at it: the phone goes on, nothing is lost', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const first = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(first.links.qr, first.code);
    const second = await start(page);
    assert.equal((await handoffOf(page)).id, second.id);
    await phone.press({ action: 'sign', pin: 'TEST1234' });
    await phone.follow();
    assert.equal((await handoffOf(page)).id, first.id);
    assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
  });

  it('tells what time it ran out, and tells it again the same', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links } = await start(page);
    shop.clock.ahead += 5 * 60_000;
    for (let asked = 0; asked < 3; asked++) {
      const { phase, code } = await handoffOf(page);
      assert.deepEqual([phase, code], ['expired', 'incomplete/timed_out']);
    }
    const phone = new PhoneBrowser(shop.verifier);
    assert.equal((await phone.open(links.qr)).status, 410);
    assert.equal((await statusOf(page)).state, 'awaiting', 'another way is still open');
  });

  it('a stream tells by itself when the time is over, as news', async () => {
    const shop = handoffSite({ handoff: handoffOptions({ lifetime: 300 }) });
    const page = await Page.open(shop);
    await start(page);
    const leave = new AbortController();
    const stream = await page.call('events', { signal: leave.signal });
    let before = 0;
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const { version, handoff }: SessionStatus = JSON.parse(/data: (.*)/.exec(chunk)?.[1] ?? '{}');
      if (handoff?.phase === 'waiting') before = version;
      if (handoff?.phase !== 'expired' || version === before) continue;
      assert.ok(version > before);
      assert.equal(handoff.code, 'incomplete/timed_out');
      break;
    }
    leave.abort();
  });
});

describe('what goes wrong on the phone is told on the first screen', () => {
  const ends = {
    declined: ['declined', 'incomplete/declined'],
    pin_locked: ['failed', 'unavailable/pin_locked'],
    certificate_expired: ['failed', 'validity/certificate_expired'],
    certificate_revoked: ['failed', 'revoked/certificate'],
    card_unreadable: ['failed', 'unavailable/card_unreadable'],
    app_missing: ['failed', 'unavailable/app_missing'],
    timed_out: ['expired', 'incomplete/timed_out'],
  } as const;
  for (const [outcome, expected] of Object.entries(ends)) {
    it(`${outcome}: ${expected[1]}, and another handoff succeeds`, async () => {
      const shop = handoffSite();
      const page = await Page.open(shop);
      const { links, code } = await start(page);
      const phone = new PhoneBrowser(shop.verifier);
      await phone.toApp(links.qr, code);
      await phone.press({ action: 'play', outcome });
      await phone.follow();
      const { phase, code: reason } = await handoffOf(page);
      assert.deepEqual([phase, reason], expected);
      const again = await start(page);
      await phone.complete(again.links.qr, again.code);
      assert.equal((await send(page, await evidenceOf(page))).outcome, 'review');
    });
  }

  it('five wrong passwords lock the card; what cannot be one uses up no try', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(links.qr, code);
    await phone.press({ action: 'sign', pin: 'abc' });
    assert.match(phone.screen.text, /No try was used up/);
    for (const left of [4, 3, 2, 1]) {
      await phone.press({ action: 'sign', pin: 'WRONG99' });
      assert.match(phone.screen.text, new RegExp(`${left} more wrong`));
    }
    await phone.press({ action: 'sign', pin: 'WRONG99' });
    await phone.follow();
    assert.equal((await handoffOf(page)).code, 'unavailable/pin_locked');
  });

  it('the person declines before the app', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.open(links.qr);
    assert.match((await phone.press({ action: 'decline' })).text, /You stopped/);
    assert.equal((await handoffOf(page)).phase, 'declined');
  });

  it('the person declines after the right code was chosen: the operator is told, and forgets it', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(links.qr, code);
    const app = phone.screen.url;
    await phone.open(links.qr);
    await phone.press({ action: 'decline' });
    assert.equal((await handoffOf(page)).phase, 'declined');
    assert.equal((await phone.open(app)).status, 404);
  });

  it('a session that is cancelled withdraws what an operator was told', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    const app = await phone.toApp(links.qr, code);
    await page.call('', { method: 'DELETE' });
    assert.equal((await phone.open(app.url)).status, 404);
  });

  it('states are skipped when the phone is quick', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links, code } = await start(page);
    const phone = new PhoneBrowser(shop.verifier);
    await phone.toApp(links.qr, code);
    await phone.press({ action: 'play', outcome: 'skip_states' });
    assert.equal((await handoffOf(page)).phase, 'completing');
  });

  for (const [outcome, code] of [
    ['overlooks_expired', 'validity/certificate_expired'],
    ['overlooks_revoked', 'revoked/certificate'],
  ] as const) {
    it(`${outcome}: the server refuses with ${code}`, async () => {
      const shop = handoffSite();
      const page = await Page.open(shop);
      const started = await start(page);
      const phone = new PhoneBrowser(shop.verifier);
      await phone.toApp(started.links.qr, started.code);
      await phone.press({ action: 'play', outcome });
      await phone.follow();
      const answer = await send(page, await evidenceOf(page));
      assert.deepEqual([answer.outcome, answer.code], ['refused', code]);
      assert.equal(answer.status.state, 'awaiting');
      assert.deepEqual(await shop.store.personal(page.view.id), []);
    });
  }
});
