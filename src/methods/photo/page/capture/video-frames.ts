/** The frames of a video worth looking at: one at a time, never faster than wanted. */

/** WebKit stops telling of frames when a video gets another stream; then the clock does. */
const NO_FRAME_TIMEOUT_MS = 400;

/**
 * Frames as they come, while the one before is not being looked at any more. Whoever takes one
 * closes it.
 * @param interval milliseconds between two frames, at least
 */
export async function* videoFrames(
  video: HTMLVideoElement,
  interval: () => number,
  signal: AbortSignal,
): AsyncGenerator<ImageBitmap, void> {
  let last = Number.NEGATIVE_INFINITY;
  for (;;) {
    await nextFrame(video);
    if (signal.aborted) return;
    const now = performance.now();
    if (now - last < interval() || video.videoWidth === 0 || video.paused) continue;
    last = now;
    // A video between two streams has no frame to give.
    const picture = await createImageBitmap(video).catch(() => undefined);
    if (picture) yield picture;
  }
}

const nextFrame = (video: HTMLVideoElement): Promise<void> =>
  new Promise((resolve) => {
    const silence = setTimeout(resolve, NO_FRAME_TIMEOUT_MS);
    const come = () => {
      clearTimeout(silence);
      resolve();
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(come);
    else requestAnimationFrame(come);
  });
