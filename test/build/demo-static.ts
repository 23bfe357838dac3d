/** `npm run demo:static`: the whole demo in the folder `demo-static`, for any host of files. */
import { copyFile, cp, rm } from 'node:fs/promises';
import { build } from 'vite';
import { demoPage } from './demo-page.ts';

const FOLDER = 'demo-static';

await rm(FOLDER, { recursive: true, force: true });
await build({ mode: 'static' });
await cp('dist/cdn', `${FOLDER}/cdn`, { recursive: true });
await copyFile('node_modules/msw/lib/mockServiceWorker.js', `${FOLDER}/mockServiceWorker.js`);
await demoPage(`${FOLDER}/testing`, 'main.js', FOLDER);
console.log(`${FOLDER}: serve it from anywhere, over https or on loopback`);
