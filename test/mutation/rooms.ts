/** Which files are mutated, and by which tests they are judged: those one would look in first. */
export interface MutationRoom {
  /** Globs of the sources; tests and helpers never count. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

export const MUTATION_ROOMS = {
  wire: {
    files: ['src/wire/**/*.ts'],
    // The walk of a claim compiles the whole project: nothing in it is about one line.
    tests: ['src/wire/**/!(claims).node.test.ts'],
  },
  crypto: { files: ['src/crypto/**/*.ts'], tests: ['src/crypto/**/*.node.test.ts'] },
  trust: { files: ['src/trust/**/*.ts'], tests: ['src/trust/**/*.node.test.ts'] },
  mdoc: {
    files: ['src/mdoc/**/*.ts'],
    tests: ['src/mdoc/**/*.node.test.ts', 'test/negatives/*.node.test.ts'],
  },
  verifier: {
    files: ['src/verifier/**/*.ts'],
    tests: ['src/verifier/**/*.node.test.ts', 'test/verifier/*.node.test.ts'],
  },
  wallet: {
    files: ['src/methods/wallet/*.ts', 'src/methods/wallet/server/**/*.ts'],
    tests: ['src/methods/wallet/**/*.node.test.ts', 'test/verifier/*.node.test.ts'],
  },
  handoff: {
    files: ['src/methods/handoff/server/**/*.ts'],
    tests: ['src/methods/handoff/**/*.node.test.ts', 'test/handoff/*.node.test.ts'],
  },
  photo: {
    files: ['src/methods/photo/*.ts', 'src/methods/photo/server/**/*.ts'],
    tests: ['src/methods/photo/{*,server/*}.node.test.ts', 'test/photo/*.node.test.ts'],
  },
} as const satisfies Record<string, MutationRoom>;

export type MutationRoomName = keyof typeof MUTATION_ROOMS;

/**
 * Tables of sentences for people. No test holds their wording, and none should: they are read by
 * people before they are released.
 */
export const SENTENCES = [
  'src/wire/reader-refusals.ts',
  'src/mdoc/refusals.ts',
  'src/mdoc/part-refusals.ts',
  'src/verifier/explanations.ts',
  'src/methods/handoff/server/words.ts',
  'src/methods/handoff/server/page-styles.ts',
] as const;

/**
 * Calls whose sentence is for developers and operators, by the place of their first sentence: the code
 * beside it is what tests hold.
 */
export const REFUSING_CALLS: Readonly<Record<string, number>> = {
  IdVerifyError: 1,
  refuse: 1,
  TypeError: 0,
  malformed: 0,
  wrong: 0,
  unsupported: 0,
  asMap: 1,
  asArray: 1,
  asText: 1,
  asBytes: 1,
  asBoolean: 1,
  asUint: 1,
  asEmbedded: 1,
  asTextMap: 1,
  asDateTime: 1,
};
