/** A file, opened and judged like a frame. Loaded when somebody chooses one. */
import { SMALLEST_SIDE } from '../../resolution.ts';
import { FileError } from '../capture/choose-file.ts';
import { guidanceOf } from '../capture/guidance.ts';
import type { Analyst } from '../capture/judgement.ts';
import { shotFrom, type TakenShot } from '../capture/shot.ts';
import type { Subject } from '../capture/subject.ts';
import { loadFaceFinder } from '../faces/find.ts';

export { fileProblem } from './messages.ts';

/** Decoding takes memory many times this. */
const LARGEST_FILE_BYTES = 40_000_000;

/**
 * A file is kept whole: nobody saw a viewfinder's frame around it.
 * @throws FileError
 */
export async function shotFromFile(
  file: Blob,
  { task, maxLongSide }: Subject,
  shownAt: number,
  analyst: Analyst,
  signal: AbortSignal,
): Promise<TakenShot> {
  const judged = await analyst.measure(await openPicture(file), task);
  const { picture, measured } = judged;
  const { width, height } = picture;
  const scale = Math.min(1, maxLongSide / Math.max(width, height));
  if (Math.min(width, height) * scale < SMALLEST_SIDE) {
    picture.close();
    throw new FileError('small');
  }
  const find = task.kind === 'face' ? await loadFaceFinder(signal) : undefined;
  const face = await find?.(picture).catch(() => undefined);
  const position = face === 'in_place' ? undefined : face;
  return shotFrom(
    { ...judged, faceLookedFor: face !== undefined },
    { x: 0, y: 0, width, height },
    maxLongSide,
    { guidance: guidanceOf(measured, position), capture: 'file', shownAt },
  );
}

/** @throws FileError */
async function openPicture(file: Blob): Promise<ImageBitmap> {
  if (file.size > LARGEST_FILE_BYTES) throw new FileError('large');
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new FileError((await isHeic(file)) ? 'heic' : 'unreadable', { cause });
  }
}

/** By its first bytes (ISO/IEC 14496-12 `ftyp`), since names and types are often missing. */
async function isHeic(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1)/.test(String.fromCharCode(...head));
}
