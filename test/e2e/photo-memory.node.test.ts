/** What fifty retakes leave behind in a real browser: nothing that grows. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { CDPSession } from 'puppeteer-core';
import { drawCamera, Person, ROOT } from './photo-person.ts';
import { startPhotoSite } from './photo-site.ts';
import { setting } from './setting.ts';

const RETAKES = 50;
/** By then everything is loaded and compiled. */
const WARM = 10;
const MB = 2 ** 20;

const { browser, site } = await setting(startPhotoSite);

interface Remains {
  /** JavaScript heap behind a collection, bytes. */
  readonly heap: number;
  /** Pixels of every canvas and every open bitmap the page can still reach. */
  readonly pixels: number;
  readonly urls: number;
  readonly nodes: number;
  /** Memory of the browser's pages outside of files, bytes; 0 where the system does not tell. */
  readonly resident: number;
}

async function remains(devtools: CDPSession): Promise<Remains> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  const { result } = await devtools.send('Runtime.evaluate', { expression: 'urls.size' });
  const canvases = await areaOf(devtools, 'HTMLCanvasElement');
  const bitmaps = await areaOf(devtools, 'ImageBitmap');
  return {
    heap: usedSize,
    nodes,
    urls: result.value,
    pixels: canvases + bitmaps,
    resident: await residentOfPages(),
  };
}

/** Sum of width × height over every object of a class, attached or not. */
async function areaOf(devtools: CDPSession, type: string): Promise<number> {
  const { result } = await devtools.send('Runtime.evaluate', { expression: `${type}.prototype` });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
  });
  const area = await devtools.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration:
      'function () { return this.reduce((sum, { width, height }) => sum + width * height, 0); }',
    returnByValue: true,
  });
  await devtools.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
  return area.result.value;
}

async function residentOfPages(): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const whole = await browser.target().createCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  await whole.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = pages.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Counts the addresses of blobs that were made and not given back. */
const countUrls = `
  globalThis.urls = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL.call(URL, url);
  };`;

/** Runs in the page: so many shots, each thrown away. */
const retake = (times: number): string => `(async () => {
  const button = (label) =>
    [...${ROOT}.querySelectorAll('button')].find(
      (one) => one.innerText.trim() === label && one.ariaDisabled !== 'true',
    );
  const press = async (label) => {
    while (!button(label)) await new Promise((resolve) => setTimeout(resolve, 10));
    button(label).click();
  };
  for (let shot = 0; shot < ${times}; shot++) {
    await press('撮影する');
    await press('撮り直す');
  }
})()`;

test(`memory is flat over ${RETAKES} retakes`, async (context) => {
  const person = await Person.visit(browser, `${site.origin}/camera?script=cdn`, async (tab) => {
    await drawCamera(tab);
    await tab.evaluateOnNewDocument(countUrls);
  });
  await person.begin('passport');
  await person.reach('顔写真のページ');
  const devtools = await person.tab.createCDPSession();
  await person.read(retake(WARM));
  const warm = await remains(devtools);
  await person.read(retake(RETAKES - WARM));
  const end = await remains(devtools);
  const grown = (name: keyof Remains) => end[name] - warm[name];
  context.diagnostic(
    `over ${RETAKES - WARM} retakes: heap ${(grown('heap') / MB).toFixed(2)} MB on ${(warm.heap / MB).toFixed(1)} MB, ${grown('pixels')} pixels, ${grown('urls')} blob URLs, ${grown('nodes')} nodes, resident ${(grown('resident') / MB).toFixed(1)} MB`,
  );
  // A frame of 1600 × 900 is 5.8 MB; one retake that leaves its own behind shows at once.
  assert.ok(grown('heap') < MB, 'the heap grows');
  assert.ok(grown('pixels') <= 4 * 1600 * 900, 'canvases or bitmaps stay');
  assert.equal(end.urls, 0, 'blob URLs stay');
  assert.ok(grown('nodes') < 100, 'nodes stay');
  assert.ok(grown('resident') < 60 * MB, 'pixels stay somewhere');
  await person.leave();
});
