/** A page whose root is 62.5 %, for a person whose browser draws text twice as large. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setting } from '../e2e/setting.ts';
import { startSite } from '../site.ts';

const { browser, site } = await setting(startSite);

/** Size of the text and height of the button on the first screen. */
async function measured(standard: number): Promise<{ text: number; button: number }> {
  const page = await browser.newPage();
  const devtools = await page.createCDPSession();
  await devtools.send('Page.setFontSizes', { fontSizes: { standard } });
  await page.goto(site.origin);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '62.5%';
  });
  const button = await page.waitForSelector('id-verify >>> [part~="primary"]');
  const found = await button?.evaluate((element) => ({
    text: Number.parseFloat(getComputedStyle(element).fontSize),
    button: element.getBoundingClientRect().height,
  }));
  await page.close();
  assert.ok(found);
  return found;
}

test('the root does not count, the person’s own size does', async () => {
  const usual = await measured(16);
  assert.equal(usual.text, 16);
  assert.ok(usual.button >= 44, `${usual.button}`);
  const large = await measured(32);
  assert.equal(large.text, 32);
  assert.ok(large.button >= 88, `${large.button}`);
});
