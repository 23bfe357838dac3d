/** Code blocks of a Markdown text, run as modules of this folder. */
import { registerHooks } from 'node:module';

export interface Shown {
  readonly heading: string;
  readonly code: string;
}

/** The blocks of one language, by the heading above them; a second one is `heading (2)`. */
export function blocksOf(markdown: string, language: string): ReadonlyMap<string, Shown> {
  const blocks = new Map<string, Shown>();
  let title = '';
  for (const [, named, tongue, code = ''] of markdown.matchAll(
    /^#+ (.+)$|^```(\w*)\n([\s\S]*?)^```$/gm,
  )) {
    if (named !== undefined) title = named;
    if (tongue !== language) continue;
    const heading = blocks.has(title) ? `${title} (2)` : title;
    blocks.set(heading, { heading, code });
  }
  return blocks;
}

/** The names `surroundings.ts` has for the examples. */
const NAMES =
  'memberOf, identity, readers, trustAnchors, readerPem, readerKeyPem, rootDer, options, profile, clientId, clientKey, decryptionKey, ' +
  'app, environment, url, apiKey, jpkiRootDer, receiptKey, reviewer, deviceResponse, encryptionInfo, ' +
  'origin, pixels, certificate, signature, signed';
const SURROUNDINGS = `import { ${NAMES} } from './surroundings.ts';`;
const PREFIX = 'readme:';
const sources = new Map<string, string>();

registerHooks({
  resolve: (specifier, context, next) => {
    if (sources.has(specifier)) return { url: specifier, format: 'module', shortCircuit: true };
    const parentURL = context.parentURL?.startsWith(PREFIX) ? import.meta.url : context.parentURL;
    return next(specifier, { ...context, parentURL });
  },
  load: (url, context, next) => {
    const source = sources.get(url);
    return source === undefined
      ? next(url, context)
      : { source, format: 'module', shortCircuit: true };
  },
});

/**
 * Runs a block after what the README takes for granted, `surroundings.ts`, at the test's own origin.
 * @param changes text of the block → what stands in its place; '' stands before the block, in place
 *   of what is given
 * @returns what it exports
 */
export async function runBlock<Exports>(
  { heading, code }: Shown,
  { '': before, ...changes }: Readonly<Record<string, string>> = {},
): Promise<Exports> {
  let source = code.replaceAll('https://www.example.jp', 'http://localhost:8080');
  for (const [shown, instead] of Object.entries(changes)) {
    if (!source.includes(shown)) throw new Error(`"${heading}" does not have "${shown}"`);
    source = source.replace(shown, instead);
  }
  const url = PREFIX + encodeURIComponent(heading);
  sources.set(url, `${before ?? SURROUNDINGS}\n${source}`);
  return import(url);
}
