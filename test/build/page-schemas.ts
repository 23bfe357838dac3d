/**
 * Schemas as a page carries them: without what they say of themselves for the server's description,
 * and only those the page asks for. That making one does nothing else, a comment says where the words
 * are written, and the bundler believes it within one chunk only; where a word is used it believes it
 * everywhere.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Each file of words, and what they are called by where they are imported. */
const WRITTEN_IN = { 'schema-core': 'v.', schema: 'v.', body: '' } as const;
const MARKED = /@__NO_SIDE_EFFECTS__\nexport (?:const|function) (\w+)/g;

const words = Object.entries(WRITTEN_IN).flatMap(([file, by]) => {
  const source = readFileSync(new URL(`../../src/wire/${file}.ts`, import.meta.url), 'utf8');
  return [...source.matchAll(MARKED)].map(([, name]) => by.replace('.', '\\.') + name);
});
const USES = new RegExp(String.raw`(?<![\w.]|function )(?:${words.join('|')})\(`, 'g');

export const withPureSchemas = (source: string): string =>
  /import .*\/(?:schema|schema-core|body)\.ts'/.test(source)
    ? source.replace(USES, '/* @__PURE__ */ $&')
    : source;

/** Of an object the members stay: others are made from them, and told apart by them. */
export const withoutDescription = (source: string): string =>
  source
    .replace(/\n *shape: \{ type: '(?!object)[^{}]*\},(?=\n)/g, '')
    .replace(/\bword: '\w+',\s+(limit,)?/g, '')
    .replace(/(guard(?:<[\w[\]]+>)?\()\{[^{}]*\}, /g, '$1')
    .replace(/(guard<Output>\()shape: Shape, |\n *shape,(?=\n)/g, '$1')
    .replace(/\{ type: 'object', entries, rest \}/g, '{ entries }');

export function pageSchemas(): Plugin {
  return {
    name: 'page-schemas',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts')) return null;
      const written = /\/wire\/schema(-core)?\.ts$/.test(id);
      return { code: written ? withoutDescription(code) : withPureSchemas(code), map: null };
    },
  };
}
