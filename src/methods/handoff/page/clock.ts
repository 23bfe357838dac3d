/** Time left by the server's clock. Ticks only while somebody can see it. */

const TICK_MS = 1_000;

export interface Clock {
  /** Milliseconds until a time of the server's clock, never below 0. */
  left(expiresAt: number): number;
  /** Takes the server's clock from an answer. */
  set(serverNow: number): void;
}

/** @param tick called each second while the page is visible, and at once when it is again */
export function startClock(tick: () => void, signal: AbortSignal): Clock {
  let skew = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const turn = () => {
    clearInterval(timer);
    if (signal.aborted || document.visibilityState === 'hidden') return;
    timer = setInterval(tick, TICK_MS);
    tick();
  };
  document.addEventListener('visibilitychange', turn, { signal });
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  timer = setInterval(tick, TICK_MS);
  return {
    left: (expiresAt) => Math.max(0, expiresAt - Date.now() - skew),
    set(serverNow) {
      skew = serverNow - Date.now();
    },
  };
}
