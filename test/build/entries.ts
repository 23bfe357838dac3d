/** The public entries, read from `exports` and `bin` of package.json, so that no list is written twice. */
import { globSync } from 'node:fs';
import manifest from '../../package.json' with { type: 'json' };

/** Source files behind the `exports` and the `bin` of the package. */
export function sourceEntries(): string[] {
  return [...Object.values(manifest.exports), { default: `./${manifest.bin['id-verify']}` }]
    .flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default]))
    .flatMap((built) => sourcesOf(built));
}

function sourcesOf(built: string): string[] {
  const pattern = built.replace(/^\.\/dist\//, 'src/').replace(/\.js$/, '.ts');
  const found = globSync(pattern).filter((path) => !path.endsWith('.test.ts'));
  if (found.length === 0)
    throw new Error(`package.json exports ${built}, but there is no ${pattern}`);
  return found;
}
