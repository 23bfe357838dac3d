/** Tells Stryker to leave the sentences of refusals alone. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { REFUSING_CALLS } from './rooms.ts';

const isSentence = ({ node, parent }) =>
  (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') &&
  (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') &&
  REFUSING_CALLS.includes(parent.callee.name) &&
  parent.arguments.includes(node) &&
  // The first argument of an error with a code is the code.
  !(parent.arguments.indexOf(node) === 0 && /^[a-z_]+(\/[a-z0-9_]+)?$/.test(node.value ?? ''));

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore: (path) => (isSentence(path) ? 'a sentence for people' : undefined),
  }),
];
