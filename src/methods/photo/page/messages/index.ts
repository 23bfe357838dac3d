/** Each language by itself: these are too many words to carry both. */
import type { Catalogs } from '../../../../ui/lazy-messages.ts';
import type { ja } from './ja.ts';

export type PhotoMessages = typeof ja;
export const loadPhotoMessages: Catalogs<PhotoMessages> = {
  ja: () => import('./ja.ts'),
  en: () => import('./en.ts'),
};
