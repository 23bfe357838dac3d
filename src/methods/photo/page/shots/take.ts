/** How a frame that was picked becomes a shot. */
import type { PhotoAnswer } from '../../../../wire/photo.ts';
import type { CameraFacts } from '../camera/camera.ts';
import type { Task } from '../frames/measure.ts';
import type { Picked } from './picker.ts';
import { cropOf, draw, quadOn, type TakenShot } from './shot.ts';

export type Limits = Pick<PhotoAnswer, 'limits'>;

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
    shownAt,
    takenAt: Date.now(),
    ...(camera && { camera }),
  };
}
