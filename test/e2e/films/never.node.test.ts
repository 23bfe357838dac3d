/** What a camera films is never taken by itself, and the person is told why. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Film } from '../../tools/film.ts';
import { ROOT } from '../photo-person.ts';
import { type PhotoSite, startPhotoSite } from '../photo-site.ts';
import { FULL_HD, HD, TAKEN, watching } from './watching.ts';

const WATCHED_MS = 15_000;

let site: PhotoSite;
before(async () => {
  site = await startPhotoSite();
});
after(() => site.stop());

const OTHER = /別の書類/;
const CUT = { side: 'right', share: 0.06 } as const;
const FILMS: readonly [what: string, asked: 'driving-licence' | 'passport', says: RegExp, Film][] =
  [
    ['a playing card as a licence', 'driving-licence', OTHER, { thing: 'playing card', ...HD }],
    ['a playing card as a passport', 'passport', OTHER, { thing: 'playing card', ...FULL_HD }],
    [
      'a licence of which 6 % are outside',
      'driving-licence',
      /全体が入る/,
      { thing: 'licence', cut: CUT, ...HD },
    ],
    [
      'a camera of 320 × 240',
      'driving-licence',
      /このカメラでは/,
      { thing: 'licence', width: 320, height: 240 },
    ],
    ['a phone', 'driving-licence', OTHER, { thing: 'phone', ...HD }],
    ['a receipt', 'driving-licence', /./, { thing: 'receipt', ...HD }],
    ['a face', 'driving-licence', /./, { thing: 'face', ...HD }],
  ];

for (const [what, asked, says, film] of FILMS)
  test(`${what}: never taken by itself`, (t) =>
    watching(site, film, asked, async (person) => {
      const said = new Set<string>();
      for (const end = Date.now() + WATCHED_MS; Date.now() < end; await pause(100)) {
        const heading = await person.read<string>(`${ROOT}.querySelector('h2').innerText`);
        assert.ok(!heading.includes(TAKEN), 'it was taken');
        const text = `${ROOT}.querySelector('.advice')?.innerText ?? ''`;
        said.add(await person.read<string>(text));
      }
      t.diagnostic([...said].join(' / '));
      assert.match([...said].join(), says);
    }));
