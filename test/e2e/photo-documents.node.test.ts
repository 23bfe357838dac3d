/** Every kind of document through the element to the reviewer; and files, where they may be. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { DOCUMENT_IDS, DOCUMENTS, type DocumentType } from '../../src/methods/photo/documents.ts';
import { stepsOf } from '../../src/methods/photo/server/challenge.ts';
import type { ReviewCase } from '../../src/verifier/index.ts';
import type { PhotoStep } from '../../src/wire/photo.ts';
import type { ScenePicture } from '../tools/fake-camera.ts';
import { cardFilm, drawCamera, Person, ROOT } from './photo-person.ts';
import { startPhotoSite } from './photo-site.ts';
import { setting } from './setting.ts';

const { browser, site } = await setting(startPhotoSite);

const SHOWN: Readonly<Record<PhotoStep, readonly [heading: string, scene: ScenePicture]>> = {
  front: ['おもて面', 'card'],
  'data-page': ['顔写真のページ', 'page'],
  thickness: ['厚み', 'slanted'],
  back: ['うら面', 'card'],
  face: ['顔を撮ります', 'face'],
};

/** What the reviewer is given of a person's pending session. */
async function caseOf(person: Person): Promise<ReviewCase> {
  await person.state('pending');
  const ref = await person.read<string>(`document.querySelector('id-verify').value`);
  return site.verifier.reviews.get(ref.split('.')[0] ?? '');
}

describe('a document', { concurrency: 2 }, () => {
  for (const document of DOCUMENT_IDS) {
    test(`${document}: its sides are taken by themselves, and nothing else`, async () => {
      const person = await Person.visit(browser, `${site.origin}/camera`);
      await person.begin(document);
      const steps = stepsOf(document);
      for (const step of steps) {
        const [heading, scene] = SHOWN[step];
        if (step === 'face') {
          await person.shoot(heading, scene);
        } else {
          await person.reach(heading);
          await person.see(scene);
          await person.use();
          await person.see('empty');
        }
      }
      await person.send();
      const { crossDevice, material } = await caseOf(person);
      const { masks }: DocumentType = DOCUMENTS[document];
      assert.equal(material.document, document);
      assert.equal(crossDevice, false);
      assert.deepEqual(
        material.shots.map(({ step, origin, capture, masks }) => [step, origin, capture, masks]),
        steps.map((step) => [
          step,
          'camera',
          step === 'face' ? 'manual' : 'auto',
          masks.flatMap(({ side, mask }) => (side === step ? [mask] : [])),
        ]),
      );
      assert.deepEqual(person.complaints, []);
      await person.leave();
    });
  }
});

describe('files', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'photo-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** A browser that finds no camera. */
  const noCamera = async (tab: Page) => {
    await drawCamera(tab);
    await tab.evaluateOnNewDocument(`camera.failure = new DOMException('', 'NotFoundError')`);
  };

  async function choose(person: Person, name: string, content: Uint8Array): Promise<void> {
    const file = join(folder, name);
    await writeFile(file, content);
    const [chooser] = await Promise.all([
      person.tab.waitForFileChooser(),
      person.press('写真ファイルを選ぶ'),
    ]);
    await chooser.accept([file]);
  }

  const told = (person: Person, words: string) =>
    person.until(`${ROOT}.querySelector('[role=alert]')?.innerText.includes('${words}')`);

  test('stand in for the camera where the profile lets them, each other kind with its reason', async () => {
    const film = await cardFilm(browser);
    const [first, second] = framesOf(film);
    assert.ok(first && second);
    const person = await Person.visit(browser, `${site.origin}/files`, noCamera);
    await person.begin('passport');
    await person.reach('見つかりません');
    await choose(person, 'photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
    await told(person, 'HEIC');
    await choose(person, 'letter.jpg', Buffer.from('no picture'));
    await told(person, '読み取れません');
    await choose(person, 'large.jpg', Buffer.alloc(40_000_001));
    await told(person, '大きすぎ');
    await choose(person, 'icon.jpg', await iconOf(person));
    await told(person, '小さすぎ');
    await choose(person, 'page.jpg', first);
    await person.use();
    await person.reach('見つかりません');
    await choose(person, 'again.jpg', first);
    await person.use();
    await told(person, 'もう使われて');
    await choose(person, 'face.jpg', second);
    await person.use();
    await person.send();
    const { flags, material } = await caseOf(person);
    assert.ok(flags.includes('file'));
    assert.deepEqual(new Set(material.shots.map(({ origin }) => origin)), new Set(['file']));
    assert.deepEqual(person.complaints, []);
    await person.leave();
  });

  for (const profile of ['camera', 'aml']) {
    test(`are not offered by the profile ${profile}; the phone is`, async () => {
      const person = await Person.visit(browser, `${site.origin}/${profile}`, noCamera);
      await person.begin('passport');
      await person.reach('見つかりません');
      const words = await person.words();
      assert.doesNotMatch(words, /ファイル/);
      assert.match(words, /スマホで撮る/);
      await person.leave();
    });
  }
});

/** A picture so small that the server would refuse it. */
async function iconOf({ tab }: Person): Promise<Buffer> {
  const url: string = await tab.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 400;
    canvas.height = 199;
    return canvas.toDataURL('image/jpeg');
  });
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

/** The pictures of a film, which is one JPEG behind the other. */
function framesOf(film: Buffer): Buffer[] {
  const start = Buffer.from([0xff, 0xd8, 0xff]);
  const starts: number[] = [];
  for (let at = film.indexOf(start); at >= 0; at = film.indexOf(start, at + 1)) starts.push(at);
  return starts.map((at, index) => film.subarray(at, starts[index + 1]));
}
