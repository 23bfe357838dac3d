/** A session that moves from a computer to a phone's browser, and what each of them may do then. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContext, Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { openPage, press, reach, says, shown, startServer, stateOf } from './handoff.ts';
import { linkIn } from './qr.ts';
import { setting } from './setting.ts';

const { browser, site: server } = await setting(() => startServer());

/** Two browsers: one with the first screen, one for the phone. */
async function devices(work: (page: Page, phone: BrowserContext) => Promise<void>) {
  const contexts = [await browser.createBrowserContext(), await browser.createBrowserContext()];
  try {
    const [first, second] = contexts;
    if (!first || !second) throw new Error('no contexts');
    await work(await openPage(first, `${server.origin}/`), second);
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** To the code for the phone, from the wallet's consent. */
async function offer(page: Page): Promise<{ link: string; code: string }> {
  await press(page, 'はじめる');
  await press(page, '次へ');
  // The list of what is sent comes with the request, and moves what is below it.
  await says(page, 'ウォレットで確認する');
  await press(page, 'スマホで続ける');
  await says(page, 'スマホで、この数字を入れてください');
  return { link: await linkIn(page), code: (await shown(page)).code };
}

async function enter(phone: Page, code: string): Promise<void> {
  await says(phone, 'はじめの画面の数字を入れてください');
  await phone.locator('id-verify >>> .digits').fill(code);
  await press(phone, '次へ');
}

/** From the wallet's consent to the review, with the simulated wallet's approval. */
async function approve(phone: Page): Promise<void> {
  await press(phone, 'ウォレットで確認する');
  await phone.locator('>>> button.approve').click();
  await reach(phone, 'review');
}

const results = (page: Page): Promise<void> =>
  page.$eval('id-verify', (element) => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    element.addEventListener('id-verify-result', ({ ref, status }) =>
      seen.push(ref ? status : 'without a reference'),
    );
  });
const resultsOf = (page: Page): Promise<unknown> => page.evaluate('window.seen');

// Each has two browser profiles of its own, and most of the time they wait.
describe('a session that moves to a phone', { concurrency: 2 }, () => {
  it('goes on there; the first page follows, and is told the result', async () => {
    await devices(async (page, context) => {
      await results(page);
      const { link, code } = await offer(page);
      assert.match(link, /^http:\/\/localhost:\d+\/#id-verify=[\w-]{22}\.[\w-]{43}$/);
      const phone = await openPage(context, link);
      assert.equal(new URL(phone.url()).hash, '', 'the token has left the address bar');
      await results(phone);
      await enter(phone, code);
      const asked = await says(phone, 'の本人確認を続けますか');
      assert.match(asked, /口座開設時のご本人の確認のため/);
      assert.match(asked, /パソコン/);
      await says(page, 'スマホで続けています');
      await press(phone, '続ける');
      assert.match(await says(phone, 'ウォレットで確認する'), /に送る情報/);
      assert.equal(await stateOf(phone), 'consent', 'nothing is asked for without a tap');
      await approve(phone);
      await says(phone, '番号　花子');
      const following = await says(page, '読み取った内容を、スマホで確かめています');
      assert.doesNotMatch(following, /花子/);
      await press(phone, 'この内容で確定する');
      await reach(phone, 'done');
      await reach(page, 'done');
      assert.deepEqual(await resultsOf(page), ['verified']);
      assert.deepEqual(await resultsOf(phone), [], 'the phone gets no reference');
    });
  });

  it('one wrong number ends the transfer, not the session', async () => {
    await devices(async (page, context) => {
      const { link, code } = await offer(page);
      const phone = await openPage(context, link);
      await enter(phone, code === '11' ? '12' : '11');
      await says(phone, '数字がはじめの画面とちがったため');
      await says(page, 'スマホで入れた数字がちがったため');
      await press(page, 'もう一度ウォレットで試す');
      await reach(page, 'consent');
      const again = await context.newPage();
      await again.goto(link);
      await enter(again, code);
      await says(again, 'このリンクはもう使えません');
    });
  });

  it('can be declined on the phone, which ends it for both', async () => {
    await devices(async (page, context) => {
      const { link, code } = await offer(page);
      const phone = await openPage(context, link);
      await enter(phone, code);
      await says(phone, 'の本人確認を続けますか');
      await press(phone, 'やめる');
      await reach(phone, 'cancelled');
      await reach(page, 'cancelled');
    });
  });

  it('can be taken back by the first page, and the phone is out', async () => {
    await devices(async (page, context) => {
      const { link, code } = await offer(page);
      const phone = await openPage(context, link);
      await enter(phone, code);
      await press(phone, '続ける');
      await says(page, 'スマホで続けています');
      await press(page, 'この端末で続ける');
      await reach(page, 'consent');
      await approve(page);
      await press(phone, 'ウォレットで確認する');
      await reach(phone, 'failed');
    });
  });

  it('after a reload each side is where it was', async () => {
    await devices(async (page, context) => {
      const { link, code } = await offer(page);
      const phone = await openPage(context, link);
      await enter(phone, code);
      await press(phone, '続ける');
      await page.reload();
      await says(page, 'スマホで続けています');
      await phone.reload();
      await approve(phone);
      await page.reload();
      await says(page, '読み取った内容を、スマホで確かめています');
      await phone.reload();
      await press(phone, 'この内容で確定する');
      await reach(page, 'done');
    });
  });

  it('goes on in a tab where the page stands already', async () => {
    await devices(async (page, context) => {
      const { link, code } = await offer(page);
      const phone = await openPage(context, `${server.origin}/`);
      await press(phone, 'はじめる');
      await phone.evaluate((address) => location.assign(address), link);
      await enter(phone, code);
      await says(phone, 'の本人確認を続けますか');
      assert.equal(new URL(phone.url()).hash, '', 'the token has left the address bar');
    });
  });

  it('in one browser too each side is after a reload what it was', async () => {
    await devices(async (page) => {
      const { link, code } = await offer(page);
      const second = await openPage(page.browserContext(), link);
      await enter(second, code);
      await press(second, '続ける');
      await says(second, 'ウォレットで確認する');
      await page.bringToFront();
      await page.reload();
      await says(page, 'スマホで続けています');
      await second.bringToFront();
      await second.reload();
      await approve(second);
      await press(second, 'この内容で確定する');
      await reach(second, 'done');
      await page.bringToFront();
      await reach(page, 'done');
    });
  });

  it('goes on with photos where the first page had chosen them, and comes back to them', async () => {
    await devices(async (page, context) => {
      await page.click('input[name=scenario][value=photo]');
      await press(page, 'はじめる');
      await press(page, '書類と顔を撮影する');
      await press(page, '次へ');
      await press(page, '撮影をはじめる');
      await press(page, 'カメラを開く');
      await says(page, 'カメラが見つかりません');
      await press(page, 'スマホで撮る');
      await says(page, 'スマホで、この数字を入れてください');
      const phone = await openPage(context, await linkIn(page));
      await enter(phone, (await shown(page)).code);
      await press(phone, '続ける');
      await says(phone, '撮影をはじめる');
      assert.equal(await stateOf(phone), 'consent', 'no camera is asked for without a tap');
      await says(page, 'スマホで続けています');
      await page.reload();
      await says(page, 'スマホで続けています');
      await press(page, 'この端末で続ける');
      await says(page, '撮影をはじめる');
      assert.equal(await stateOf(page), 'consent');
    });
  });

  it('shows what is left where the phone has no wallet', async () => {
    await withoutWallet(async (phone) => {
      await devices(async (page) => {
        const { link, code } = await offer(page);
        await phone.goto(link);
        await enter(phone, code);
        await press(phone, '続ける');
        const left = await says(phone, 'どの方法で確認しますか');
        assert.match(left, /スマホのマイナンバーカード\s+ここでは使えません/);
        await press(phone, '次へ');
        await reach(phone, 'consent');
      });
    });
  });

  it('is offered first where this browser has no wallet', async () => {
    await withoutWallet(async (page) => {
      await page.goto(`${server.origin}/`);
      await press(page, 'はじめる');
      await press(page, '次へ');
      await says(page, 'ここではウォレットを使えません');
      await press(page, 'スマホで続ける');
      assert.match(await linkIn(page), /#id-verify=/);
    });
  });
});

/** A page in a browser without a wallet. */
async function withoutWallet(work: (page: Page) => Promise<void>): Promise<void> {
  const bare = await launchChromium({ args: ['--disable-features=WebIdentityDigitalCredentials'] });
  try {
    const page = await bare.newPage();
    await page.setViewport({ width: 1000, height: 1100 });
    // Where it has an issuer, the demo puts a wallet of its own in the place of the missing one.
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (request.url().endsWith('/demo/issuer/status')) void request.respond({ status: 404 });
      else void request.continue();
    });
    await work(page);
  } finally {
    await bare.close();
  }
}
