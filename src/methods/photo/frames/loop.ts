/** Calls for each video frame worth looking at: never two at once, never faster than wanted. */

type VideoFrames = Partial<Pick<HTMLVideoElement, 'requestVideoFrameCallback'>>;

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
  const look = () => {
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
  };
  const frames: VideoFrames = video;
  const next = () => {
    if (frames.requestVideoFrameCallback) frames.requestVideoFrameCallback(look);
    else requestAnimationFrame(look);
  };
  next();
}
