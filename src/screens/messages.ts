/**
 * The catalogs of the element's screens. Japanese defines the keys, and the first screen has it at
 * once; every other catalog is fetched when its screens are, in the language shown.
 */
import type { Replaced, Translated } from '../i18n/catalog.ts';
import type { Language } from '../i18n/language.ts';
import type { MethodId } from '../wire/contract.ts';
import { ja } from './first/ja.ts';
import type { ja as jaLater } from './later/ja.ts';
import type { ja as jaTrouble } from './trouble/ja.ts';

/** Texts of the first screens. */
export type FirstMessages = Translated<typeof ja>;
/** Texts of everything after, as long as all goes well. */
export type LaterMessages = Translated<typeof jaLater>;
/** Texts for when it does not. */
export type TroubleMessages = Translated<typeof jaTrouble>;

export type AllMessages = FirstMessages & LaterMessages;
/** Texts a page puts in the place of ours, in the same tree, for one element. */
export type MessageOverrides = Replaced<AllMessages & TroubleMessages> & {
  /** Words of a method's own panels, in the tree of its `messages` folder. */
  readonly panels?: { readonly [method in MethodId]?: object };
};

type Catalogs<T> = { readonly [L in Language]: () => T | Promise<T> };

export const loadMessages = {
  first: {
    ja: () => ja,
    en: async () => (await import('./first/en.ts')).en,
  } satisfies Catalogs<FirstMessages>,
  later: {
    ja: async () => (await import('./later/ja.ts')).ja,
    en: async () => (await import('./later/en.ts')).en,
  } satisfies Catalogs<LaterMessages>,
  trouble: {
    ja: async () => (await import('./trouble/ja.ts')).ja,
    en: async () => (await import('./trouble/en.ts')).en,
  } satisfies Catalogs<TroubleMessages>,
};
