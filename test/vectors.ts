/**
 * Test vectors nobody here wrote, kept beside the checkout because their licences are not ours to
 * pass on: `../shared/vectors`. Where the folder is missing, tests that need it say so and pass over.
 */
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../shared/vectors/', import.meta.url);

/** The text of a vector file; undefined, after a printed line, where the folder is missing. */
export function vector(name: string): string | undefined {
  return vectorBytes(name)?.toString('utf8');
}

/** Its bytes, likewise. */
export function vectorBytes(name: string): Buffer | undefined {
  const file = new URL(name, FOLDER);
  if (existsSync(file)) return readFileSync(file);
  process.stdout.write(`skipped: vectors folder missing (${name})\n`);
  return undefined;
}
