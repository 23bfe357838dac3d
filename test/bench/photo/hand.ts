import type { Plane } from './camera.ts';
import type { Card } from './cards.ts';
import { type Colour, type Raster, shade } from './raster.ts';

/** A thumb, or the side of a hand, that lies over one end of the card. */
export interface Hand {
  readonly end: 'left' | 'right';
  /** How far it reaches in from the card's side, and how wide it is. */
  readonly reachMm: number;
  readonly widthMm: number;
  /** Off the middle of that side, in mm downwards. */
  readonly offMm: number;
  readonly skin: Colour;
}

/** How far it is drawn beyond the card's side. */
const ARM_MM = 160;
/** A finger's tip is as round as this. */
const ROUND_MM = 9;
/** Width of the soft border, where skin curves away. */
const SOFT_MM = 0.5;

/** @param face takes a pixel to the card's face, in mm from its centre */
export function drawHand({ width, height, data }: Raster, card: Card, hand: Hand, face: Plane) {
  const inwards = hand.end === 'right' ? 1 : -1;
  const half = hand.widthMm / 2;
  const round = Math.min(ROUND_MM, half);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [px, py] = [x + 0.5, y + 0.5];
      const w = face.g * px + face.h * py + face.i;
      const mmX = (inwards * (face.a * px + face.b * py + face.c)) / w;
      const mmY = (face.d * px + face.e * py + face.f) / w - hand.offMm;
      const tip = card.widthMm / 2 - hand.reachMm;
      const along = Math.max(tip + round - mmX, 0);
      const across = Math.max(Math.abs(mmY) - half + round, 0);
      const outside = Math.hypot(along, across) - round;
      if (outside > SOFT_MM || mmX > tip + ARM_MM) continue;
      const alpha = Math.min(1, (SOFT_MM - outside) / (2 * SOFT_MM));
      const bulge = 0.72 + 0.28 * Math.min(1, -outside / round);
      shade(hand.skin, bulge).forEach((value, channel) => {
        const old = data[at + channel] ?? 0;
        data[at + channel] = old + (value - old) * alpha;
      });
    }
  }
}
