/**
 * Takes a picture of every screen, to be looked at: `node test/tools/screens.ts [folder] [word]
 * [page]`. Phone and desktop width, light and dark, Japanese and English; `word` picks scenes by
 * name, and the page `photo-screens` has those of the camera, also on a phone held sideways.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { launchChromium } from '../chromium.ts';

const [folder = '/tmp/shots', word = '', source = 'screens'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));

const LOOKS = [
  { width: 360, height: 700, language: 'ja', theme: 'light' },
  { width: 360, height: 700, language: 'en', theme: 'dark' },
  { width: 1280, height: 700, language: 'ja', theme: 'dark' },
  { width: 1280, height: 700, language: 'en', theme: 'light' },
] as const;
const SIDEWAYS = { width: 780, height: 360, language: 'ja', theme: 'light' } as const;
const looks = source === 'photo-screens' ? [...LOOKS, SIDEWAYS] : LOOKS;

await mkdir(folder, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
});
await server.listen();
const browser = await launchChromium({ headless: true });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(`${server.resolvedUrls?.local[0]}test/tools/${source}.html`);
  await page.waitForFunction('globalThis.sceneNames');
  const names = (await page.evaluate('sceneNames')) as string[];
  for (const { width, height, language, theme } of looks) {
    await page.setViewport({ width, height, deviceScaleFactor: width < 500 ? 2 : 1 });
    for (const name of names.filter((candidate) => candidate.includes(word))) {
      await page.evaluate(`show('${name}', '${language}', '${theme}')`);
      await page.screenshot({
        path: `${folder}/${name}.${width}.${language}.${theme}.png`,
        fullPage: true,
      });
    }
  }
} finally {
  await browser.close();
  await server.close();
}
