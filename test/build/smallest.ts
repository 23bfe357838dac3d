/** The last minifying, by terser, of what the bundler has minified: chunks, and the worker's script. */
import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';

export function smallest(options: MinifyOptions): Plugin {
  const minified = async (code: string): Promise<string> =>
    (await minify(code, options)).code ?? '';
  return {
    name: 'smallest',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = await minified(file.code);
        else if (file.fileName.endsWith('.js')) file.source = await minified(String(file.source));
      }
    },
  };
}
