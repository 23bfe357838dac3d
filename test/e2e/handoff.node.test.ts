/** A handoff from a desktop to a phone and back, on the reference server with its simulated operator. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContext, Page } from 'puppeteer-core';
import { PlainBrowser } from '../handoff/plain-browser.ts';
import {
  follow,
  openPage,
  openPhone,
  press,
  reach,
  says,
  shown,
  startServer,
  stateOf,
  toCode,
} from './handoff.ts';
import { linkIn } from './qr.ts';
import { setting } from './setting.ts';

const PIN = 'TEST1234';

const { browser, site: server } = await setting(() => startServer());

/** A new profile for each test, ended with it. */
async function desktop(work: (page: Page, context: BrowserContext) => Promise<void>) {
  const context = await browser.createBrowserContext();
  try {
    const page = await openPage(context, `${server.origin}/`);
    await work(page, context);
  } finally {
    await context.close();
  }
}

/** The phone, up to where the app asks for the password. */
async function toApp(page: Page): Promise<Page> {
  const { code, here } = await shown(page);
  const phone = await openPhone(browser, here);
  await follow(phone, code);
  await follow(phone, '「テスト用アプリ」を開く');
  return phone;
}

async function read(phone: Page): Promise<void> {
  await phone.type('input[name=pin]', PIN);
  await follow(phone, 'カードをかざして署名する');
  await follow(phone, 'サービスに戻る');
}

