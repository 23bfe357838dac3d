/** Before `npm publish`: what nobody knows yet is written in package.json first, and nowhere else. */
import { readFileSync } from 'node:fs';

interface Publishing {
  readonly repository?: { readonly url?: string };
  readonly homepage?: string;
  readonly bugs?: { readonly url?: string };
}

const WANTED = ['repository.url', 'homepage', 'bugs.url'] as const;

/** What package.json does not say yet. */
export function unknownYet({ repository, homepage, bugs }: Publishing): string[] {
  const known = [repository?.url, homepage, bugs?.url];
  return WANTED.filter((_, index) => !known[index]);
}

if (import.meta.main) {
  const missing = unknownYet(JSON.parse(readFileSync('package.json', 'utf8')));
  if (missing.length > 0) {
    console.error(`Not published: package.json has no ${missing.join(', ')} yet.`);
    process.exitCode = 1;
  }
}
