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
