/**
 * What is imported when it is needed, as plain exports of its chunk. To each such module in a chunk
 * with others the bundler gives a namespace object of getters, made by a function that is a file of
 * its own, only so that nobody sees the names of the others.
 */
import type { Plugin } from 'vite';

/** Chunks by their file names. */
type Chunks = Readonly<Record<string, string>>;

const RUNTIME = /^rolldown-runtime-[\w-]+\.js$/;
const RUNTIME_IMPORT = /import\{\w+ as ([\w$]+)\}from"\.\/rolldown-runtime-[\w-]+\.js";/;
/** The last statement of a chunk. */
const EXPORTS = /export\{([^{}]*)\};?\s*$/;
/** `import("./chunk.js").then(e=>e.t)` */
const USE = /(import\([`'"]\.\/([\w-]+\.js)[`'"]\))\.then\(([\w$]+)=>\3\.([\w$]+)\)/g;

/** `var n=e({start:()=>s})` among other variables; the getters are its second group. */
const declarationOf = (variable: string, maker: string): RegExp =>
  new RegExp(
    String.raw`(var |,)${literally(variable)}=${literally(maker)}\(\{([^{}]*)\}\)(?=([,;]))[,;]?`,
  );

const literally = (name: string): string => name.replaceAll('$', String.raw`\$`);

/** @throws Error where chunks are written in another way than this was made for */
export function withPlainExports(chunks: Chunks): Chunks {
  /** For each chunk the names by which namespaces left it. */
  const gone: Record<string, string[]> = {};
  const flat = Object.entries(chunks)
    .filter(([file]) => !RUNTIME.test(file))
    .map(([file, code]): [string, string] => {
      const { exported, text } = flattened(code);
      gone[file] = exported;
      return [file, text];
    });
  const plain = flat.map(([file, code]): [string, string] => {
    const text = code.replace(USE, (use, imported: string, from: string, _, name: string) =>
      gone[from]?.includes(name) ? imported : use,
    );
    return [file, text];
  });
  return Object.fromEntries(plain);
}

/** One chunk with the names of its namespaces as its own. */
function flattened(code: string): { exported: string[]; text: string } {
  const [statement, maker] = RUNTIME_IMPORT.exec(code) ?? [];
  if (!statement || !maker) return { exported: [], text: code };
  const exported: string[] = [];
  const names: string[] = [];
  let text = code.replace(statement, '');
  for (const one of EXPORTS.exec(code)?.[1]?.split(',') ?? []) {
    const [variable = '', name = ''] = one.split(' as ');
    const declaration = declarationOf(variable, maker).exec(text);
    if (!declaration) {
      names.push(one);
      continue;
    }
    const [whole, before, getters = '', after] = declaration;
    exported.push(name);
    names.push(...getters.split(',').map(plainly));
    text = text.replace(whole, () => (before === ',' ? after : after === ',' ? before : '') ?? '');
  }
  const all = names.map((one) => one.split(' as ').at(-1));
  if (new Set(all).size < all.length) throw new Error(`two modules of a chunk export a name twice`);
  if (new RegExp(String.raw`[^\w$.]${literally(maker)}\(\{\w+:\(\)=>`).test(text)) {
    throw new Error('a namespace is used inside of its chunk: import its module statically');
  }
  return { exported, text: text.replace(EXPORTS, () => `export{${names.join(',')}};`) };
}

/** `start:()=>s` is exported as `s as start`. */
function plainly(getter: string): string {
  const [name, variable] = getter.split(':()=>');
  if (!name || !variable) throw new Error(`not a getter: ${getter}`);
  return name === variable ? name : `${variable} as ${name}`;
}

export function plainExports(): Plugin {
  return {
    name: 'plain-exports',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file : []));
      const plain = withPlainExports(
        Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, code])),
      );
      for (const chunk of chunks) {
        const code = plain[chunk.fileName];
        if (code === undefined) delete bundle[chunk.fileName];
        else chunk.code = code;
      }
    },
  };
}
