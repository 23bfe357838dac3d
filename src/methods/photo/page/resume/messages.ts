/** Words for a photo that a reviewer asks for again. */
import type { Language } from '../../../../i18n/language.ts';

interface RetakeMessages {
  readonly retakeAsked: {
    readonly heading: string;
    readonly why: (site: string) => string;
    readonly rest: string;
    readonly begin: string;
  };
}

export const retakeMessages: Readonly<Record<Language, RetakeMessages>> = {
  ja: {
    retakeAsked: {
      heading: '写真を1枚、撮り直してください',
      why: (site) => `${site}の担当者からの連絡です。`,
      rest: 'ほかの写真はそのまま使います。',
      begin: '撮り直す',
    },
  },
  en: {
    retakeAsked: {
      heading: 'Please take one photo again',
      why: (site) => `From the person at ${site} who looked at your photos:`,
      rest: 'Your other photos stay as they are.',
      begin: 'Take it again',
    },
  },
};
