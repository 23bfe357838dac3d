/** The demo page walks the whole path by keyboard and by mouse: two languages, two widths, light and dark. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hasFocus, keyboard, LOOKS, mouse, openDemo, STEPS, walkDemo } from './demo-walk.ts';
import { startDemo } from './deployment.ts';
import { setting } from './setting.ts';

const { browser, site: demo } = await setting(startDemo);

for (const [name, hand] of Object.entries({ keyboard, mouse })) {
  for (const look of LOOKS) {
    it(`by ${name}, ${look.language}, ${look.width} px, ${look.theme}: to the result the server redeemed`, async () => {
      const page = await openDemo(browser, demo.origin, look);
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      const passed: string[] = [];
      await walkDemo(page, look, hand, async (step) => {
        passed.push(step);
        const { across, wide } = await page.evaluate(() => ({
          across: document.documentElement.scrollWidth,
          wide: document.documentElement.clientWidth,
        }));
        assert.ok(across <= wide, `${step} scrolls sideways: ${across} > ${wide}`);
        if (step === 'intro' || step === 'sheet') return;
        const heading = await page.$eval('id-verify >>> [part~="heading"]', ({ textContent }) =>
          textContent?.trim(),
        );
        await hasFocus(page, heading ?? '');
      });
      assert.deepEqual(passed, STEPS);
      await page.waitForFunction(
        () => document.querySelector('#seen')?.textContent?.includes('"verified"'),
        { timeout: 10_000 },
      );
      const seen = await page.$eval('#seen', ({ textContent }) => textContent ?? '');
      assert.match(seen, /member-hanako/);
      assert.match(seen, /org\.iso\.23220\.1\.jp\.mnc/);
      assert.deepEqual(complaints, []);
      await page.browserContext().close();
    });
  }
}
