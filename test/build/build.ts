/** `npm run build`: dist/cdn (the one tag, and as one file) with dist/sri.json, dist (the package), its wallet script and page, dist/editors, and dist/types. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { build } from 'vite';
import { compile } from './compile.ts';
import { demoPage } from './demo-page.ts';
import { writeEditorData } from './editors.ts';
import { writeIntegrity } from './integrity.ts';

await rm('dist', { recursive: true, force: true });
await build({ mode: 'cdn' });
await build({ mode: 'all' });
writeIntegrity();
await build({ mode: 'package' });
await build({ mode: 'pages' });
await demoPage('dist/testing/page', 'main.js');
writeEditorData('dist/editors');
compile('test/tsconfig/types.json');

// The compiler rewrites relative specifiers in code, not in declarations.
for (const file of globSync('dist/types/**/*.d.ts')) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/(['"])(\.{1,2}\/[^'"]+)\.ts\1/g, '$1$2.js$1'));
}
