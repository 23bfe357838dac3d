/** The reviewer's desk of the demo, in a real browser, on the reference server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { readConfig } from '../../demo/config.ts';
import { type Running, start } from '../../demo/server.ts';
import type { SessionStatus } from '../../src/wire/contract.ts';
import { launchChromium } from '../chromium.ts';
import { json, ORIGIN, type Site, site } from '../verifier/harness.ts';
import { Photographer } from './photographer.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

let server: Running;
let browser: Browser;
let complaints: string[];
before(async () => {
  server = await start(readConfig({ PORT: '0' }));
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** Pages of the site as `Photographer` needs them. */
const remote = (): Site => ({
  ...site(),
  origin: server.origin,
  send: (path, { origin, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (origin !== null) headers.set('origin', server.origin);
    return fetch(`${server.origin}/id-verify/${path}`, { ...init, headers });
  },
});

async function waiting(document = 'driving-licence'): Promise<Photographer> {
  const photographer = await Photographer.open(remote(), 'photo');
  await photographer.takeAll(document);
  assert.equal((await photographer.send()).outcome, 'pending');
  return photographer;
}

async function desk(path = '/demo/reviewer/index.html'): Promise<Page> {
  const page = await browser.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(server.origin + path);
  await page.waitForFunction(() => document.getElementById('count')?.textContent);
  return page;
}

async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  assert.deepEqual(found, []);
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent?.trim() ?? '');

async function openFirst(page: Page): Promise<void> {
  await page.waitForSelector('#waiting button');
  await page.focus('#waiting button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#case:not([hidden])');
}

describe("the reviewer's desk", () => {
  it('lists, shows the pictures, and approves by keyboard; the person hears at once', async () => {
    const page = await desk();
    await assertAccessible(page);
    assert.equal(await textOf(page, '#count'), '審査を待っているものはありません。');
    const photographer = await waiting();
    await page.waitForFunction(() => document.querySelector('#waiting button'), {
      timeout: 10_000,
    });
    await openFirst(page);
    assert.equal(await textOf(page, ':focus'), '運転免許証');
    await page.waitForFunction(() => !document.querySelector('#shots button:disabled'));
    const drawn = await page.$$eval('#shots canvas', (canvases) =>
      (canvases as HTMLCanvasElement[]).map((canvas) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, 320, 200) ?? { data: [] };
        return { label: canvas.ariaLabel, colours: new Set(data).size };
      }),
    );
    assert.equal(drawn.length, photographer.log.length);
    assert.deepEqual(
      drawn.slice(0, 4).map(({ label }) => label),
      ['おもて面', '厚み', 'うら面', '顔'],
    );
    for (const { colours } of drawn) assert.ok(colours > 10, 'a picture, not an empty canvas');
    await assertAccessible(page);

    await page.focus('#shots button');
    await page.keyboard.press('Enter');
    assert.equal(await page.$eval('#large', (dialog) => (dialog as HTMLDialogElement).open), true);
    await assertAccessible(page);
    await page.keyboard.press('Escape');

    await page.focus('#approve [name=name]');
    await page.keyboard.type('番号 花子');
    await page.keyboard.press('Tab');
    await page.keyboard.type('〇〇県△△市□□町1-2-3');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1971-09-01');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#case[hidden]');
    assert.match(await textOf(page, '#count'), /^承認しました。/);
    const status = await json<SessionStatus>(await photographer.page.call(''));
    assert.equal(status.state, 'done');
    const result = await server.verifier.redeem(status.ref ?? '', {
      subject: 'member-hanako',
      profile: 'photo',
      acceptTest: true,
    });
    assert.equal(result.claims.name, '番号 花子');
    assert.equal(result.assurance, 'ial1');
    assert.deepEqual(complaints, [], 'nothing against the policy of the page');
    await page.close();
  });

  it('refuses with a reason in both languages, in English too', async () => {
    const photographer = await waiting('passport');
    const page = await desk('/demo/reviewer/index.html?lang=en');
    await openFirst(page);
    await assertAccessible(page);
    assert.equal(await textOf(page, '#case-heading'), 'Passport');
    await page.select('#preset', '0');
    await page.$eval('#reason-en', (field) => (field as HTMLTextAreaElement).focus());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#case[hidden]');
    const status = await json<SessionStatus>(await photographer.page.call(''));
    assert.equal(status.state, 'failed');
    assert.match(status.reason?.ja ?? '', /読み取れませんでした/);
    assert.match(status.reason?.en ?? '', /could not be read/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('says what is wrong and changes nothing', async () => {
    const photographer = await waiting('passport');
    const page = await desk();
    await openFirst(page);
    await page.type('#approve [name=name]', '番号 花子');
    await page.type('#approve [name=address]', '□□町');
    await page.type('#approve [name=birth_date]', '1971-02-31');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.getElementById('trouble')?.textContent);
    assert.match(await textOf(page, '#trouble'), /malformed\/claim/);
    await assertAccessible(page);
    const status = await json<SessionStatus>(await photographer.page.call(''));
    assert.equal(status.state, 'pending');
    await photographer.page.call('', { method: 'DELETE' });
    await page.waitForSelector('#case[hidden]', { timeout: 10_000 });
    assert.equal(await textOf(page, '#count'), '審査を待っているものはありません。');
    await page.close();
  });

  it('answers no other page, no other name and no form', async () => {
    const photographer = await waiting('passport');
    const base = `${server.origin}/demo/reviewer/reviews`;
    const { id } = photographer.page.view;
    const refused = async (path: string, init: RequestInit, status: number) =>
      assert.equal((await fetch(base + path, init)).status, status, path);
    await refused('', { headers: { 'sec-fetch-site': 'cross-site' } }, 403);
    const body = JSON.stringify({ decision: 'refuse', reason: { ja: 'x' } });
    await refused(`/${id}`, { method: 'POST', body, headers: { origin: ORIGIN } }, 403);
    await refused(`/${id}`, { method: 'POST', body }, 403);
    await refused(`/${id}/images/${'A'.repeat(43)}`, {}, 422);
    await refused(`/${'A'.repeat(22)}`, {}, 404);
    await refused(`/${id}`, { method: 'DELETE', headers: { origin: server.origin } }, 405);
    const forged = JSON.stringify({ decision: 'refuse', reason: { ja: 'x' }, reviewer: 'boss' });
    await refused(
      `/${id}`,
      { method: 'POST', body: forged, headers: { origin: server.origin } },
      200,
    );
  });
});
