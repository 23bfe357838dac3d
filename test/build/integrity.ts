/** `dist/sri.json`: the digest of each script of the one tag, and an import map that demands them. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };

export interface Integrity {
  readonly version: string;
  /** By name below `dist/cdn`, as `integrity` of a tag takes it. */
  readonly files: Readonly<Record<string, string>>;
  /** For a page that has the files at `/cdn/`. */
  readonly importMap: { readonly integrity: Readonly<Record<string, string>> };
}

const digestOf = (bytes: Uint8Array): string =>
  `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

export function writeIntegrity(): void {
  const digests = globSync('*.js', { cwd: 'dist/cdn' })
    .toSorted()
    .map((file) => [file, digestOf(readFileSync(`dist/cdn/${file}`))] as const);
  const integrity: Integrity = {
    version: manifest.version,
    files: Object.fromEntries(digests),
    importMap: {
      integrity: Object.fromEntries(digests.map(([file, digest]) => [`/cdn/${file}`, digest])),
    },
  };
  writeFileSync('dist/sri.json', `${JSON.stringify(integrity, null, 2)}\n`);
}
