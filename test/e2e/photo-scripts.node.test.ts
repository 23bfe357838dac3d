/** Where frames are judged: wherever the script comes from and whatever the page's policy says. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { photoBody } from '../../src/methods/photo/evidence.ts';
import { parseBody } from '../../src/wire/body.ts';
import { parseEnvelope } from '../../src/wire/envelope.ts';
import { drawCamera, Person } from './photo-person.ts';
import { type Script, startPhotoSite } from './photo-site.ts';
import { setting } from './setting.ts';
import { longestTask } from './tasks.ts';

const { browser, site } = await setting(startPhotoSite);

/** Where the page says that its frames were judged, when everything is sent. */
async function placeOf(person: Person): Promise<string> {
  await person.state('pending');
  const ref = await person.read<string>(`document.querySelector('id-verify').value`);
  const [evidence] = await site.store.evidence(ref.split('.')[0] ?? '');
  const { payload } = parseEnvelope(evidence?.envelope ?? new Uint8Array());
  return parseBody(photoBody, payload.body).environment.analysis;
}

const PLACES: readonly (readonly [string, Script, string, RegExp[]])[] = [
  ['of the page’s own origin', 'own', 'worker', []],
  ['of another origin, blobs allowed', 'cdn', 'worker', []],
  ['of another origin, no blobs', 'cdn-strict', 'page', [/blob:.*violates/]],
  ['that may start no worker', 'no-worker', 'page', [/worker.*violates/]],
];

describe('a script', { concurrency: 2 }, () => {
  for (const [what, script, place, expected] of PLACES) {
    test(`${what}: frames are judged in the ${place}`, async () => {
      const person = await Person.visit(browser, `${site.origin}/camera?script=${script}`);
      await person.begin('passport');
      await person.reach('顔写真のページ');
      await person.see('page');
      await person.use();
      await person.shoot('顔を撮ります', 'face');
      await person.send();
      assert.equal(await placeOf(person), place);
      const unexpected = person.complaints.filter(
        (text) => !expected.some((one) => one.test(text)),
      );
      assert.deepEqual(unexpected, []);
      await person.leave();
    });
  }
});

test('without a worker the page looks at most 8 times a second, in tasks below 50 ms', async () => {
  const person = await Person.visit(
    browser,
    `${site.origin}/camera?script=no-worker`,
    async (tab: Page) => {
      await drawCamera(tab);
      await tab.evaluateOnNewDocument(`
        globalThis.looks = [];
        const original = createImageBitmap;
        createImageBitmap = (...given) => { looks.push(performance.now()); return original(...given); };
      `);
    },
  );
  await person.begin();
  await person.reach('おもて面');
  await person.see('slanted');
  await person.until('looks.length > 2');
  const longest = await longestTask(person.tab, () => person.until('looks.length > 14'));
  assert.ok(longest < 50, `a task of ${longest} ms`);
  const times = await person.read<number[]>('looks');
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  assert.ok(Math.min(...gaps) >= 124, `sooner than an eighth of a second: ${Math.min(...gaps)} ms`);
  await person.leave();
});
