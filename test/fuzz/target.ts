/** What is fuzzed: how an input is made, and what must hold for it. */
import { toHex } from '../../src/wire/bytes.ts';
import { Random } from './random.ts';

export interface Target {
  /** Inputs of one batch; the same seed makes the same batch. */
  readonly batch: number;
  readonly input: (random: Random) => Uint8Array;
  /** Whether the input was accepted. Whatever it throws is a finding. */
  readonly check: (bytes: Uint8Array) => boolean | Promise<boolean>;
}

/** What came of it. */
export interface Report {
  readonly inputs: number;
  readonly accepted: number;
  /** CPU time of the slowest input, milliseconds, and its bytes in hexadecimal. */
  readonly worst: number;
  readonly worstInput: string;
}

const SLOWEST = 5;

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Works through batches from a seed on. The slowest inputs are run again at the end: what the
 * compiler and the garbage collector took the first time is not the input's.
 */
export async function fuzz(
  { batch: size, input, check }: Target,
  seed: number,
  batches: number,
  onBatch: (batch: number) => void,
): Promise<Report> {
  let [inputs, accepted] = [0, 0];
  let slowest: { ms: number; bytes: Uint8Array }[] = [];
  for (let batch = seed; batch < seed + batches; batch++) {
    onBatch(batch);
    const random = new Random(batch);
    for (let i = 0; i < size; i++) {
      const bytes = input(random);
      const ms = await cpuOf(async () => {
        try {
          if (await check(bytes)) accepted++;
        } catch (cause) {
          throw new Error(`batch ${batch}, input ${i}: ${toHex(bytes)}`, { cause });
        }
      });
      inputs++;
      if (slowest.length < SLOWEST || ms > (slowest.at(-1)?.ms ?? 0)) {
        slowest = [...slowest, { ms, bytes }].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
      }
    }
  }
  onBatch(seed + batches);
  let [worst, worstInput] = [0, ''];
  for (const { bytes } of slowest) {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) times.push(await cpuOf(() => check(bytes)));
    const ms = Math.min(...times);
    if (ms >= worst) [worst, worstInput] = [ms, toHex(bytes)];
  }
  return { inputs, accepted, worst, worstInput };
}
