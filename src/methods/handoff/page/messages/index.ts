import type { Catalogs } from '../../../../ui/lazy-messages.ts';
import type { ja } from './ja.ts';

export type HandoffMessages = typeof ja;

export const loadHandoffMessages: Catalogs<HandoffMessages> = {
  ja: () => import('./ja.ts'),
  en: () => import('./en.ts'),
};
