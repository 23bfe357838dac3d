/** The whole wallet path with Tab and Enter alone, through the browser's real API. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { launchChromium } from '../chromium.ts';
import { type Site, startSite } from '../site.ts';

it('from the introduction to done by keyboard, focus following each screen', async () => {
  const site = await startSite();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await reach(page, 'intro');
    assert.equal(await focused(page), 'BODY', 'loading takes no focus');
    await tabTo(page, 'はじめる');
    await page.keyboard.press('Enter');
    await reach(page, 'choose');
    assert.equal(await focused(page), 'どの方法で確認しますか');
    await tabTo(page, '次へ');
    await page.keyboard.press('Enter');
    await reach(page, 'consent');
    await wallet(page, site);
    await tabTo(page, 'ウォレットで確認する');
    await page.keyboard.press('Enter');
    await reach(page, 'review');
    assert.equal(await focused(page), '読み取った内容を確認');
    await tabTo(page, 'この内容で確定する');
    await page.keyboard.press('Enter');
    await reach(page, 'done');
    assert.equal(await focused(page), '本人確認が完了しました');
  } finally {
    await browser.close();
    await site.stop();
  }
});

/** Waits for a state, and for its screen to stand. */
async function reach(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const element = document.querySelector('id-verify');
      const screen = element?.shadowRoot?.querySelector('.panel:not(:has(.skeleton))');
      return element?.state === wanted && screen !== null;
    },
    { timeout: 15_000 },
    state,
  );
}

/** The browser's virtual wallet answers as the simulated one does. */
async function wallet(page: Page, site: Site): Promise<void> {
  let credential = await site.answer();
  while (!credential) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    credential = await site.answer();
  }
  const devtools = await page.createCDPSession();
  await devtools.send('DigitalCredentials.setVirtualWalletBehavior', {
    action: 'respond',
    protocol: credential.protocol,
    response: credential.data,
  });
}

/** What has the focus, by its words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const inside = document.activeElement?.shadowRoot?.activeElement;
    return inside?.textContent?.trim() ?? document.activeElement?.tagName ?? '';
  });

async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 12; presses++) {
    if ((await focused(page)) === label) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${label} is not reached by Tab`);
}
