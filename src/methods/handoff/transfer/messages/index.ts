import type { Language } from '../../../../i18n/catalog.ts';
import type { ja } from './ja.ts';

export type TransferMessages = typeof ja;

export const loadTransferMessages: Record<Language, () => Promise<TransferMessages>> = {
  ja: async () => (await import('./ja.ts')).ja,
  en: async () => (await import('./en.ts')).en,
};
