/** Each language by itself: these are too many words to carry both. */
import type { Language } from '../../../i18n/catalog.ts';
import type { ja } from './ja.ts';

export type PhotoMessages = typeof ja;

export const loadPhotoMessages: Record<Language, () => Promise<PhotoMessages>> = {
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
};
