/**
 * Which frame becomes the shot: by itself, the sharpest of a window in which everything was right;
 * by the shutter, the best of the next few. Every frame it does not give out is closed.
 */
import { Stability } from '../analysis/stability.ts';
import { THRESHOLDS } from '../analysis/thresholds.ts';
import type { FacePosition } from '../faces/position.ts';
import { type Guidance, guidanceOf } from './guidance.ts';
import type { Judged, Measured } from './judgement.ts';

export interface Picked extends Judged {
  readonly capture: 'auto' | 'manual';
  /** What was said about it. */
  readonly guidance: Guidance;
}

export interface Seen {
  readonly guidance: Guidance;
  readonly measured?: Measured;
  readonly picked?: Picked;
}

interface Sample extends Judged {
  readonly guidance: Guidance;
}

/** The shutter takes the best of so many frames, not the shaken one of the touch itself. */
const BURST = 3;
/** A face that was found in its place for so long. */
const FACE_STILL_MS = 600;

export class Picker {
  /** Whether a face is taken by itself: only where something can tell that there is one. */
  readonly #findsFaces: boolean;
  #stability: Stability<Sample> | undefined;
  #burst: Sample[] | undefined;
  #faces: { readonly sample: Sample; readonly at: number }[] = [];

  constructor(findsFaces: boolean) {
    this.#findsFaces = findsFaces;
  }

  /** The person presses the shutter. */
  press(): void {
    this.#burst ??= [];
  }

  /** @param at milliseconds of a steady clock */
  add(judged: Judged, position: FacePosition | undefined, at: number): Seen {
    const { measured } = judged;
    const sample: Sample = { ...judged, guidance: guidanceOf(measured, position) };
    const seen = { guidance: sample.guidance, ...(measured && { measured }) };
    if (this.#burst) return { ...seen, ...this.#shutter(this.#burst, sample) };
    if (!measured) return drop(sample, seen);
    return measured.kind === 'document'
      ? this.#document(sample, measured, at)
      : this.#face(sample, seen, at);
  }

  /** Lets go of every frame. */
  clear(): void {
    const kept = [
      ...(this.#burst ?? []),
      ...(this.#stability?.clear() ?? []),
      ...this.#faces.map(({ sample }) => sample),
    ];
    close(kept);
    this.#burst = undefined;
    this.#faces = [];
  }

  #shutter(burst: Sample[], sample: Sample): { picked?: Picked } {
    burst.push(sample);
    if (burst.length < BURST) return {};
    const best = bestOf(burst);
    this.#burst = undefined;
    close(burst.filter((other) => other !== best));
    this.clear();
    return { picked: { ...best, capture: 'manual' } };
  }

  #document(sample: Sample, measured: Measured & { kind: 'document' }, at: number): Seen {
    this.#stability ??= new Stability(measured.width);
    const { advice, best, dropped } = this.#stability.add(sample, measured, at);
    close(dropped);
    const seen = { guidance: measured.turned ? sample.guidance : advice, measured };
    return best ? { ...seen, picked: { ...best, capture: 'auto', guidance: advice } } : seen;
  }

  #face(sample: Sample, seen: Seen, at: number): Seen {
    if (!this.#findsFaces || sample.guidance.code !== 'good') {
      close(this.#faces.map((kept) => kept.sample));
      this.#faces = [];
      return drop(sample, seen);
    }
    this.#faces.push({ sample, at });
    const [oldest] = this.#faces;
    if (!oldest || at - oldest.at < FACE_STILL_MS) {
      return { ...seen, guidance: { code: 'hold_still' } };
    }
    const samples = this.#faces.map((kept) => kept.sample);
    const best = bestOf(samples);
    close(samples.filter((other) => other !== best));
    this.#faces = [];
    return { ...seen, picked: { ...best, capture: 'auto' } };
  }
}

function drop(sample: Sample, seen: Seen): Seen {
  sample.picture.close();
  return seen;
}

function close(samples: readonly Sample[]): void {
  for (const { picture } of samples) picture.close();
}

const bestOf = (samples: readonly Sample[]): Sample =>
  samples.reduce((one, other) => (better(other, one) ? other : one));

/** Nothing against it first, then sharpness, but only where it could differ by more than noise. */
function better(one: Sample, other: Sample): boolean {
  const good = (sample: Sample) => (sample.guidance.code === 'good' ? 1 : 0);
  const sharp = (sample: Sample) => sample.measured?.sharpness ?? 0;
  if (good(one) !== good(other)) return good(one) > good(other);
  return sharp(one) > sharp(other) * (1 + THRESHOLDS.refocusing / 10);
}
