/** The photo rung in Chromium against the real verifier: drawn scenes, and the browser's own fakes. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { cardFilm, drawCamera, type PhotoSite, startPhotoSite } from './photo-site.ts';

const PATIENCE = 30_000;
const ROOT = `document.querySelector('id-verify').shadowRoot`;

let site: PhotoSite;
before(async () => {
  site = await startPhotoSite();
});
after(() => site.stop());

/** A tab of a browser with these flags; what it complains of is collected. */
async function visit(
  browser: Browser,
  path: string,
  prepare: (tab: Page) => Promise<void> = async () => undefined,
): Promise<{ tab: Page; complaints: string[] }> {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await prepare(tab);
  await tab.goto(site.origin + path);
  return { tab, complaints };
}

const heading = (tab: Page) =>
  tab.evaluate(`${ROOT}?.querySelector('h2')?.innerText`) as Promise<string>;

async function until(tab: Page, expression: string, patience = PATIENCE): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await delay(50)) {
    if (await tab.evaluate(`Boolean(${expression})`).catch(() => false)) return;
  }
  const words = await tab.evaluate(`${ROOT}?.querySelector('.frame')?.innerText`);
  assert.fail(`never: ${expression}\n${words}`);
}

const reach = (tab: Page, part: string) =>
  until(tab, `${ROOT}?.querySelector('h2')?.innerText.includes('${part}')`);

async function press(tab: Page, label: string): Promise<void> {
  const find = `[...${ROOT}.querySelectorAll('button')].find((one) => (one.innerText.trim() === '${label}' || one.ariaLabel?.startsWith('${label}')) && one.ariaDisabled !== 'true')`;
  await until(tab, find);
  await tab.evaluate(`${find}.click()`);
}

async function openCamera(tab: Page, document = 'driving-licence'): Promise<void> {
  await press(tab, '撮影をはじめる');
  await reach(tab, 'どの書類');
  await tab.evaluate(`${ROOT}.querySelector('input[value=${document}]').click()`);
  await press(tab, 'カメラを開く');
}

/** Uses the shot that came, by itself or by the shutter. */
async function use(tab: Page): Promise<void> {
  const words = ['この写真を使う', 'このまま使う'];
  const find = `[...${ROOT}.querySelectorAll('button')].find((one) => ${JSON.stringify(words)}.includes(one.innerText.trim()) && one.ariaDisabled !== 'true')`;
  await until(tab, find);
  await tab.evaluate(`${find}.click()`);
}

const scene = (tab: Page, name: string) => tab.evaluate(`camera.scene = '${name}'`);

/** The rest of the way, behind the document. */
async function faceAndGesture(tab: Page): Promise<void> {
  await reach(tab, '顔を撮ります');
  await scene(tab, 'face');
  await press(tab, '撮影する');
  await use(tab);
  await press(tab, '撮影する');
  await use(tab);
  await reach(tab, '送ります');
}

describe('drawn scenes', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  test('a licence, from the first photo to the reviewer’s word, under a strict policy', async () => {
    const { tab, complaints } = await visit(browser, '/camera', drawCamera);
    await openCamera(tab);
    await use(tab);
    await reach(tab, '厚み');
    await scene(tab, 'slanted');
    await use(tab);
    await reach(tab, 'うら面');
    await scene(tab, 'card');
    await use(tab);
    await faceAndGesture(tab);
    await press(tab, 'この内容で送る');
    await until(tab, `document.querySelector('id-verify').state === 'pending'`);
    assert.deepEqual(complaints, []);
    assert.ok(
      [...site.fetched].some((file) => file.includes('worker')),
      'a worker was used',
    );

    const [summary] = await site.verifier.reviews.list();
    assert.ok(summary);
    const { material } = await site.verifier.reviews.get(summary.id);
    assert.deepEqual(
      material.shots.map(({ step }) => step),
      ['front', 'thickness', 'back', 'face', 'gesture'],
    );
    await site.verifier.reviews.decide(summary.id, {
      decision: 'approve',
      reviewer: 'tester',
      claims: { name: '見本 花子' },
    });
    await until(tab, `document.querySelector('id-verify').state === 'done'`);
  });

  test('a reload in the middle goes on with what the server has', async () => {
    const { tab } = await visit(browser, '/camera', drawCamera);
    await openCamera(tab);
    await use(tab);
    await reach(tab, '厚み');
    await delay(1_500);
    await tab.reload();
    await press(tab, '続きから撮影する');
    await reach(tab, '厚み');
    assert.equal(await tab.evaluate(`${ROOT}.querySelectorAll('.station.accepted').length`), 1);
  });

  test('an upload whose answer is lost is sent again, and counts once', async () => {
    const { tab } = await visit(browser, '/camera', drawCamera);
    await openCamera(tab, 'passport');
    await press(tab, '撮影する');
    site.broken = true;
    await use(tab);
    await reach(tab, '顔を撮ります');
    await delay(1_000);
    site.broken = false;
    await faceAndGesture(tab);
    await press(tab, 'この内容で送る');
    await until(tab, `document.querySelector('id-verify').state === 'pending'`);
  });

  test('no worker by policy: the page looks itself, seldom and in short tasks', async () => {
    const { tab } = await visit(browser, '/camera?workers=none', async (page) => {
      await drawCamera(page);
      await page.evaluateOnNewDocument(`
        globalThis.looks = [];
        const original = createImageBitmap;
        createImageBitmap = (...given) => { looks.push(performance.now()); return original(...given); };
      `);
    });
    await tab.evaluate(`camera.scene = 'empty'`);
    await openCamera(tab);
    await until(tab, `looks.length > 12`);
    const times = (await tab.evaluate('looks')) as number[];
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.ok(Math.min(...gaps) > 115, `faster than 8 a second: ${Math.min(...gaps)}`);
    await scene(tab, 'card');
    await reach(tab, 'この写真でよいですか');
  });
});

