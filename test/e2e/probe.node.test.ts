/** The page to open on a real phone, in a browser that has a fake camera and no wallet. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startDemo } from './deployment.ts';
import { setting } from './setting.ts';

const { browser, site: demo } = await setting(startDemo, {
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});

it('reports what this browser can do, and nothing about who uses it', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${demo.origin}/demo/probe.html`);
  const report = () => page.$eval('#report', (area) => (area as HTMLTextAreaElement).value);

  await page.click('#look');
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#report')?.value);
  const { userAgent, errors, protocols } = JSON.parse(await report());
  assert.equal(userAgent, await page.evaluate(() => navigator.userAgent));
  assert.deepEqual(Object.keys(errors), ['empty', 'text']);
  assert.ok('org-iso-mdoc' in protocols);

  await page.click('#camera');
  await page.waitForFunction(
    () =>
      'camera' in JSON.parse(document.querySelector<HTMLTextAreaElement>('#report')?.value ?? ''),
  );
  const told = await report();
  assert.ok(JSON.parse(told).camera.width > 0, told);
  assert.doesNotMatch(told, /deviceId|groupId|localhost|127\.0\.0\.1/);
  assert.deepEqual(complaints, []);
});
