/** What scenes of a condition have in common. */
import type { DesignName } from './cards.ts';
import { FRAMED_NAMES } from './framed.ts';
import type { Random } from './random.ts';
import type { Colour } from './raster.ts';
import { DEGREE, FRAMES, type Wish } from './scene-generator.ts';

export const CARDS: readonly DesignName[] = [
  'aqua',
  'rose',
  'leaf',
  'white',
  'navy',
  'silver',
  'amber',
];

/** The limits of a moderate scene: yaw and pitch to 25°, blur to 1 px, noise to 8, light to 2:1. */
export function moderate(random: Random): Wish {
  return {
    pose: {
      yaw: random.between(-25, 25) * DEGREE,
      pitch: random.between(-25, 25) * DEGREE,
      fill: random.between(0.45, 0.9),
    },
    light: {
      level: random.between(0.8, 1),
      ratio: random.between(1, 2),
      angle: random.between(0, 6.28),
    },
    blur: random.between(0, 1),
    noise: random.between(0, 8),
  };
}

/** As moderate, but facing the camera closely enough that only what a condition adds is wrong. */
export function nearlyFlat(random: Random): Wish {
  return {
    ...moderate(random),
    pose: {
      yaw: random.between(-10, 10) * DEGREE,
      pitch: random.between(-10, 10) * DEGREE,
      fill: random.between(0.5, 0.9),
    },
  };
}

export function tilted(random: Random, from: number, to: number): Wish {
  return {
    ...moderate(random),
    designs: CARDS,
    pose: {
      pitch: random.sign() * random.between(from, to) * DEGREE,
      yaw: random.between(-8, 8) * DEGREE,
      fill: random.between(0.55, 0.9),
    },
  };
}

/** A tall frame is cut to a band before a card is looked for, so that its border is elsewhere. */
export const WIDE_FRAMES = FRAMES.filter(({ width, height }) => width > height);

/** A card that is held by one end. */
export function covered(random: Random, widthMm: number, reachMm: number): Wish {
  return {
    ...nearlyFlat(random),
    designs: [...CARDS, ...FRAMED_NAMES],
    hand: {
      end: random.chance(0.5) ? 'left' : 'right',
      reachMm,
      widthMm,
      offMm: widthMm > 50 ? random.between(-10, 10) : random.between(-16, 16),
      skin: random.pick<Colour>([
        [226, 178, 148],
        [200, 150, 120],
        [150, 104, 78],
      ]),
    },
  };
}
