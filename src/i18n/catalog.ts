/** What holds for every catalog of messages: how it is translated, and how a page replaces parts. */

/** The same keys with any text in place of the Japanese one: a missing key does not compile. */
export type Translated<T> = T extends (...parameters: infer P) => string
  ? (...parameters: P) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Translated<T[K]> };

/** Some texts of a catalog, in the same tree. */
export type Replaced<T> = T extends string | ((...parameters: never[]) => string)
  ? T
  : { readonly [K in keyof T]?: Replaced<T[K]> };

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
