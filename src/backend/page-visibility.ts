/** When a page can be seen, and the moments it comes back from wherever it was. */
import { anySignal } from '../wire/abortable.ts';

/** Where the signs come from; replaced in tests. */
export interface PageSignals {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener'>;
  readonly window: Pick<Window, 'addEventListener'>;
}

export interface PageVisibility {
  /** Resolves at once while the page is visible, otherwise when it is again or the signal aborts. */
  visible(): Promise<void>;
  /** Aborts when the page is hidden, shown, focused, restored from the cache, off line or on again. */
  next(): AbortSignal;
}

export function watchVisibility(
  { document, window }: PageSignals,
  signal: AbortSignal,
): PageVisibility {
  let look = new AbortController();
  const turn = () => {
    look.abort();
    look = new AbortController();
  };
  document.addEventListener('visibilitychange', turn, { signal });
  for (const sign of ['pageshow', 'focus', 'online', 'offline']) {
    window.addEventListener(sign, turn, { signal });
  }
  return {
    next: () => look.signal,
    async visible() {
      while (document.visibilityState === 'hidden' && !signal.aborted) {
        const either = anySignal([signal, look.signal]);
        if (either.aborted) continue;
        await new Promise((resolve) => either.addEventListener('abort', resolve, { once: true }));
      }
    },
  };
}
