/**
 * Takes a picture of every step of the demo, to be looked at:
 * `npm run build && node test/tools/walk.ts [folder]`. Phone and desktop, light and dark, both languages.
 */
import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../chromium.ts';
import { keyboard, LOOKS, openDemo, walkDemo } from '../e2e/demo-walk.ts';
import { startDemo } from '../e2e/deployment.ts';

const [folder = '/tmp/walk'] = process.argv.slice(2);

await mkdir(folder, { recursive: true });
const demo = await startDemo();
const browser = await launchChromium();
try {
  for (const look of LOOKS) {
    const page = await openDemo(browser, demo.origin, look);
    await walkDemo(page, look, keyboard, async (step) => {
      // Portraits and what the server saw arrive a moment later.
      await pause(300);
      const { width, language, theme } = look;
      const path = `${folder}/${step}.${width}.${language}.${theme}.png` as const;
      await page.screenshot({ path, fullPage: step !== 'sheet' });
    });
    await page.browserContext().close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
