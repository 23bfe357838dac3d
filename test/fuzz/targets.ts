/** What can be fuzzed, by name; each script runs in a process of its own. */
export const TARGETS = {
  reader: { script: new URL('./reader.ts', import.meta.url), batch: 500 },
  verification: { script: new URL('./verify.ts', import.meta.url), batch: 100 },
  parsers: { script: new URL('./parsers.ts', import.meta.url), batch: 100 },
} as const;

export type TargetName = keyof typeof TARGETS;

/** `FUZZ_SEED`, or another one each time. */
export const firstSeed = (): number => Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
