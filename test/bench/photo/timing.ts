/** What judging one frame costs, next to others that only look for contours, on the same films. */
import { analyseFrame } from '../../../src/methods/photo/page/analysis/index.ts';
import type { Corner } from './camera.ts';
import { loadJscanify, scannedQuad } from './jscanify.ts';
import { quantile } from './measure.ts';
import { contourQuad, loadOpenCv } from './opencv.ts';
import { overlap } from './overlap.ts';
import type { SceneGenerator } from './scene-generator.ts';
import { type FilmFrame, film } from './tremor.ts';

export interface Timing {
  readonly name: string;
  /** Of the frame it was given. */
  readonly width: number;
  readonly frames: number;
  /**
   * This thread's processor time a frame, without grabbing the pixels: the median of rounds over all
   * frames, because systems count it in steps of up to 4 ms.
   */
  readonly cpuMilliseconds: number;
  /** Median by the clock: hurt by whatever else the machine does. */
  readonly milliseconds: number;
  /** Share of frames whose card was found, intersection over union ≥ 0.9. */
  readonly found: number;
}

interface Contender {
  readonly name: string;
  readonly frames: readonly FilmFrame[];
  readonly run: (frame: FilmFrame) => readonly Corner[] | undefined;
}

const FILMS = 6;
const FRAMES = 12;
const WARM_UP = 3;
const ROUNDS = 8;

/** Films of a card under a hand's tremor, warmed up, the contenders in turn. */
export async function timeFrames(generator: SceneGenerator): Promise<Timing[]> {
  const frames = Array.from({ length: FILMS }, (_, number) => [
    ...film(generator, number, FRAMES),
  ]).flat();
  const small = frames.map(half);
  const { cv } = await loadOpenCv();
  const scanner = loadJscanify(cv);
  const judge = ({ image, aspect }: FilmFrame) =>
    analyseFrame(image, { aspect }).quad?.map(({ x, y }) => [x, y] as const);
  return measureAll([
    { name: 'analyseFrame', frames: small, run: judge },
    { name: 'analyseFrame', frames, run: judge },
    {
      name: 'OpenCV.js, contours alone',
      frames,
      run: ({ image }) => contourQuad(cv, image),
    },
    { name: 'jscanify', frames, run: ({ image }) => scannedQuad(scanner, cv, image) },
  ]);
}

function measureAll(contenders: readonly Contender[]): Timing[] {
  const measured = contenders.map((contender) => ({
    contender,
    clock: [] as number[],
    cpu: [] as number[],
    found: 0,
  }));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const row of measured) {
      const { clock, cpu } = row;
      const { frames, run } = row.contender;
      const before = process.threadCpuUsage();
      const corners = frames.map((frame) => {
        const start = performance.now();
        const found = run(frame);
        if (round >= 0) clock.push(performance.now() - start);
        return found;
      });
      const { user, system } = process.threadCpuUsage(before);
      if (round >= 0) cpu.push((user + system) / 1000 / frames.length);
      const right = frames.filter(({ quad }, index) => {
        const claimed = corners[index];
        return claimed && quad && overlap(claimed, quad) >= 0.9;
      });
      row.found = right.length / frames.length;
    }
  }
  return measured.map(({ contender: { name, frames }, clock, cpu, found }) => ({
    name,
    width: frames[0]?.image.width ?? 0,
    frames: clock.length,
    cpuMilliseconds: quantile(cpu, 0.5) ?? 0,
    milliseconds: quantile(clock, 0.5) ?? 0,
    found,
  }));
}

function half({ image: { data, width, height }, quad, aspect }: FilmFrame): FilmFrame {
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
  return { image: small, aspect, quad: quad?.map(([x, y]) => [x / 2, y / 2] as const) };
}
