/** Whether a face that was found is where the oval is. */

import type { FaceBox } from '../face-adapter.ts';
import { OVAL } from '../panels/guides.ts';

export type FacePosition = 'no_face' | 'several_faces' | 'face_small' | 'face_close' | 'face_off';

/** Share of the oval's height. Derived: brow to chin is about 0.7 of a head that fills it. */
const SMALLEST = 0.4;
const LARGEST = 0.9;
/** Distance of the centres, as a share of the frame's shorter side. */
const OFF = 0.12;

/** What is wrong with the position; undefined where nothing is. */
export function judgePosition(
  faces: readonly FaceBox[],
  width: number,
  height: number,
): FacePosition | undefined {
  const [face, ...others] = faces;
  if (!face) return 'no_face';
  if (others.length > 0) return 'several_faces';
  const side = Math.min(width, height);
  const share = face.height / (side * OVAL.height);
  if (share < SMALLEST) return 'face_small';
  if (share > LARGEST) return 'face_close';
  const off = Math.hypot(
    face.x + face.width / 2 - width / 2,
    face.y + face.height / 2 - height / 2,
  );
  return off > OFF * side ? 'face_off' : undefined;
}
