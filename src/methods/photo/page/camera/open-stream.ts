/**
 * What to ask of the browser, from most to least wanted. Only wishes, because a demand (`exact`) that
 * cannot be met is an error where any camera would have helped. The exception is a lens the person
 * chose: as a wish it would lose against one whose resolution comes closer.
 */
export type Facing = 'environment' | 'user';

export interface CameraWish {
  readonly facing: Facing;
  /** The person's own choice of lens; never together with `facing`, which could contradict it. */
  readonly deviceId?: string;
}

/** 200 dpi of a passport's page even where it does not fill the frame. */
const SIZE = { width: { ideal: 2560 }, height: { ideal: 1440 } };

export function ladder({ facing, deviceId }: CameraWish): MediaTrackConstraints[] {
  const byFacing = { facingMode: { ideal: facing } };
  return [
    ...(deviceId ? [{ deviceId: { exact: deviceId }, ...SIZE }] : []),
    { ...byFacing, ...SIZE },
    byFacing,
    {},
  ];
}

/** Worth another rung: what was asked could not be met. Anything else would fail again. */
const ANOTHER_RUNG = ['OverconstrainedError', 'NotReadableError', 'AbortError'];

/**
 * Opens a camera. A stream that comes after the signal aborted is stopped at once.
 * @throws what the browser threw on the last rung, or the signal's reason
 */
export async function openStream(wish: CameraWish, signal: AbortSignal): Promise<MediaStream> {
  let failure: unknown;
  for (const video of ladder(wish)) {
    signal.throwIfAborted();
    try {
      const wanted = Object.keys(video).length > 0 ? video : true;
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
      if (!signal.aborted) return stream;
      stopStream(stream);
    } catch (error) {
      failure = error;
      if (!(error instanceof Error || error instanceof DOMException)) break;
      if (!ANOTHER_RUNG.includes(error.name)) break;
    }
  }
  signal.throwIfAborted();
  throw failure;
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
