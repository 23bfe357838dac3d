/** Cameras as browsers have them: Chromium's own fakes, and each way in which none comes. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { findEngine, howToInstall } from '../engines.ts';
import { cardFilm, drawCamera, Person, ROOT } from './photo-person.ts';
import { type PhotoSite, startPhotoSite } from './photo-site.ts';
import { longestTask } from './tasks.ts';

const ALLOW = '--use-fake-ui-for-media-stream';

let site: PhotoSite;
before(async () => {
  site = await startPhotoSite();
});
after(() => site.stop());

async function withFlags(args: string[], work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launchChromium({ args });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** Nothing is put in the place of the browser's own. */
const own = async (): Promise<void> => undefined;

describe('a camera', () => {
  test('of three: the person switches between them', () =>
    withFlags([ALLOW, '--use-fake-device-for-media-stream=device-count=3'], async (browser) => {
      const person = await Person.visit(browser, `${site.origin}/camera`, own);
      await person.begin();
      const id = `${ROOT}.querySelector('video').srcObject?.getVideoTracks()[0].getSettings().deviceId`;
      await person.until(id);
      const first = await person.read(id);
      await person.press('カメラを切り替える');
      await person.until(`${id} && ${id} !== ${JSON.stringify(first)}`);
    }));

  test('that sees a card: taken by itself, in tasks of the page that stay short', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'photo-'));
    try {
      const file = join(folder, 'card.mjpeg');
      await withFlags([], async (browser) => writeFile(file, await cardFilm(browser)));
      const flags = [
        ALLOW,
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${file}`,
      ];
      await withFlags(flags, async (browser) => {
        const person = await Person.visit(browser, `${site.origin}/camera`, own);
        await person.begin();
        await person.reach('おもて面');
        const longest = await longestTask(person.tab, () => person.reach('この写真でよいですか'));
        assert.ok(longest < 50, `a task of ${longest} ms`);
        const width = await person.read(`${ROOT}.querySelector('.picture canvas').width`);
        assert.equal(width, 1280);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('that falls silent: opened anew, one at a time, and told to the reviewer', () =>
    withFlags([ALLOW, '--use-fake-device-for-media-stream'], async (browser) => {
      const person = await Person.visit(browser, `${site.origin}/camera`, own);
      await person.begin('passport');
      const track = `${ROOT}.querySelector('video')?.srcObject?.getVideoTracks()[0]`;
      await person.until(`${track}?.readyState === 'live'`);
      await person.read(`globalThis.first = ${track}`);
      await person.read(`Object.defineProperty(first, 'muted', { value: true })`);
      await person.read(`first.dispatchEvent(new Event('mute'))`);
      await person.until(`${track} && ${track} !== first && first.readyState === 'ended'`);
      for (const heading of ['顔写真のページ', '顔を撮ります']) {
        await person.reach(heading);
        await person.press('撮影する');
        await person.use();
      }
      await person.send();
      await person.state('pending');
      const [summary] = await site.verifier.reviews.list();
      assert.ok(summary?.flags.includes('interrupted'));
    }));

  test('that is refused: how to allow it, then the phone', () =>
    withFlags(
      ['--use-fake-ui-for-media-stream=deny', '--use-fake-device-for-media-stream'],
      async (browser) => {
        const person = await Person.visit(browser, `${site.origin}/camera`, own);
        await person.begin();
        await person.reach('許可されていません');
        assert.match(await person.words(), /もう一度開く.*スマホで撮る/s);
      },
    ));

  test('that is not there: the phone first', () =>
    withFlags([ALLOW, '--use-fake-device-for-media-stream=device-count=0'], async (browser) => {
      const person = await Person.visit(browser, `${site.origin}/camera`, own);
      await person.begin();
      await person.reach('見つかりません');
      assert.match(await person.words(), /スマホで撮る.*もう一度開く/s);
    }));
});

const { executable: executablePath } = findEngine('firefox') ?? {};
const skip = executablePath === undefined && howToInstall(['firefox']);

test('Firefox’s own fake camera: seen, and taken by the shutter', { skip }, async () => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    ...(executablePath && { executablePath }),
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
    },
  });
  try {
    const person = await Person.visit(browser, `${site.origin}/camera`, own);
    await person.begin('passport');
    await person.reach('顔写真のページ');
    await person.press('撮影する');
    await person.use();
    await person.reach('顔を撮ります');
    // Firefox asks for an icon, which this page's policy has no place for.
    const complaints = person.complaints.filter((text) => !text.includes('favicon.ico'));
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
});

describe('a camera that does not come:', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  const failing = (name: string) => async (tab: Page) => {
    await drawCamera(tab);
    await tab.evaluateOnNewDocument(`camera.failure = new DOMException('', '${name}')`);
  };
  const WAYS = [
    ['in use elsewhere', '使われています', failing('NotReadableError')],
    ['the question closed', '許可が必要です', failing('NotAllowedError')],
    [
      'a browser inside an app',
      'Safari か Chrome',
      async (tab: Page) => {
        await tab.evaluateOnNewDocument(
          `Object.defineProperty(navigator, 'mediaDevices', { value: undefined })`,
        );
      },
    ],
  ] as const;

  for (const [what, heading, prepare] of WAYS) {
    test(`${what}: says so, and the phone stays a way`, async () => {
      const person = await Person.visit(browser, `${site.origin}/camera`, prepare);
      await person.begin();
      await person.reach(heading);
      assert.match(await person.words(), /スマホで撮る/);
      await person.leave();
    });
  }

  test('taken away in the middle: it comes back by itself, and nothing is lost', async () => {
    const person = await Person.visit(browser, `${site.origin}/camera`);
    await person.begin('passport');
    await person.shoot('顔写真のページ', 'page');
    await person.reach('顔を撮ります');
    await person.until('camera.live.length === 1');
    await person.read('camera.lose()');
    await person.until('camera.live.length === 1');
    await person.shoot('顔を撮ります', 'face');
    await person.reach('送ります');
    await person.leave();
  });
});
