/** A file, opened and judged like a frame. Loaded when somebody chooses one. */
import { SMALLEST_SIDE } from '../../evidence-size.ts';
import type { Analyst } from '../frames/analyst.ts';
import type { Task } from '../frames/measure.ts';
import { FileError } from './file.ts';
import { guidanceOf } from './guidance.ts';
import { draw, quadOn, type TakenShot } from './shot.ts';

import type { Limits } from './take.ts';

/** Decoding takes memory many times this. */
const LARGEST = 40_000_000;

/** @throws FileError */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  if (file.size > LARGEST) throw new FileError('large');
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

/**
 * A file is kept whole: nobody saw a viewfinder's frame around it.
 * @throws FileError
 */
export async function shotFromFile(
  file: Blob,
  task: Task,
  { limits }: Limits,
  shownAt: number,
  analyst: Analyst,
): Promise<TakenShot> {
  const judged = await analyst.measure(await openPicture(file), task);
  const { picture, measured } = judged;
  const crop = { x: 0, y: 0, width: picture.width, height: picture.height };
  const canvas = draw(picture, crop, limits.maxLongSide);
  const quad = quadOn(canvas, measured, picture, crop);
  picture.close();
  if (Math.min(canvas.width, canvas.height) < SMALLEST_SIDE) throw new FileError('small');
  return {
    canvas,
    guidance: guidanceOf(measured, undefined),
    ...(measured && { measured }),
    ...(quad && { quad }),
    capture: 'file',
    shownAt,
    takenAt: Date.now(),
  };
}
