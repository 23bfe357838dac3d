/** The two ways a shot comes about: a frame that was picked, or a file. */
import type { PhotoAnswer } from '../../../wire/photo.ts';
import type { CameraFacts } from '../camera/camera.ts';
import type { Analyst } from '../frames/analyst.ts';
import type { Measured, Task } from '../frames/measure.ts';
import { openPicture } from './file.ts';
import { guidanceOf } from './guidance.ts';
import type { Picked } from './picker.ts';
import { cropOf, draw, quadOn, type TakenShot } from './shot.ts';

type Limits = Pick<PhotoAnswer, 'limits'>;

/** Uses the frame up. */
export function shotFromFrame(
  { picture, measured, guidance, capture }: Picked,
  { kind }: Task,
  { limits }: Limits,
  shownAt: number,
  camera: CameraFacts | undefined,
): TakenShot {
  const crop = cropOf(picture.width, picture.height, kind);
  const canvas = draw(picture, crop, limits.maxLongSide);
  const quad = quadOn(canvas, measured, picture, crop);
  picture.close();
  return {
    canvas,
    guidance,
    ...(measured && { measured }),
    ...(quad && { quad }),
    capture,
    origin: 'camera',
    shownAt,
    takenAt: Date.now(),
    ...(camera && { camera }),
  };
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
  const { picture } = judged;
  const measured: Measured | undefined = judged.measured;
  const crop = { x: 0, y: 0, width: picture.width, height: picture.height };
  const canvas = draw(picture, crop, limits.maxLongSide);
  const quad = quadOn(canvas, measured, picture, crop);
  picture.close();
  return {
    canvas,
    guidance: guidanceOf(measured, undefined),
    ...(measured && { measured }),
    ...(quad && { quad }),
    capture: 'file',
    origin: 'file',
    shownAt,
    takenAt: Date.now(),
  };
}
