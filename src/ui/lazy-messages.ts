/** Words too many to carry in every language: fetched in the one shown, and in another when chosen. */
import type { Language } from '../i18n/language.ts';
import type { MethodId } from '../wire/contract.ts';
import { fetched } from '../wire/fetched.ts';
import type { PanelView } from './view.ts';

/** Each language is a module of its own, which exports the catalog by the language's name. */
export type Catalogs<T> = { readonly [L in Language]: () => Promise<{ readonly [_ in L]: T }> };

export type LazyMessages<T> = (method: MethodId, view: PanelView) => T | undefined;

/**
 * @param arrived called when there are words to show that were not there before
 * @param missing called with an IdVerifyError where they could not be fetched and there are none in
 *   any language
 * @returns the newest words there are; undefined until the first have arrived
 */
export function lazyMessages<T extends object>(
  load: Catalogs<T>,
  arrived: () => void,
  missing: (error: unknown) => void,
): LazyMessages<T> {
  let wanted: Language | undefined;
  let words: T | undefined;

  async function fetchWords(lang: Language): Promise<void> {
    try {
      const newer: { readonly [L in Language]?: T } = await fetched<object>(load[lang]());
      if (lang !== wanted) return;
      words = newer[lang];
      arrived();
    } catch (error) {
      if (!words) missing(error);
    }
  }

  return (method, view) => {
    if (view.lang !== wanted) {
      wanted = view.lang;
      void fetchWords(view.lang);
    }
    return words && view.words(method, words);
  };
}
