/** Times of one kind, as they are reported. */
import { quantile } from './measure.ts';

/** Milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly samples: number;
}

const round = (value: number): number => Number(value.toFixed(1));

export const latency = (times: readonly number[]): Latency => ({
  p50: round(quantile(times, 0.5)),
  p99: round(quantile(times, 0.99)),
  max: round(Math.max(...times)),
  samples: times.length,
});

/** Milliseconds since 1970, finer than `Date.now`; the same clock in a browser on this machine. */
export const wallClock = (): number => performance.timeOrigin + performance.now();
