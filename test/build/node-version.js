// Plain JavaScript on purpose: the Node this guards against cannot read TypeScript.
import { readFileSync } from 'node:fs';

const { devDependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const pinned = devDependencies.node.match(/\d+/)[0];

if (process.versions.node.split('.')[0] !== pinned) {
  console.error(
    `The scripts of this project run on Node ${pinned}, which "npm ci" installs as node_modules/.bin/node, ` +
      `but this is Node ${process.versions.node}. Run "npm ci" without --ignore-scripts, ` +
      'then start the script with "npm run".',
  );
  process.exit(1);
}
