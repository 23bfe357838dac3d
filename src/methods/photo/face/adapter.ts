/**
 * Where faces are found, if anywhere: by the browser's own detector, or by one the site brings along.
 * This project ships none, and works without.
 */

/** In pixels of the picture, about from brow to chin. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface FaceAdapter {
  /** Must not keep the picture, nor close it. */
  detect(picture: ImageBitmap): Promise<readonly FaceBox[]>;
}

interface NativeDetector {
  detect(picture: ImageBitmap): Promise<readonly { readonly boundingBox: FaceBox }[]>;
}
type NativeDetectorClass = new (options: { fastMode: boolean }) => NativeDetector;

let provided: (() => Promise<FaceAdapter>) | undefined;

/**
 * Has faces found by an adapter of the site's own, loaded when the face is about to be taken. One
 * that cannot be loaded, or takes longer than 10 s, is done without.
 */
export function provideFaceAdapter(load: (() => Promise<FaceAdapter>) | undefined): void {
  provided = load;
}

const PATIENCE = 10_000;

/** The adapter to use; undefined where faces are not found, only light, blur and motion judged. */
export async function loadFaceAdapter(signal: AbortSignal): Promise<FaceAdapter | undefined> {
  try {
    return await Promise.race([provided ? provided() : native(), givenUp(signal)]);
  } catch {
    return undefined;
  }
}

function givenUp(signal: AbortSignal): Promise<never> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  return new Promise((_, reject) => {
    over.addEventListener('abort', () => reject(over.reason), { once: true });
  });
}

/** Shape Detection API: in few browsers, and in some only in name. */
async function native(): Promise<FaceAdapter | undefined> {
  const { FaceDetector } = globalThis as { FaceDetector?: NativeDetectorClass };
  if (!FaceDetector) return undefined;
  const detector = new FaceDetector({ fastMode: true });
  const adapter: FaceAdapter = {
    detect: async (picture) => (await detector.detect(picture)).map((face) => face.boundingBox),
  };
  const probe = await createImageBitmap(new ImageData(16, 16));
  try {
    await adapter.detect(probe);
    return adapter;
  } finally {
    probe.close();
  }
}
