import { analyseFrame } from '../../../src/methods/photo/analysis/index.ts';
import { quantile } from './measure.ts';
import { Random } from './random.ts';
import { type Image, renderScene } from './scene.ts';
import type { Studio } from './studio.ts';

export interface Timing {
  readonly width: number;
  readonly frames: number;
  /** Median by the clock, without grabbing the pixels. */
  readonly milliseconds: number;
  /** Mean of this thread's processor time: less hurt by whatever else the machine does. */
  readonly cpuMilliseconds: number;
}

const SCENES = 24;
const WARM_UP = 3;
const ROUNDS = 10;

/** Times landscape frames at 640 px and at 320 px width, warmed up. */
export function timeFrames(studio: Studio): Timing[] {
  const images = Array.from({ length: SCENES }, (_, index) => {
    const random = new Random(studio.seed * 13 + index);
    const frame = { width: 640, height: 400, fieldOfView: 1.1 };
    return renderScene(studio.compose(random, { frame, noise: random.between(0, 8) }), random)
      .image;
  });
  return [timeAll(images.map(half)), timeAll(images)];
}

function timeAll(images: readonly Image[]): Timing {
  const clock: number[] = [];
  const once = (image: Image) => {
    const start = performance.now();
    analyseFrame(image, { aspect: 85.6 / 53.98 });
    clock.push(performance.now() - start);
  };
  for (let round = 0; round < WARM_UP; round++) images.forEach(once);
  clock.length = 0;
  const before = process.threadCpuUsage();
  for (let round = 0; round < ROUNDS; round++) images.forEach(once);
  const used = process.threadCpuUsage(before);
  return {
    width: images[0]?.width ?? 0,
    frames: clock.length,
    milliseconds: quantile(clock, 0.5) ?? 0,
    cpuMilliseconds: (used.user + used.system) / 1000 / clock.length,
  };
}

function half({ data, width, height }: Image): Image {
  const small = {
    width: width / 2,
    height: height / 2,
    data: new Uint8ClampedArray(data.length / 4),
  };
  for (let y = 0, at = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 4; channel++, at++) {
        const from = (2 * y * width + 2 * x) * 4 + channel;
        const sum =
          (data[from] ?? 0) +
          (data[from + 4] ?? 0) +
          (data[from + width * 4] ?? 0) +
          (data[from + width * 4 + 4] ?? 0);
        small.data[at] = sum / 4;
      }
  return small;
}
