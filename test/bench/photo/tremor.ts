import { analyseFrame, Stability } from '../../../src/methods/photo/page/analysis/index.ts';
import type { Corner, Pose } from './camera.ts';
import { Random } from './random.ts';
import { type Image, renderScene } from './scene.ts';
import { DEGREE, type SceneGenerator } from './scene-generator.ts';

/** Analyses per second while guiding; the loop asks for 8 to 12. */
const PER_SECOND = 10;
const LONGEST_SECONDS = 6;
/** The hand arrives within this time; frames before it are smeared and far apart. */
const ARRIVAL_SECONDS = 0.5;

export interface FilmFrame {
  readonly image: Image;
  /** Where the card is. */
  readonly quad: readonly Corner[] | undefined;
  /** Width over height of the card. */
  readonly aspect: number;
}

/** A hand arrives over a card and holds the camera there, ten frames a second. */
export function* film(
  generator: SceneGenerator,
  number: number,
  frames: number,
): Generator<FilmFrame> {
  const random = new Random(generator.seed * 7919 + number);
  const scene = generator.compose(random, {
    frame: { width: 640, height: 360, fieldOfView: 64 * DEGREE },
    pose: { fill: random.between(0.6, 0.85) },
  });
  const { widthMm, heightMm } = scene.card ?? { widthMm: 1, heightMm: 1 };
  const sway = Array.from({ length: 6 }, () => 0);
  for (let frame = 0; frame < frames; frame++) {
    const far = Math.max(0, 1 - frame / PER_SECOND / ARRIVAL_SECONDS);
    sway.forEach((value, index) => {
      sway[index] = 0.7 * value + random.normal();
    });
    const pose = shaken(scene.pose, sway, far);
    const motion = {
      length: far > 0 ? 14 : random.between(0, 3),
      angle: random.between(0, Math.PI),
    };
    const { image, truth } = renderScene({ ...scene, pose, motion }, random);
    yield { image, quad: truth.quad, aspect: widthMm / heightMm };
  }
}

/** Milliseconds from a hand's arrival over the card to the automatic capture; undefined if none. */
export function timeToCapture(generator: SceneGenerator, number: number): number | undefined {
  const stability = new Stability<number>(640);
  let frame = 0;
  for (const { image, aspect } of film(generator, number, LONGEST_SECONDS * PER_SECOND)) {
    const seconds = frame / PER_SECOND;
    const { best } = stability.add(frame, analyseFrame(image, { aspect }), seconds * 1000);
    if (best !== undefined) return Math.max(0, seconds - ARRIVAL_SECONDS) * 1000;
    frame++;
  }
  return undefined;
}

/** A hand's tremor: about half a degree and one pixel in 640, slower than the frames. */
function shaken(pose: Pose, sway: readonly number[], far: number): Pose {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = sway;
  return {
    yaw: pose.yaw + a * 0.4 * DEGREE,
    pitch: pose.pitch + b * 0.4 * DEGREE,
    roll: pose.roll + c * 0.2 * DEGREE,
    fill: pose.fill * (1 + d * 0.001),
    shift: [pose.shift[0] + e * 0.001 + far * 0.3, pose.shift[1] + f * 0.001],
  };
}
