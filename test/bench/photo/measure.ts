import {
  analyseFrame,
  type FrameAnalysis,
} from '../../../src/methods/photo/page/analysis/index.ts';
import { CONDITIONS, type Condition } from './conditions.ts';
import { overlap } from './overlap.ts';
import { Random } from './random.ts';
import { renderScene, type Truth } from './scene.ts';
import type { Scene, SceneGenerator } from './scene-generator.ts';

/** What one frame turned out to be. */
export interface Sample {
  readonly scene: Scene;
  readonly truth: Truth;
  readonly analysis: FrameAnalysis;
  readonly milliseconds: number;
  /** Intersection over union with the true outline; 0 if none was found. */
  readonly overlap: number;
}

export interface Figures {
  readonly condition: string;
  readonly frames: number;
  /** Shares, 0 to 1. */
  readonly found: number;
  readonly wrongOutline: number;
  /** Called good on a wrong outline. */
  readonly wrongGood: number;
  readonly good: number;
  readonly falseGood: number | undefined;
  readonly falseBad: number | undefined;
  /** 90th percentile over all frames in which an outline was claimed, right or wrong; degrees. */
  readonly tiltError: number | undefined;
  /** The same over what was called good. */
  readonly tiltErrorOfGood: number | undefined;
  /** Messages given, by code. */
  readonly advice: Readonly<Record<string, number>>;
}

/** The outline counts as found from this overlap on. */
const FOUND = 0.9;

export function measure(generator: SceneGenerator, condition: Condition, frames: number): Sample[] {
  return Array.from({ length: frames }, (_, index) => {
    const place = CONDITIONS.indexOf(condition);
    const random = new Random(generator.seed * 1_000_003 + place * 10_007 + index);
    const scene = generator.compose(random, condition.wish(random));
    const { image, truth } = renderScene(scene, random);
    const size = scene.card ?? { widthMm: 85.6, heightMm: 53.98 };
    const start = performance.now();
    const analysis = analyseFrame(
      image,
      condition.asked ?? { aspect: size.widthMm / size.heightMm },
      {
        thickness: condition.step === 'thickness',
        ...(condition.cameraWidth && { cameraWidth: condition.cameraWidth }),
      },
    );
    const milliseconds = performance.now() - start;
    const corners = analysis.quad?.map(({ x, y }) => [x, y] as const);
    const shared = corners && truth.quad ? overlap(corners, truth.quad) : 0;
    return { scene, truth, analysis, milliseconds, overlap: shared };
  });
}

export function summarise(condition: Condition, samples: readonly Sample[]): Figures {
  const share = (holds: (sample: Sample) => boolean) =>
    samples.filter(holds).length / samples.length;
  const isGood = ({ analysis }: Sample) => analysis.advice.code === 'good';
  const good = share(isGood);
  const advice: Record<string, number> = {};
  for (const { analysis } of samples)
    advice[analysis.advice.code] = (advice[analysis.advice.code] ?? 0) + 1;
  return {
    condition: condition.name,
    frames: samples.length,
    found: share((sample) => sample.overlap >= FOUND),
    wrongOutline: share((sample) => sample.analysis.quad !== null && sample.overlap < FOUND),
    wrongGood: share((sample) => isGood(sample) && sample.overlap < FOUND),
    good,
    falseGood: condition.verdict === 'bad' ? good : undefined,
    falseBad: condition.verdict === 'good' ? 1 - good : undefined,
    tiltError: tiltError(samples),
    tiltErrorOfGood: tiltError(samples.filter(isGood)),
    advice,
  };
}

export function tiltError(samples: readonly Sample[]): number | undefined {
  const errors = samples.flatMap(({ analysis, truth }) =>
    analysis.tilt && truth.quad ? [Math.abs(analysis.tilt.tilt - truth.tilt)] : [],
  );
  return quantile(errors, 0.9);
}

export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
