/** Each language by itself: these are too many words to carry both. */
import type { Catalogs } from '../../../../ui/lazy-messages.ts';
import type { ja } from './ja.ts';
import type { ja as jaRare } from './ja-rare.ts';

export type PhotoMessages = typeof ja;
export type RareMessages = typeof jaRare;

export const loadPhotoMessages: Catalogs<PhotoMessages> = {
  ja: () => import('./ja.ts'),
  en: () => import('./en.ts'),
};

export const loadRareMessages: Catalogs<RareMessages> = {
  ja: () => import('./ja-rare.ts'),
  en: () => import('./en-rare.ts'),
};
