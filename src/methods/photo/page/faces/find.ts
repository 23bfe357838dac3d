/**
 * Where faces are found, if anywhere: by the browser's own detector, or by one the site brings along.
 * This project ships none, and works without: loaded where one of them may be there.
 */

import { anySignal } from '../../../../wire/abortable.ts';
import { type FaceAdapter, type FaceBox, providedFaceAdapter } from '../face-adapter.ts';
import { type FacePosition, judgePosition } from './position.ts';

interface NativeDetector {
  detect(picture: ImageBitmap): Promise<readonly { readonly boundingBox: FaceBox }[]>;
}
type NativeDetectorClass = new (options: { fastMode: boolean }) => NativeDetector;

/** A detector that does not come by then is done without. */
const DETECTOR_TIMEOUT_MS = 10_000;

/** What is wrong with the face's position in a picture, if anything. */
export type FaceFinder = (picture: ImageBitmap) => Promise<FacePosition | 'in_place'>;

/** Undefined where faces are not found, only light, blur and motion judged. */
export async function loadFaceFinder(signal: AbortSignal): Promise<FaceFinder | undefined> {
  const adapter = await loadFaceAdapter(signal);
  return (
    adapter &&
    (async (picture) =>
      judgePosition(await adapter.detect(picture), picture.width, picture.height) ?? 'in_place')
  );
}

async function loadFaceAdapter(signal: AbortSignal): Promise<FaceAdapter | undefined> {
  try {
    return await Promise.race([providedFaceAdapter()?.() ?? native(), givenUp(signal)]);
  } catch {
    return undefined;
  }
}

function givenUp(signal: AbortSignal): Promise<never> {
  const over = anySignal([signal, AbortSignal.timeout(DETECTOR_TIMEOUT_MS)]);
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
