/** Tells Stryker to leave the sentences of refusals alone. */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { REFUSING_CALLS } from './rooms.ts';

const isSentence = ({ node, parent }) =>
  (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') &&
  (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') &&
  Object.hasOwn(REFUSING_CALLS, parent.callee.name ?? '') &&
  parent.arguments.indexOf(node) >= REFUSING_CALLS[parent.callee.name];

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore: (path) => (isSentence(path) ? 'a sentence for people' : undefined),
  }),
];
