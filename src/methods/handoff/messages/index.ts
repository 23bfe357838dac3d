import type { Language } from '../../../i18n/catalog.ts';
import type { ja } from './ja.ts';

export type HandoffMessages = typeof ja;

export const loadHandoffMessages: Record<Language, () => Promise<HandoffMessages>> = {
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
};
