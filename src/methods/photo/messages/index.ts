/** Each language by itself: these are too many words to carry both. */
import type { Language } from '../../../i18n/catalog.ts';
import type { ja } from './ja.ts';
import type { jaRare } from './ja-rare.ts';

export type PhotoMessages = typeof ja;
export type RareMessages = typeof jaRare;

export const loadPhotoMessages: Record<Language, () => Promise<PhotoMessages>> = {
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
};

export const loadRareMessages: Record<Language, () => Promise<RareMessages>> = {
  ja: async () => (await import('./ja-rare.ts')).jaRare,
  en: async () => (await import('./en-rare.ts')).enRare,
};
