/** Notices that a server which is asked has not answered for a while; one lost question is no news. */

const LOST_AFTER_MS = 4_000;

export interface ConnectionMonitor {
  /** Something was asked. */
  asked(): void;
  /** Nobody waits for an answer just now. */
  rest(): void;
  /** There was an answer. */
  heard(): void;
}

/** @param lost told yes when nothing was heard for 4 seconds; then no, with an answer or an abort */
export function monitorConnection(
  lost: (now: boolean) => void,
  signal: AbortSignal,
): ConnectionMonitor {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known = false;
  const tell = (now: boolean) => {
    known = now;
    lost(now);
  };
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const heard = () => {
    rest();
    if (known) tell(false);
  };
  signal.addEventListener('abort', heard);
  return {
    asked() {
      timer ??= setTimeout(tell, LOST_AFTER_MS, true);
    },
    rest,
    heard,
  };
}
