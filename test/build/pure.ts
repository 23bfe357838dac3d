/**
 * Functions that do nothing but make what they return. A comment says so where they are written, and
 * the bundler believes it within one chunk; told by name it leaves out unused schemas everywhere.
 */
import { readFileSync } from 'node:fs';

/** Each file, and what its functions are called by. */
const WRITTEN_IN = { 'schema-core': 'v.', schema: 'v.', body: '' } as const;
const MARKED = /@__NO_SIDE_EFFECTS__\nexport (?:const|function) (\w+)/g;

/** Their names, as they are called where they are imported. */
export const pureFunctions = (): string[] =>
  Object.entries(WRITTEN_IN).flatMap(([file, by]) => {
    const source = readFileSync(new URL(`../../src/wire/${file}.ts`, import.meta.url), 'utf8');
    return [...source.matchAll(MARKED)].map(([, name]) => by + name);
  });
