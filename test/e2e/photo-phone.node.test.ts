/** Photos that are taken on a phone while the page that asked for them waits. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawCamera, Person, ROOT } from './photo-person.ts';
import { startPhotoSite } from './photo-site.ts';
import { linkIn } from './qr.ts';
import { setting } from './setting.ts';

const { browser, site } = await setting(startPhotoSite, {
  args: ['--use-fake-device-for-media-stream'],
});

/** Opens what the first screen shows on a phone, which has to be told the number beside it. */
async function phoneFor(first: Person): Promise<Person> {
  await first.reach('スマホで続ける');
  const link = await linkIn(first.tab);
  const number = await first.read<string>(`${ROOT}.querySelector('.match b').textContent`);
  const phone = await Person.visit(browser, link, async (tab) => {
    await tab.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
    await tab.evaluateOnNewDocument(MUCH_AROUND);
    await drawCamera(tab);
  });
  await phone.reach('はじめの画面の数字');
  await phone.until(
    `Math.abs(document.querySelector('id-verify').getBoundingClientRect().top) < 2`,
  );
  await phone.tab.locator('id-verify >>> .digits').fill(number);
  await phone.press('次へ');
  await phone.reach('本人確認を続けますか');
  await phone.press('続ける');
  await first.reach('スマホで続けています');
  return phone;
}

/** The element is in the middle of a long page, from its beginning. */
const MUCH_AROUND = `new MutationObserver((_, observer) => {
  const element = document.querySelector('id-verify');
  if (!element) return;
  observer.disconnect();
  for (const place of ['beforebegin', 'afterend']) {
    const much = document.createElement('div');
    much.style.blockSize = '200vh';
    much.textContent = 'much';
    element.insertAdjacentElement(place, much);
  }
}).observe(document, { childList: true, subtree: true })`;

describe('on a phone', () => {
  test('a page whose camera is denied: the phone takes them, the page follows to the end', async () => {
    const context = await browser.createBrowserContext();
    // Nothing granted is everything denied.
    await context.overridePermissions(site.origin, []);
    const first = await Person.open(context, `${site.origin}/camera`, async () => undefined);
    await first.begin('passport');
    await first.reach('許可');
    await first.press('スマホで撮る');
    const phone = await phoneFor(first);

    await phone.begin('passport');
    await phone.shoot('顔写真のページ', 'page');
    await phone.shoot('顔を撮ります', 'face');
    await phone.send();
    await phone.state('pending');
    await first.state('pending');

    const [summary] = await site.verifier.reviews.list();
    assert.ok(summary);
    const { crossDevice, material } = await site.verifier.reviews.get(summary.id);
    assert.equal(crossDevice, true);
    assert.deepEqual(
      material.shots.map(({ step, origin }) => [step, origin]),
      [
        ['data-page', 'handoff'],
        ['face', 'handoff'],
      ],
    );
    await site.verifier.reviews.decide(summary.id, {
      decision: 'approve',
      reviewer: 'tester',
      claims: { name: '見本 花子' },
    });
    await first.state('done');
    await phone.state('done');
    const ref = await first.read<string>(`document.querySelector('id-verify').value`);
    const expected = { subject: summary.subject, profile: 'camera' };
    const result = await site.verifier.redeem(ref, expected);
    assert.equal(result.status, 'verified');
    assert.equal(result.crossDevice, true);
    assert.deepEqual(first.complaints, []);
    assert.deepEqual(phone.complaints, []);
    await Promise.all([first.leave(), phone.leave()]);
  });

  test('taken back in the middle: the page goes on with what it had', async () => {
    const first = await Person.visit(browser, `${site.origin}/camera`);
    await first.begin('passport');
    await first.shoot('顔写真のページ', 'page');
    await first.reach('顔を撮ります');
    await first.press('スマホで撮る');
    const phone = await phoneFor(first);
    await phone.begin('passport');
    await phone.shoot('顔写真のページ', 'page');

    await first.press('この端末で続ける');
    await first.press('続きから撮影する');
    await first.shoot('顔を撮ります', 'face');
    await first.send();
    await first.state('pending');
    await phone.state('failed');
    const waiting = await site.verifier.reviews.list();
    const { material } = await site.verifier.reviews.get(waiting.at(-1)?.id ?? '');
    assert.deepEqual(new Set(material.shots.map(({ origin }) => origin)), new Set(['camera']));
    await Promise.all([first.leave(), phone.leave()]);
  });
});
