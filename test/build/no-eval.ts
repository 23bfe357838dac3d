/** Refuses a build whose output a Content-Security-Policy without `'unsafe-eval'` would stop. */
import type { Plugin } from 'vite';

export function noEval(): Plugin {
  return {
    name: 'no-eval',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const found = /\bnew Function\(|\beval\(|\bFunction\(['"`]/.exec(file.code);
        if (found) this.error(`${file.fileName} would need 'unsafe-eval': ${found[0]}`);
      }
    },
  };
}
