/** Which languages there are, and which of them a tag means. */

/** The languages of the menu, each by its own name. */
export const LANGUAGES = { ja: '日本語', en: 'English' } as const;
/** A language the element speaks. */
export type Language = keyof typeof LANGUAGES;

/** The supported language a tag such as `en-GB` means, or undefined. */
export function supported(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-', 1)[0] ?? '';
  return Object.hasOwn(LANGUAGES, primary) ? (primary as Language) : undefined;
}
