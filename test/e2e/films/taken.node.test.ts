/** What a camera films is taken by itself. */
import { after, before, test } from 'node:test';
import type { Film } from '../../tools/film.ts';
import { type PhotoSite, startPhotoSite } from '../photo-site.ts';
import { FULL_HD, HD, TAKEN, watching } from './watching.ts';

let site: PhotoSite;
before(async () => {
  site = await startPhotoSite();
});
after(() => site.stop());

const FILMS: readonly [what: string, asked: 'driving-licence' | 'passport', film: Film][] = [
  ['a licence, calm', 'driving-licence', { thing: 'licence', ...HD }],
  [
    'a licence in a trembling hand',
    'driving-licence',
    { thing: 'licence', trembling: true, ...HD },
  ],
  ['a passport’s page, calm', 'passport', { thing: 'page', ...FULL_HD }],
];

for (const [what, asked, film] of FILMS)
  test(`${what}: taken by itself`, (t) =>
    watching(site, film, asked, async (person) => {
      const start = performance.now();
      await person.reach(TAKEN);
      t.diagnostic(`after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }));
