/** What a camera films is taken by itself, or never: Chromium plays films of drawn things as its camera. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../chromium.ts';
import { drawFilm, type Film } from '../tools/film.ts';
import { Person, ROOT } from './photo-person.ts';
import { type PhotoSite, startPhotoSite } from './photo-site.ts';

const HD = { width: 1280, height: 720 };
const FULL_HD = { width: 1920, height: 1080 };
const WATCHED_MS = 15_000;
const TAKEN = 'この写真でよいですか';

let site: PhotoSite;
let folder: string;
before(async () => {
  site = await startPhotoSite();
  folder = await mkdtemp(join(tmpdir(), 'films-'));
});
after(async () => {
  await site.stop();
  await rm(folder, { recursive: true });
});

/** A person whose camera sees the film, from the moment it runs. */
async function watching(
  film: Film,
  asked: string,
  heading: string,
  work: (person: Person) => Promise<void>,
): Promise<void> {
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
    await person.until(
      `${ROOT}.querySelector('h2')?.innerText.includes('${TAKEN}') || ${ROOT}.querySelector('h2')?.innerText.includes('${heading}')`,
    );
    await work(person);
  } finally {
    await browser.close();
  }
}

describe('taken by itself:', () => {
  const films: readonly [what: string, asked: string, heading: string, film: Film][] = [
    ['a licence, calm', 'driving-licence', 'おもて面', { thing: 'licence', ...HD }],
    [
      'a licence in a trembling hand',
      'driving-licence',
      'おもて面',
      { thing: 'licence', trembling: true, ...HD },
    ],
    ['a passport’s page, calm', 'passport', '顔写真のページ', { thing: 'page', ...FULL_HD }],
  ];
  for (const [what, asked, heading, film] of films)
    test(what, (t) =>
      watching(film, asked, heading, async (person) => {
        const start = performance.now();
        await person.reach(TAKEN);
        t.diagnostic(`after ${((performance.now() - start) / 1000).toFixed(1)} s`);
      }),
    );
});

describe('never taken by itself, and told why:', () => {
  const cutOff = { side: 'right', share: 0.06 } as const;
  const other = '別の書類';
  const films: readonly [what: string, asked: string, says: string | RegExp, film: Film][] = [
    ['a playing card as a licence', 'driving-licence', other, { thing: 'playing card', ...HD }],
    ['a playing card as a passport', 'passport', other, { thing: 'playing card', ...FULL_HD }],
    [
      'a licence of which 6 % are outside',
      'driving-licence',
      '全体が入る',
      { thing: 'licence', cut: cutOff, ...HD },
    ],
    [
      'a camera of 320 × 240',
      'driving-licence',
      'カメラ',
      { thing: 'licence', width: 320, height: 240 },
    ],
    ['a phone', 'driving-licence', other, { thing: 'phone', ...HD }],
    ['a receipt', 'driving-licence', /./, { thing: 'receipt', ...HD }],
    ['a face', 'driving-licence', /./, { thing: 'face', ...HD }],
  ];
  for (const [what, asked, says, film] of films)
    test(what, (t) =>
      watching(
        film,
        asked,
        asked === 'passport' ? '顔写真のページ' : 'おもて面',
        async (person) => {
          const said = new Set<string>();
          for (const end = Date.now() + WATCHED_MS; Date.now() < end; await pause(100)) {
            const heading = await person.read<string>(`${ROOT}.querySelector('h2').innerText`);
            assert.ok(!heading.includes(TAKEN), 'it was taken');
            said.add(
              await person.read<string>(`${ROOT}.querySelector('.advice')?.innerText ?? ''`),
            );
          }
          t.diagnostic([...said].join(' / '));
          assert.match([...said].join(), new RegExp(says));
        },
      ),
    );
});