describe('the browser’s own fakes', () => {
  const withFlags = async (
    flags: readonly string[],
    work: (browser: Browser) => Promise<void>,
  ): Promise<void> => {
    const browser = await launchChromium({ args: [...flags] });
    try {
      await work(browser);
    } finally {
      await browser.close();
    }
  };
  const ALLOW = '--use-fake-ui-for-media-stream';

  test('three cameras: the person switches between them', () =>
    withFlags([ALLOW, '--use-fake-device-for-media-stream=device-count=3'], async (browser) => {
      const { tab } = await visit(browser, '/camera');
      await openCamera(tab);
      const id = `${ROOT}.querySelector('video').srcObject?.getVideoTracks()[0].getSettings().deviceId`;
      await until(tab, id);
      const first = await tab.evaluate(id);
      await press(tab, 'カメラを切り替える');
      await until(tab, `${id} && ${id} !== ${JSON.stringify(first)}`);
    }));

  test('refused: the way to allow it is told', () =>
    withFlags(
      ['--use-fake-ui-for-media-stream=deny', '--use-fake-device-for-media-stream'],
      async (browser) => {
        const { tab } = await visit(browser, '/camera');
        await openCamera(tab);
        await reach(tab, '許可');
      },
    ));

  test('none: files where the profile allows them, and nothing of the kind where it does not', () =>
    withFlags([ALLOW, '--use-fake-device-for-media-stream=device-count=0'], async (browser) => {
      const without = await visit(browser, '/camera');
      await openCamera(without.tab);
      await reach(without.tab, '見つかりません');
      const buttons = await without.tab.evaluate(`${ROOT}.querySelector('.panel').innerText`);
      assert.doesNotMatch(String(buttons), /ファイル/);
      const { tab } = await visit(browser, '/files');
      await openCamera(tab, 'passport');
      await reach(tab, '見つかりません');
      const [chooser] = await Promise.all([
        tab.waitForFileChooser(),
        press(tab, '写真ファイルを選ぶ'),
      ]);
      const folder = await mkdtemp(join(tmpdir(), 'photo-'));
      try {
        const other = await browser.newPage();
        const film = await cardFilm(other);
        const file = join(folder, 'passport.jpg');
        await writeFile(file, film.subarray(0, film.indexOf(Buffer.from([0xff, 0xd9])) + 2));
        await chooser.accept([file]);
        await use(tab);
        await reach(tab, '見つかりません');
      } finally {
        await rm(folder, { recursive: true });
      }
    }));

  test('a film of a card: taken by itself, with no main-thread task over 50 ms while guiding', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'photo-'));
    try {
      const file = join(folder, 'card.mjpeg');
      await withFlags([], async (browser) =>
        writeFile(file, await cardFilm(await browser.newPage())),
      );
      const flags = [
        ALLOW,
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${file}`,
      ];
      await withFlags(flags, async (browser) => {
        const { tab } = await visit(browser, '/camera', async (page) => {
          await page.evaluateOnNewDocument(`
            globalThis.longest = 0;
            globalThis.looks = 0;
            new PerformanceObserver((list) => {
              if (looks > 1) for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
            }).observe({ type: 'longtask' });
            const original = createImageBitmap;
            createImageBitmap = (...given) => { looks++; return original(...given); };
          `);
        });
        await openCamera(tab);
        await until(tab, 'looks > 2');
        await reach(tab, 'この写真でよいですか');
        const longest = Number(await tab.evaluate('longest'));
        assert.ok(longest <= 50, `a task of ${longest} ms while guiding`);
        const size = await tab.evaluate(
          `[${ROOT}.querySelector('.picture canvas').width, ${ROOT}.querySelector('.findings').innerText]`,
        );
        assert.match(String(size), /1280/);
        assert.ok((await heading(tab)).length > 0);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
