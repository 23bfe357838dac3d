/**
 * The last minifying: what one chunk takes from another has the same name in both, so that their
 * lists are `import{_a,_b}` and `export{_a,_b}`, without `as`. The name follows from the bundler's, which the hash in each file name covers.
 */
import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';

/** Chunks by their file names. */
type Chunks = Readonly<Record<string, string>>;

/** `import{a as b}from"./chunk.js";` */
const IMPORTS = /import\{([^{}]*)\}from"\.\/([\w-]+\.js)";/g;
/** The last statement of a chunk. */
const EXPORTS = /export\{([^{}]*)\};?\s*$/;

interface Specifier {
  /** In the one chunk, and in the other. */
  readonly from: string;
  readonly to: string;
}

const specifiersOf = (list = ''): Specifier[] =>
  list
    .split(',')
    .filter((one) => one !== '')
    .map((one) => {
      const [from = '', to = from] = one.split(' as ');
      return { from, to };
    });

/** What others take from a chunk begins with a sign of its own. */
function signOf(file: string): string {
  if (file.startsWith('id-verify')) return '_';
  return file.startsWith('session') ? '$' : '$_';
}

/** @throws Error where two names of one chunk would be one */
export async function withSharedNames(chunks: Chunks, options: MinifyOptions): Promise<Chunks> {
  const taken = new Map<string, Set<string>>();
  for (const code of Object.values(chunks)) {
    for (const [, list, file = ''] of code.matchAll(IMPORTS)) {
      const names = specifiersOf(list).map(({ from }) => from);
      taken.set(file, new Set([...(taken.get(file) ?? []), ...names]));
    }
  }
  const done = Object.entries(chunks).map(async ([file, code]): Promise<[string, string]> => {
    const own = taken.get(file) ?? new Set();
    const names = new Map<string, string>();
    const share = (local: string, name: string) => {
      if ([...names.values()].includes(name)) throw new Error(`${file}: twice the name ${name}`);
      names.set(`$${local}`, name);
    };
    for (const { from, to } of specifiersOf(EXPORTS.exec(code)?.[1])) {
      if (own.has(to)) share(from, signOf(file) + to);
    }
    for (const [, list, source = ''] of code.matchAll(IMPORTS)) {
      for (const { from, to } of specifiersOf(list)) share(to, signOf(source) + from);
    }
    // A catalog takes nothing and gives nothing, and its texts are well written already.
    if (names.size === 0) return [file, code];
    const nameCache = { vars: { props: Object.fromEntries(names) } };
    const { code: small = '' } = await minify(code, { ...options, nameCache });
    return [file, unaliased(small, file)];
  });
  return Object.fromEntries(await Promise.all(done));
}

/** `a as _a`, and in the chunk it is taken from `_a as a`, become `_a`. */
function unaliased(code: string, file: string): string {
  const plain = (list: string, isShared: (one: Specifier) => boolean, name: keyof Specifier) =>
    specifiersOf(list)
      .map((one) => (isShared(one) || one.from === one.to ? one[name] : `${one.from} as ${one.to}`))
      .sort()
      .join(',');
  const importing = (_: string, list: string, source: string) =>
    `import{${plain(list, ({ from, to }) => to === signOf(source) + from, 'to')}}from"./${source}";`;
  const exporting = (_: string, list: string) =>
    `export{${plain(list, ({ from, to }) => from === signOf(file) + to, 'from')}};`;
  return code.replace(IMPORTS, importing).replace(EXPORTS, exporting);
}

/** @param options of the minifier */
export function sharedNames(options: MinifyOptions): Plugin {
  return {
    name: 'shared-names',
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file : []));
      const small = await withSharedNames(
        Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code])),
        options,
      );
      for (const chunk of chunks) chunk.code = small[chunk.fileName] ?? '';
      // A worker's script takes nothing from anybody.
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.js')) continue;
        const { code } = await minify(String(file.source), options);
        file.source = code ?? '';
      }
    },
  };
}
