/** Somebody whose camera sees a film: Chromium plays one of drawn things in the place of its camera. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../../chromium.ts';
import { drawFilm, type Film } from '../../tools/film.ts';
import { Person, ROOT } from '../photo-person.ts';
import type { PhotoSite } from '../photo-site.ts';

export const HD = { width: 1280, height: 720 };
export const FULL_HD = { width: 1920, height: 1080 };
export const TAKEN = 'この写真でよいですか';

const HEADINGS = { 'driving-licence': 'おもて面', passport: '顔写真のページ' } as const;

/** @param work begins once the camera is asked for the first side, or has taken it already */
export async function watching(
  site: PhotoSite,
  film: Film,
  asked: keyof typeof HEADINGS,
  work: (person: Person) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'films-'));
  const file = join(folder, 'film.y4m');
  await writeFile(file, drawFilm(film));
  const browser = await launchChromium({
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
  try {
    const person = await Person.visit(browser, `${site.origin}/camera`, async () => undefined);
    await person.begin(asked);
    const heading = `${ROOT}.querySelector('h2')?.innerText`;
    await person.until(
      `['${TAKEN}', '${HEADINGS[asked]}'].some((one) => ${heading}.includes(one))`,
    );
    await work(person);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
