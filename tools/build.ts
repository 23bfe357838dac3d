/** `npm run build`: dist/cdn (the one tag), dist (the package) and dist/types. */
import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { compile } from './compile.ts';

await rm('dist', { recursive: true, force: true });
await build({ mode: 'cdn' });
await build({ mode: 'package' });
compile('tsconfig.types.json');
