import type { DesignName } from './cards.ts';
import type { Random } from './random.ts';
import { DEGREE, type Wish } from './studio.ts';

/** A kind of scene, what is true of it, and what counts as right. */
export interface Condition {
  readonly name: string;
  readonly step: 'front' | 'thickness';
  /**
   * What a perfect judge says: `good`, `bad` (anything but good), or `any` where only the outline
   * and the tilt are looked at.
   */
  readonly verdict: 'good' | 'bad' | 'any';
  readonly wish: (random: Random) => Wish;
}

const PALE: readonly DesignName[] = ['aqua', 'rose', 'leaf', 'white', 'page'];
const CARDS: readonly DesignName[] = ['aqua', 'rose', 'leaf', 'white', 'navy', 'silver', 'amber'];

/** The limits of a moderate scene: yaw and pitch to 25°, blur to 1 px, noise to 8, light to 2:1. */
function moderate(random: Random): Wish {
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
function nearlyFlat(random: Random): Wish {
  return {
    ...moderate(random),
    pose: {
      yaw: random.between(-10, 10) * DEGREE,
      pitch: random.between(-10, 10) * DEGREE,
      fill: random.between(0.5, 0.9),
    },
  };
}

function tilted(random: Random, from: number, to: number): Wish {
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

export const CONDITIONS: readonly Condition[] = [
  { name: 'clean', step: 'front', verdict: 'good', wish: () => ({}) },
  { name: 'moderate', step: 'front', verdict: 'any', wish: moderate },
  { name: 'moderate, flat', step: 'front', verdict: 'good', wish: nearlyFlat },
  {
    name: 'near colour',
    step: 'front',
    verdict: 'any',
    wish: (random) => ({ ...moderate(random), backgrounds: ['near-colour'] }),
  },
  {
    name: 'hard shadow',
    step: 'front',
    verdict: 'any',
    wish: (random) => ({
      ...nearlyFlat(random),
      shadow: {
        angle: random.between(0, 6.28),
        offset: random.between(-0.25, 0.25),
        depth: random.between(0.25, 0.5),
        softness: random.between(0.01, 0.1),
      },
    }),
  },
  {
    name: 'strong noise',
    step: 'front',
    verdict: 'any',
    wish: (random) => ({ ...nearlyFlat(random), noise: random.between(8, 14) }),
  },
  {
    name: 'steep (30–38°)',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...moderate(random),
      pose: {
        yaw: random.between(-10, 10) * DEGREE,
        pitch: random.sign() * random.between(30, 38) * DEGREE,
        fill: random.between(0.5, 0.9),
      },
    }),
  },
  {
    name: 'blur',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({ ...nearlyFlat(random), blur: random.between(1.8, 4) }),
  },
  {
    name: 'motion blur',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...nearlyFlat(random),
      blur: random.between(0, 0.5),
      motion: { length: random.between(7, 16), angle: random.between(0, Math.PI) },
    }),
  },
  {
    name: 'glare',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...nearlyFlat(random),
      glare: {
        x: random.between(0.12, 0.88),
        y: random.between(0.12, 0.88),
        radius: random.between(0.06, 0.18),
        stretch: random.between(1, 2),
        strength: random.between(300, 700),
      },
    }),
  },
  {
    name: 'dark',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...nearlyFlat(random),
      light: { level: random.between(0.08, 0.2), ratio: random.between(1, 1.5), angle: 0 },
    }),
  },
  {
    name: 'overexposed',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...nearlyFlat(random),
      designs: PALE,
      light: { level: random.between(1.5, 2.2), ratio: 1, angle: 0 },
    }),
  },
  {
    name: 'too small',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({ ...nearlyFlat(random), pose: { fill: random.between(0.2, 0.36) } }),
  },
  {
    name: 'cut off',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({
      ...nearlyFlat(random),
      pose: {
        fill: random.between(0.7, 0.9),
        shift: [random.sign() * random.between(0.25, 0.4), random.between(-0.05, 0.05)],
      },
    }),
  },
  {
    name: 'no card',
    step: 'front',
    verdict: 'bad',
    wish: (random) => ({ ...moderate(random), empty: true }),
  },
  {
    name: 'tilt 30–60°',
    step: 'thickness',
    verdict: 'any',
    wish: (random) => tilted(random, 30, 60),
  },
  {
    name: 'tilt 37–53°',
    step: 'thickness',
    verdict: 'good',
    wish: (random) => tilted(random, 37, 53),
  },
  {
    name: 'tilt 0–28°',
    step: 'thickness',
    verdict: 'bad',
    wish: (random) => tilted(random, 0, 28),
  },
];
