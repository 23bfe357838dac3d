/** What a catalog of another language must have: the keys of the Japanese one, and its parameters. */
import type { ja } from './ja.ts';
import type { jaLater } from './ja-later.ts';
import type { jaTrouble } from './ja-trouble.ts';

/** The same keys with any text in place of the Japanese one. */
type Translated<T> = T extends (...parameters: infer P) => string
  ? (...parameters: P) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Translated<T[K]> };

/** Texts of the first screens. */
export type Messages = Translated<typeof ja>;
/** Texts of everything after, as long as all goes well. */
export type LaterMessages = Translated<typeof jaLater>;
/** Texts for when it does not. */
export type TroubleMessages = Translated<typeof jaTrouble>;