// Each has a browser profile of its own, and most of the time it waits.
describe('handoff', { concurrency: 2 }, () => {
  it('is scanned, followed live, reviewed and confirmed; every state is said', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const link = await linkIn(page);
      assert.match(link, /\/id-verify\/h\//);
      const { code } = await shown(page);
      const phone = await openPhone(browser, link);
      const scanned = await says(page, 'スマホで読み取りました');
      assert.ok(scanned.includes(code), 'the number stays');
      assert.equal(await page.$('id-verify >>> .qr'), null, 'the code leaves');
      await follow(phone, code);
      await follow(phone, '「テスト用アプリ」を開く');
      await says(page, 'スマホで続けてください');
      await read(phone);
      await reach(page, 'review');
      assert.match(await says(page, '氏名'), /番号　花子/);
      await press(page, 'この内容で確定する');
      await reach(page, 'done');
      await says(page, '今すぐ追加する');
    });
  });

  it('its code is read back from the screen at 1× and 2×, light and dark', async () => {
    await desktop(async (page) => {
      await toCode(page);
      for (const deviceScaleFactor of [1, 2]) {
        await page.setViewport({ width: 1000, height: 1100, deviceScaleFactor });
        for (const theme of ['light', 'dark'] as const) {
          await page.$eval(
            'id-verify',
            async (element, look) => {
              element.theme = look;
              await element.updateComplete;
            },
            theme,
          );
          const link = await linkIn(page);
          assert.match(link, /^http:\/\/localhost:\d+\/id-verify\/h\/\S+$/, theme);
        }
      }
    });
  });

  it('on a phone leads to the app first, comes back by a link, and goes on there', async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
    await page.setExtraHTTPHeaders({ 'accept-language': 'ja' });
    await page.goto(`${server.origin}/`);
    await page.$eval('id-verify', (element) => element.scrollIntoView());
    await press(page, 'はじめる');
    await press(page, 'カードをスマホで読み取る');
    await press(page, '次へ');
    await press(page, 'スマホで読み取る');
    await says(page, '「テスト用アプリ」で続けてください');
    const { code } = await shown(page);
    await follow(page, 'このスマホで続ける');
    await follow(page, code);
    await follow(page, '「テスト用アプリ」を開く');
    await read(page);
    // Nothing but the address of the page is left, as where an app opens another tab.
    await follow(page, 'はじめの画面に戻る');
    await page.$eval('id-verify', (element) => element.scrollIntoView());
    await reach(page, 'review');
    await press(page, 'この内容で確定する');
    await reach(page, 'done');
    await context.close();
  });

  it('gives more time with a new code, and the old link is worthless', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const old = await shown(page);
      await press(page, '時間をのばす');
      await page.waitForFunction(
        (before) =>
          document
            .querySelector('id-verify')
            ?.shadowRoot?.querySelectorAll('.qr path')[1]
            ?.getAttribute('d') !== before,
        {},
        old.qr,
      );
      const phone = await openPhone(browser, old.here);
      assert.match(await phone.content(), /このリンクはもう使えません/);
      await toApp(page).then(read);
      await reach(page, 'review');
    });
  });

  it('is declined in the app’s own page, one of what can be tried there', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const phone = await toApp(page);
      await press(phone, 'うまくいかない場合を試す');
      await phone.select('select[name=outcome]', 'declined');
      await follow(phone, '試す');
      await follow(phone, 'サービスに戻る');
      await says(page, 'スマホで「やめる」が選ばれました');
    });
  });

  it('ends when another number is chosen on the phone, and starts anew', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const { code, here } = await shown(page);
      const phone = await openPhone(browser, here);
      const others = await phone.$$eval('button[name=code]', (all) =>
        all.map(({ value }) => value),
      );
      await follow(phone, others.find((one) => one !== code) ?? '');
      await reach(page, 'failed');
      await says(page, 'この画面の数字とちがったため');
      await press(page, 'もう一度試す');
      await press(page, 'スマホで読み取る');
      await says(page, 'スマホで読み取ってください');
      await toApp(page).then(read);
      await reach(page, 'review');
    });
  });

  for (const [outcome, words, again] of [
    ['pin_locked', '署名用パスワードがロックされています', false],
    ['certificate_expired', '電子証明書の有効期限が過ぎています', false],
    ['certificate_revoked', '電子証明書が失効しています', false],
    ['overlooks_revoked', '電子証明書が失効しています', false],
    ['overlooks_expired', '電子証明書の有効期限が過ぎています', false],
    ['card_unreadable', '読み取れませんでした', true],
    ['app_missing', 'アプリが開きませんでした', true],
    ['timed_out', '時間内に終わらなかったため', true],
  ] as const) {
    it(`${outcome}: says so, and offers the next way${again ? ' and another try' : ''}`, async () => {
      await desktop(async (page) => {
        await toCode(page);
        const { code, here } = await shown(page);
        const phone = new PlainBrowser();
        await phone.toApp(here, code);
        await phone.press({ action: 'play', outcome });
        await phone.follow();
        await reach(page, 'failed');
        const text = await says(page, words);
        assert.match(text, /次のおすすめ/);
        assert.equal(text.includes('もう一度試す'), again, text);
        await press(page, 'この方法で続ける');
        await reach(page, 'consent');
      });
    });
  }

  it('is left as easily as it is gone on with, and nothing remains', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const { here } = await shown(page);
      await press(page, 'やめる');
      await reach(page, 'cancelled');
      const phone = await openPhone(browser, here);
      assert.match(await phone.content(), /このリンクはもう使えません/);
    });
  });

  it('after a reload goes on where it was, with the same code and number', async () => {
    await desktop(async (page) => {
      await toCode(page);
      const first = await shown(page);
      await page.reload();
      await says(page, 'スマホで読み取ってください');
      assert.deepEqual(await shown(page), first);
      const phone = await openPhone(browser, first.here);
      await says(page, 'スマホで読み取りました');
      await page.reload();
      assert.ok((await says(page, 'スマホで読み取りました')).includes(first.code));
      await follow(phone, first.code);
      await follow(phone, '「テスト用アプリ」を開く');
      await page.reload();
      await says(page, 'スマホで続けてください');
      await read(phone);
      await reach(page, 'review');
    });
  });

  it('in a second tab goes on there, and the first one says so and can take it back', async () => {
    await desktop(async (page, context) => {
      await toCode(page);
      const first = await shown(page);
      const twin = await openPage(context, `${server.origin}/`);
      await says(twin, 'スマホで読み取ってください');
      assert.equal((await shown(twin)).code, first.code);
      await page.bringToFront();
      await says(page, '別の画面で続いています');
      await press(page, 'この画面で続ける');
      await says(page, 'スマホで読み取ってください');
      await twin.bringToFront();
      await says(twin, '別の画面で続いています');
      await page.bringToFront();
      await toApp(page).then(read);
      await reach(page, 'review');
      assert.equal(await stateOf(twin), 'failed');
    });
  });

  it('a tab that was frozen asks at once when it wakes, and misses nothing', async () => {
    await desktop(async (page, context) => {
      await toCode(page);
      const devtools = await page.createCDPSession();
      const { code, here } = await shown(page);
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
      const phone = await openPhone(browser, here);
      await follow(phone, code);
      await follow(phone, '「テスト用アプリ」を開く');
      await read(phone);
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      assert.equal(await stateOf(page), 'awaiting');
      const another = await context.newPage();
      await another.bringToFront();
      await page.bringToFront();
      await reach(page, 'review');
    });
  });
});
