/** How a row is measured: CPU time over all threads, rounds of all rows interleaved, medians. */

export interface Contender {
  readonly name: string;
  /** Does operation number `index`. */
  readonly run: (index: number) => Promise<unknown>;
  /** Operations of one round. */
  readonly operations: number;
  /** Before each round, outside the measurement. */
  readonly before?: () => Promise<unknown>;
}

export interface Row {
  readonly name: string;
  /** CPU milliseconds over all threads, per operation; median of the rounds. */
  readonly cpuMs: number;
  /** By the clock, one after the other. */
  readonly opsPerSecond: number;
  /** Milliseconds by the clock. */
  readonly p50: number;
  readonly p99: number;
  readonly operations: number;
}

const round = (value: number): number => Number(value.toPrecision(4));

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

interface Measured {
  readonly perRound: number[];
  readonly times: number[];
}

async function measure({ run, operations, before }: Contender, first: number, into: Measured) {
  await before?.();
  const start = process.cpuUsage();
  for (let index = 0; index < operations; index++) {
    const began = performance.now();
    await run(first + index);
    into.times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(start);
  into.perRound.push((user + system) / 1_000 / operations);
}

/** Rounds that only warm up: what the compiler takes belongs to no operation. */
const WARM_UP = 8;

/** Measures all contenders in turn, `rounds` times. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Row[]> {
  const measured = contenders.map(() => ({ perRound: [] as number[], times: [] as number[] }));
  for (let turn = 0; turn < WARM_UP; turn++) {
    for (const contender of contenders) await measure(contender, turn, { perRound: [], times: [] });
  }
  for (let turn = 0; turn < rounds; turn++) {
    for (const [which, contender] of contenders.entries()) {
      await measure(contender, turn * contender.operations, measured[which] as Measured);
    }
  }
  return contenders.map(({ name, operations }, which) => {
    const { perRound, times } = measured[which] as Measured;
    const total = times.reduce((sum, time) => sum + time, 0);
    return {
      name,
      cpuMs: round(quantile(perRound, 0.5)),
      opsPerSecond: round((1_000 * times.length) / total),
      p50: round(quantile(times, 0.5)),
      p99: round(quantile(times, 0.99)),
      operations: rounds * operations,
    };
  });
}
