/**
 * cbor-x probes `new Function('')` when it loads. A page whose Content-Security-Policy forbids
 * eval still works then, but reports a violation. The decoder's own no-eval build replaces
 * `Function` by the undefined `BlockedFunction`; its published form is UMD, so the same
 * replacement is made here on the ES module.
 */
import type { Plugin as DevServerPlugin } from '@web/dev-server-core';
import type { Plugin } from 'vite';

const DECODER = /\/cbor-x\/decode\.js$/;
const EVALUATION = /\bnew Function\(/g;
/** The probe, and the two readers it would have allowed. */
const EXPECTED = 3;

/** @throws {Error} when the text to replace is not there as often as in the known release */
export function withoutEval(source: string): string {
  const found = source.match(EVALUATION)?.length ?? 0;
  if (found !== EXPECTED || !source.includes('var BlockedFunction')) {
    throw new Error(`cbor-x/decode.js has changed: ${found} uses of Function, not ${EXPECTED}`);
  }
  return source.replace(EVALUATION, 'new BlockedFunction(');
}

/** For the build; also refuses any eval that reaches an output file by another way. */
export function evalFree(): Plugin {
  return {
    name: 'eval-free',
    transform(code, id) {
      return DECODER.test(id) ? { code: withoutEval(code), map: null } : null;
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const found = /\bnew Function\(|\beval\(|\bFunction\(['"`]/.exec(file.code);
        if (found) this.error(`${file.fileName} would need 'unsafe-eval': ${found[0]}`);
      }
    },
  };
}

/** For the component tests, so that they run the same decoder as the build. */
export function evalFreeServer(): DevServerPlugin {
  return {
    name: 'eval-free',
    transform: ({ path, body }) =>
      DECODER.test(path) && typeof body === 'string' ? withoutEval(body) : undefined,
  };
}
