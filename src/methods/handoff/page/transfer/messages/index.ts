import type { Catalogs } from '../../../../../ui/lazy-messages.ts';
import type { ja } from './ja.ts';

export type TransferMessages = typeof ja;

export const loadTransferMessages: Catalogs<TransferMessages> = {
  ja: () => import('./ja.ts'),
  en: () => import('./en.ts'),
};
