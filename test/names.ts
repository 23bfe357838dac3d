/**
 * Names are the field's terms or plain words. These pictures were once names of files, types,
 * functions and exports, and each had to be explained to whoever met it; none comes back.
 *
 * `node test/names.ts` prints each name with one of them and fails.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { declarationsOf } from './declarations.ts';

/** An old word, wherever it stands in a name, and what the thing is called now. */
const OLD_WORDS: Readonly<Record<string, string>> = {
  lending: 'method host',
  lender: 'method host',
  outbox: 'evidence sender',
  letter: 'pending envelope',
  wake: 'page visibility',
  silence: 'connection monitor',
  patience: 'wait timer, or a limit with its unit',
  speech: 'lazy messages',
  bones: 'skeleton',
  arrival: 'transfer link',
  studio: 'capture session',
  stay: 'capture session',
  shooting: 'capture session',
  scene: 'screen view',
  mover: 'transfer calls',
  grantor: 'session holder',
  begun: 'started session',
};

/** Whole names; as part of another name these words may mean something else. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  way: 'available method',
  ways: 'available methods',
  waysof: 'findAvailableMethods',
  lend: 'method host',
  late: 'lazy part',
  given: 'option schemas',
};

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

function newName(name: string): string | undefined {
  const word = wordsOf(name).find((one) => Object.hasOwn(OLD_WORDS, one));
  if (word) return OLD_WORDS[word];
  const whole = name.toLowerCase();
  return Object.hasOwn(OLD_NAMES, whole) ? OLD_NAMES[whole] : undefined;
}

/** Every name under `source` that contains an old word, one sentence each. */
export function oldNames(source: string): string[] {
  return globSync('**/*.ts', { cwd: source })
    .sort()
    .flatMap((file) => {
      const declared = declarationsOf(file, readFileSync(join(source, file), 'utf8'))
        .filter(({ kind, exported }) => exported || kind !== 'value')
        .map(({ name }) => name);
      return [basename(file, '.ts'), ...declared].flatMap((name) => {
        const now = newName(name);
        return now ? [`${file}: ${name} is an old name; now: ${now}`] : [];
      });
    });
}

if (import.meta.main) {
  const found = oldNames('src');
  for (const name of found) console.error(name);
  process.exitCode = found.length > 0 ? 1 : 0;
}
