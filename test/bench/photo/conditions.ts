import { DOCUMENTS } from '../../../src/methods/photo/documents.ts';
import type { DocumentShape } from '../../../src/methods/photo/page/analysis/index.ts';
import type { DesignName } from './cards.ts';
import { FRAMED_NAMES } from './framed.ts';
import { OBJECT_NAMES } from './objects.ts';
import type { Random } from './random.ts';
import { aspectOf, DEGREE, type ThingName, type Wish } from './scene-generator.ts';
import { CARDS, covered, moderate, nearlyFlat, tilted, WIDE_FRAMES } from './wishes.ts';

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
  /** The document that is asked for, where it is not the one that lies there. */
  readonly asked?: DocumentShape;
  /** Width of the camera's frame, where it is to be judged whether that is enough. */
  readonly cameraWidth?: number;
}

const PALE: readonly DesignName[] = ['aqua', 'rose', 'leaf', 'white', 'page'];

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
    name: 'tilt 37–48°',
    step: 'thickness',
    verdict: 'good',
    wish: (random) => tilted(random, 37, 48),
  },
  {
    name: 'tilt 0–28°',
    step: 'thickness',
    verdict: 'bad',
    wish: (random) => tilted(random, 0, 28),
  },
  {
    name: 'framed, clean',
    step: 'front',
    verdict: 'good',
    wish: () => ({ designs: FRAMED_NAMES }),
  },
  {
    name: 'framed, moderate',
    step: 'front',
    verdict: 'good',
    wish: (random) => ({ ...moderate(random), designs: FRAMED_NAMES }),
  },
  ...[3, 6, 12, 20].map(
    (share): Condition => ({
      name: `${share} % cut off`,
      step: 'front',
      verdict: 'bad',
      wish: (random) => ({
        ...nearlyFlat(random),
        designs: [...CARDS, ...FRAMED_NAMES, ...FRAMED_NAMES],
        frame: { ...random.pick(WIDE_FRAMES), fieldOfView: random.between(56, 72) * DEGREE },
        cut: { side: random.pick(['left', 'right', 'top', 'bottom']), share: share / 100 },
      }),
    }),
  ),
  {
    name: 'thumb over an end',
    step: 'front',
    verdict: 'any',
    wish: (random) => covered(random, random.between(15, 24), random.between(4, 16)),
  },
  {
    name: 'hand over an end',
    step: 'front',
    verdict: 'bad',
    wish: (random) => covered(random, random.between(90, 140), random.between(5, 18)),
  },
  ...(['driving-licence', 'passport'] as const).flatMap((id): Condition[] => {
    const asked = DOCUMENTS[id];
    const near = (name: ThingName) => Math.abs(Math.log(aspectOf(name) / asked.aspect)) < 0.08;
    const other = (name: string, designs: readonly ThingName[], bad: boolean): Condition => ({
      name,
      step: 'front',
      verdict: bad ? 'bad' : 'any',
      asked,
      wish: (random) => ({ ...moderate(random), designs }),
    });
    const things = [...OBJECT_NAMES, id === 'passport' ? 'aqua' : 'page'] as const;
    return [
      other(
        `others as ${id}`,
        things.filter((name) => !near(name)),
        true,
      ),
      other(`alike as ${id}`, things.filter(near), false),
    ];
  }),
  ...(
    [
      [320, 240],
      [640, 480],
      [1280, 720],
    ] as const
  ).map(
    ([width, height]): Condition => ({
      name: `camera of ${width} × ${height}`,
      step: 'front',
      verdict: width < 1000 ? 'bad' : 'any',
      asked: DOCUMENTS['driving-licence'],
      cameraWidth: width,
      wish: (random) => ({
        ...nearlyFlat(random),
        designs: CARDS,
        frame: {
          width: Math.min(width, 640),
          height: Math.min(height, width === 1280 ? 360 : height),
          fieldOfView: random.between(56, 72) * DEGREE,
        },
      }),
    }),
  ),
  {
    name: 'tilt 52–65°',
    step: 'thickness',
    verdict: 'bad',
    wish: (random) => tilted(random, 52, 65),
  },
  {
    name: 'white card',
    step: 'front',
    verdict: 'any',
    wish: (random) => ({
      ...nearlyFlat(random),
      designs: ['white'],
      light: {
        level: random.between(1, 1.07),
        ratio: random.between(1, 1.3),
        angle: random.between(0, 6.28),
      },
    }),
  },
];
