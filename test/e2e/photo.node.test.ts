/** The photo rung in Chromium against the real verifier: the whole way, and what interrupts it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Person, ROOT } from './photo-person.ts';
import { startPhotoSite } from './photo-site.ts';
import { setting } from './setting.ts';
import { eventually } from './visit.ts';

const { browser, site } = await setting(startPhotoSite);

test('a licence, from the first photo to the reviewer’s word, under a strict policy', async () => {
  const person = await Person.visit(browser, `${site.origin}/movements`);
  await person.reach('に送る情報');
  assert.match(await person.words(), /顔の動き/);
  await person.begin();
  await person.use();
  await person.reach('厚み');
  await person.see('slanted');
  await person.use();
  await person.reach('うら面');
  await person.see('card');
  await person.use();
  await person.shoot('顔を撮ります', 'face');
  await person.press('撮影する');
  await person.use();
  await person.send();
  await person.state('pending');
  assert.deepEqual(person.complaints, []);

  const [summary] = await site.verifier.reviews.list();
  assert.ok(summary);
  const { material } = await site.verifier.reviews.get(summary.id);
  assert.deepEqual(
    material.shots.map(({ step }) => step),
    ['front', 'thickness', 'back', 'face', 'gesture'],
  );
  await site.verifier.reviews.decide(summary.id, {
    decision: 'refuse',
    reviewer: 'tester',
    reason: { ja: '住所の文字が読めません。' },
  });
  await person.state('failed');
  await person.says('住所の文字が読めません。');
  await person.leave();
});

test('one photo again: the person is told which and why, and the case comes back', async () => {
  const person = await Person.visit(browser, `${site.origin}/camera`);
  await person.see('page');
  await person.begin('passport');
  await person.reach('顔写真のページ');
  await person.use();
  await person.shoot('顔を撮ります', 'face');
  await person.send();
  await person.state('pending');
  const { reviews } = site.verifier;
  const [summary] = await reviews.list();
  assert.ok(summary);
  const [page] = (await reviews.get(summary.id)).material.shots;
  assert.ok(page);
  const reason = { ja: '番号が反射で読めません。' };
  await reviews.askAgain(summary.id, { reviewer: 'tester', image: page.image.hash, reason });
  await person.reach('撮り直してください');
  await person.says(reason.ja);
  await person.tab.reload();
  await person.reach('撮り直してください');
  await person.see('page');
  await person.press('撮り直す');
  await person.reach('この写真でよいですか');
  await person.use();
  await person.send();
  await person.state('pending');
  const { material, decideBy } = await reviews.get(summary.id);
  assert.deepEqual(
    material.shots.map(({ step, counts }) => [step, counts]),
    [
      ['data-page', false],
      ['face', true],
      ['data-page', true],
    ],
  );
  assert.equal(decideBy, summary.decideBy);
  assert.deepEqual(person.complaints, []);
  await person.leave();
});

test('by keyboard alone, in English, focus following each screen', async () => {
  const person = await Person.visit(browser, `${site.origin}/camera`);
  await person.tab.setViewport({ width: 360, height: 740 });
  await person.read(`document.body.style.paddingBlock = '100vh'`);
  await person.read(`document.querySelector('id-verify').lang = 'en'`);
  await person.pressByKey('Start taking photos');
  await person.reach('Which document');
  assert.equal(await person.focused(), 'Which document do you have?');
  const chosen = `${ROOT}.activeElement?.value`;
  for (let tabs = 0; tabs < 10 && !(await person.read(chosen)); tabs++) {
    await person.tab.keyboard.press('Tab');
  }
  while ((await person.read(chosen)) !== 'passport') await person.tab.keyboard.press('ArrowDown');
  await person.pressByKey('Open the camera');
  await person.reach('page with the portrait');
  await person.see('empty');
  await person.until(inView('.camera'));
  for (const [width, height] of [
    [740, 360],
    [360, 740],
  ] as const) {
    await person.tab.setViewport({ width, height });
    await person.until(inView('.sight'));
  }
  await person.pressByKey('Back');
  await person.reach('Which document');
  await person.pressByKey('Go on');
  await person.reach('page with the portrait');
  assert.match(await person.focused(), /page with the portrait/);
  await person.until(inView('h2', '.camera, .picture', '.primary'));
  await person.see('page');
  await person.reach('Is this photo good?');
  assert.equal(await person.focused(), 'Is this photo good?');
  await person.until(inView('h2', '.camera, .picture', '.primary'));
  await person.pressByKey('Use this photo');
  await person.reach('your face');
  await person.see('face');
  await person.pressByKey('Take the photo');
  await person.pressByKey('Use this photo', 'Use it as it is');
  await person.reach('Send your photos');
  assert.equal(await person.focused(), 'Send your photos');
  await person.pressByKey('Send these');
  await person.state('pending');
  await person.leave();
});

describe('interrupted', () => {
  test('by a reload: what the server has is not taken again', async () => {
    const person = await Person.visit(browser, `${site.origin}/camera`);
    await person.reach('に送る情報');
    assert.doesNotMatch(await person.words(), /顔の動き/, 'no movement is asked here');
    await person.begin('passport');
    await person.shoot('顔写真のページ', 'page');
    await person.reach('顔を撮ります');
    await person.until(kept(1));
    await person.tab.reload();
    await person.press('続きから撮影する');
    await person.reach('顔を撮ります');
    assert.equal(await person.read(`${ROOT}.querySelectorAll('.station.accepted').length`), 1);
    await person.leave();
  });

  test('by a connection that breaks: the upload is sent again, and counts once', async () => {
    const person = await Person.visit(browser, `${site.origin}/camera`);
    await person.begin('passport');
    site.broken = true;
    await person.shoot('顔写真のページ', 'page');
    await person.reach('顔を撮ります');
    await eventually(() => site.cut > 0);
    site.broken = false;
    await person.shoot('顔を撮ります', 'face');
    await person.send();
    await person.state('pending');
    await person.leave();
  });

  test('by a server that loses a picture: only that one is taken anew', async () => {
    const person = await Person.visit(browser, `${site.origin}/camera`);
    await person.begin('passport');
    await person.shoot('顔写真のページ', 'page');
    await person.reach('顔を撮ります');
    await person.until(kept(1));
    site.lost.add(site.came.at(-1) ?? '');
    await person.shoot('顔を撮ります', 'face');
    await person.send();
    await person.state('failed');
    await person.says('incomplete/image');
    await person.press('もう一度試す');
    await person.press('続きから撮影する');
    await person.shoot('顔写真のページ', 'page');
    await person.send();
    await person.state('pending');
    await person.leave();
  });
});

/** Whether all of these is on the screen without scrolling. */
const inView = (...parts: readonly string[]): string => `${JSON.stringify(parts)}.every((part) => {
  const { top, bottom } = ${ROOT}.querySelector(part).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
})`;

/** Whether a reload would find so many photos that the server has. */
const kept = (count: number): string => `new Promise((resolve) => {
  const opening = indexedDB.open('id-verify');
  opening.onsuccess = () => {
    const database = opening.result;
    const [name] = database.objectStoreNames;
    const all = database.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => {
      database.close();
      resolve(all.result.some(({ note }) => note?.value.log.length === ${count}));
    };
  };
})`;
