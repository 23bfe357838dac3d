/**
 * What `work` comes to, unless `signal` is over first: then its reason. For work of others, who may
 * not heed the signal they were given.
 */
export async function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const listening = new AbortController();
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        const stop = () => reject(signal.reason);
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true, signal: listening.signal });
      }),
    ]);
  } finally {
    listening.abort();
  }
}

/**
 * Aborted as soon as one of `signals` is, with its reason. `AbortSignal.any`, where the browser has
 * it: Safari before 17.4 and Firefox before 124 do not.
 */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const native = (AbortSignal as { any?(signals: readonly AbortSignal[]): AbortSignal }).any;
  if (native) return native.call(AbortSignal, signals);
  const either = new AbortController();
  for (const signal of signals) {
    const stop = () => either.abort(signal.reason);
    if (signal.aborted) stop();
    // Listens no longer than the outcome is open, so that a long-lived signal collects nothing.
    signal.addEventListener('abort', stop, { once: true, signal: either.signal });
  }
  return either.signal;
}
