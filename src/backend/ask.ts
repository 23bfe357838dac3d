/** Calls, repeated only where that is safe. */
import { type Answer, type Call, once, type Transport, Unanswered } from './call.ts';

const ATTEMPTS = 3;
/** For a server that says when to come back: about a minute of its usual five seconds. */
const BUSY_ATTEMPTS = 12;
/** A server that asks for a longer pause is unavailable for a person who is waiting. */
const LONGEST_RETRY_DELAY_MS = 10_000;

/** Resolves after `ms`, rejects when aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Asks, and again where that does no more than asking once.
 * @throws like `once`
 */
export async function ask<T>(
  transport: Transport,
  call: Call<T>,
  signal: AbortSignal,
): Promise<Answer<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(transport, call, signal);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      const told = error.busy && error.wait !== undefined;
      const again = call.repeatable || told;
      const most = told ? BUSY_ATTEMPTS : ATTEMPTS;
      const wait = error.wait ?? 2 ** attempt * 200 * (0.5 + Math.random());
      if (!again || attempt >= most || wait > LONGEST_RETRY_DELAY_MS) throw error;
      await pause(wait, signal);
    }
  }
}
