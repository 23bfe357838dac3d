/** A photo of the camera's own, where that has more pixels than its video (MediaStream Image Capture). */

interface PhotoCapabilities {
  readonly imageWidth?: { readonly max: number };
  readonly imageHeight?: { readonly max: number };
}
/** Not yet in the types of everything, and absent in Firefox and Safari. */
type ImageCaptureClass = new (
  track: MediaStreamTrack,
) => {
  getPhotoCapabilities(): Promise<PhotoCapabilities>;
  takePhoto(): Promise<Blob>;
};

/** Nobody holds still for longer. */
const STILL_TIMEOUT_MS = 1_500;
/** A photo with hardly more pixels than the frame is not waited for. */
const WORTH_WAITING = 1.25;

/** @returns undefined where the frame is as good, or the camera cannot, or takes too long */
export async function takeStill(
  track: MediaStreamTrack | undefined,
  frame: { readonly width: number; readonly height: number },
): Promise<ImageBitmap | undefined> {
  const { ImageCapture } = globalThis as { ImageCapture?: ImageCaptureClass };
  if (!ImageCapture || !track) return undefined;
  try {
    const camera = new ImageCapture(track);
    const photo = await Promise.race([photoLargerThan(frame, camera), givenUp()]);
    return photo && (await createImageBitmap(photo, { imageOrientation: 'from-image' }));
  } catch {
    return undefined;
  }
}

async function photoLargerThan(
  { width, height }: { readonly width: number; readonly height: number },
  camera: InstanceType<ImageCaptureClass>,
): Promise<Blob | undefined> {
  const { imageWidth, imageHeight } = await camera.getPhotoCapabilities();
  const longSide = Math.max(imageWidth?.max ?? 0, imageHeight?.max ?? 0);
  return longSide < WORTH_WAITING * Math.max(width, height) ? undefined : camera.takePhoto();
}

const givenUp = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), STILL_TIMEOUT_MS));
