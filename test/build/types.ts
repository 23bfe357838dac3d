/**
 * Type checks, one project after the other: the server half without the DOM library, the browser
 * half without Node's types, and at last everything together, with demo and tests.
 */
import { compile } from './compile.ts';

for (const project of [
  'test/tsconfig/server.json',
  'test/tsconfig/browser.json',
  'tsconfig.json',
]) {
  compile(project);
}
