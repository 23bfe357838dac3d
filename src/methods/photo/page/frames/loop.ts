/** Calls for each video frame worth looking at: never two at once, never faster than wanted. */

/** WebKit stops telling of frames when a video gets another stream; then the clock does. */
const SILENCE = 400;

/**
 * @param each its promise is waited for; what it throws ends nothing
 * @param interval milliseconds between two calls, at least
 */
export function followFrames(
  video: HTMLVideoElement,
  each: () => Promise<void>,
  interval: () => number,
  signal: AbortSignal,
): void {
  let last = Number.NEGATIVE_INFINITY;
  let busy = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  /** The frame that is waited for; an older one that comes late is not. */
  let turn = 0;

  function look(): void {
    if (signal.aborted) return;
    next();
    const now = performance.now();
    if (busy || now - last < interval() || video.videoWidth === 0 || video.paused) return;
    last = now;
    busy = true;
    each()
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  }

  function next(): void {
    clearTimeout(silence);
    const mine = ++turn;
    const come = () => {
      if (mine === turn) look();
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(come);
    else requestAnimationFrame(come);
    silence = setTimeout(come, SILENCE);
  }

  signal.addEventListener('abort', () => clearTimeout(silence));
  next();
}
