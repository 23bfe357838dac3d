import type { Advice } from './advice.ts';
import type { FrameAnalysis } from './analyse.ts';
import type { Quad } from './geometry.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What the last frames say together. */
export interface Steadiness<Frame> {
  /** The frame's own advice, or `moving` or `hold_still` while it is good but not yet steady. */
  readonly advice: Advice;
  /** The sharpest frame of a full stable window: take this one. */
  readonly best?: Frame;
  /** Frames no longer needed, for the caller to close. Never the best one. */
  readonly dropped: readonly Frame[];
}

interface Sample<Frame> {
  readonly frame: Frame;
  readonly quad: Quad;
  readonly sharpness: number;
  readonly at: number;
}

/**
 * Watches good frames until the card has been still for long enough. Keeps at most one window of
 * frames and gives every other one back at once.
 */
export class Stability<Frame> {
  private readonly frameWidth: number;
  private window: Sample<Frame>[] = [];

  /** @param frameWidth - width in pixels of the frames the quads refer to. */
  constructor(frameWidth: number) {
    this.frameWidth = frameWidth;
  }

  /** @param at - when the frame was taken, in milliseconds of any steady clock. */
  add(frame: Frame, { quad, sharpness, advice }: FrameAnalysis, at: number): Steadiness<Frame> {
    if (advice.code !== 'good' || !quad) return { advice, dropped: [...this.clear(), frame] };
    const sample = { frame, quad, sharpness, at };
    const kept = this.window.filter((earlier) => this.agrees(earlier, sample));
    const moved = kept.length < this.window.length;
    const dropped = this.window.filter((earlier) => !kept.includes(earlier));
    this.window = [...kept, sample];
    const oldest = this.window[0] ?? sample;
    const full = at - oldest.at >= THRESHOLDS.stableFor && this.window.length >= MINIMUM;
    if (!full) {
      const code = moved ? 'moving' : 'hold_still';
      return { advice: { code }, dropped: dropped.map((earlier) => earlier.frame) };
    }
    const best = this.window.reduce((one, other) =>
      other.sharpness > one.sharpness ? other : one,
    );
    const rest = [...dropped, ...this.window].filter((earlier) => earlier !== best);
    this.window = [];
    return { advice, best: best.frame, dropped: rest.map((earlier) => earlier.frame) };
  }

  /** Forgets everything and gives the kept frames back. */
  clear(): Frame[] {
    const frames = this.window.map(({ frame }) => frame);
    this.window = [];
    return frames;
  }

  private agrees(earlier: Sample<Frame>, now: Sample<Frame>): boolean {
    const reach = THRESHOLDS.stillness * this.frameWidth;
    const still = earlier.quad.every((corner, index) => {
      const other = now.quad[index];
      return other !== undefined && Math.hypot(other.x - corner.x, other.y - corner.y) <= reach;
    });
    const change =
      Math.abs(earlier.sharpness - now.sharpness) / Math.max(earlier.sharpness, now.sharpness);
    return still && change <= THRESHOLDS.refocusing;
  }
}

/** Fewer analyses than this inside the window prove nothing. */
const MINIMUM = 3;
