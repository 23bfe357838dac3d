/** Ending and erasing what is due, a part at a time, so that answers come in between. */
import type { Swept } from '../store/store.ts';
import type { Core } from './core.ts';
import { logFailure } from './log.ts';

/** Everything that is due now. @throws IdVerifyError `unavailable/storage` */
export async function sweep({ store, now }: Core): Promise<Omit<Swept, 'more'>> {
  let expired = 0;
  let erased = 0;
  for (;;) {
    const part = await store.sweep(now());
    expired += part.expired;
    erased += part.erased;
    if (!part.more) return { expired, erased };
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/**
 * Now, and again `ms` after each end, until the signal aborts or the verifier is closed. One that
 * fails is in the log, and the next one comes all the same.
 */
export function sweepEvery(core: Core, ms: number, signal?: AbortSignal): void {
  const over = signal ? AbortSignal.any([signal, core.closing]) : core.closing;
  let timer: ReturnType<typeof setTimeout>;
  const turn = async (): Promise<void> => {
    await sweep(core).catch((error: unknown) => logFailure(core, error, { event: 'sweep.failed' }));
    if (!over.aborted) timer = setTimeout(turn, ms);
  };
  over.addEventListener('abort', () => clearTimeout(timer), { once: true });
  if (!over.aborted) void turn();
}
