/** Which languages there are, how their catalogs are loaded, and what a page may replace in them. */
import type { MethodId } from '../wire/contract.ts';
import { ja } from './ja.ts';
import type { LaterMessages, Messages, TroubleMessages } from './translated.ts';

export type { LaterMessages, Messages, TroubleMessages } from './translated.ts';

/** The languages of the menu, each by its own name. */
export const LANGUAGES = { ja: '日本語', en: 'English' } as const;
/** A language the element speaks. */
export type Language = keyof typeof LANGUAGES;

type Replaced<T> = T extends string | ((...parameters: never[]) => string)
  ? T
  : { readonly [K in keyof T]?: Replaced<T[K]> };

export type AllMessages = Messages & LaterMessages;
/** Texts a page puts in the place of ours, in the same tree, for one element. */
export type MessageOverrides = Replaced<AllMessages & TroubleMessages> & {
  /** Words of a method's own panels, in the tree of its `messages` folder. */
  readonly panels?: { readonly [method in MethodId]?: object };
};

export { ja };

/** Japanese is there at once; other languages arrive. */
export const loadMessages: Record<Language, () => Messages | Promise<Messages>> = {
  ja: () => ja,
  en: async () => (await import('./en.ts')).en,
};

export const loadLaterMessages: Record<Language, () => Promise<LaterMessages>> = {
  ja: async () => (await import('./ja-later.ts')).jaLater,
  en: async () => (await import('./en-later.ts')).enLater,
};

export const loadTroubleMessages: Record<Language, () => Promise<TroubleMessages>> = {
  ja: async () => (await import('./ja-trouble.ts')).jaTrouble,
  en: async () => (await import('./en-trouble.ts')).enTrouble,
};

/** The supported language a tag such as `en-GB` means, or undefined. */
export function supported(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-', 1)[0] ?? '';
  return Object.hasOwn(LANGUAGES, primary) ? (primary as Language) : undefined;
}

/** A catalog with a page's own texts in it; what is of another kind than ours is no text. */
export function override<T extends object>(messages: T, own: object | undefined): T {
  if (!own) return messages;
  return merge(messages, own) as T;
}

function merge(base: object, own: object): object {
  const entries = Object.entries(base).map(([key, value]) => {
    const replacement: unknown = Object.hasOwn(own, key) ? Reflect.get(own, key) : undefined;
    if (replacement === undefined) return [key, value];
    if (typeof value === 'function' && typeof replacement === 'string')
      return [key, () => replacement];
    if (replacement === null || typeof replacement !== typeof value) return [key, value];
    return [key, typeof replacement === 'object' ? merge(value, replacement) : replacement];
  });
  return Object.fromEntries(entries);
}
