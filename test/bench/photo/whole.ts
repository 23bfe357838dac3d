import { type Frame, lookAt, type Pose } from './camera.ts';
import type { Card } from './cards.ts';

/** How much of a card lies outside the frame, beyond which of its sides. */
export interface Cut {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** Of the card's width, or of its height. */
  readonly share: number;
}

/** Shifts a pose until that share of the card is outside. */
export function cutOff(pose: Pose, card: Card, frame: Frame, { side, share }: Cut): Pose {
  const size = [card.widthMm, card.heightMm] as const;
  const axis = side === 'left' || side === 'right' ? 0 : 1;
  const outwards = side === 'left' || side === 'top' ? -1 : 1;
  const [w, h] = [size[0] / 2, size[1] / 2];
  const largest = Math.min(frame.width, (frame.height * size[0]) / size[1]);
  const unit = axis === 0 ? largest : (largest * size[1]) / size[0];
  const border = outwards < 0 ? 0 : [frame.width, frame.height][axis];
  let shifted = pose;
  for (let step = 0; step < 8; step++) {
    const { project } = lookAt(size, shifted, frame);
    const middle = (end: number) => (axis === 0 ? project(end * w, 0)[0] : project(0, end * h)[1]);
    const [out, into] = [middle(outwards), middle(-outwards)];
    const wanted = (border ?? 0) + outwards * share * Math.abs(out - into);
    const move = (wanted - out) / unit;
    const [x, y] = shifted.shift;
    shifted = { ...shifted, shift: axis === 0 ? [x + move, y] : [x, y + move] };
  }
  return shifted;
}
