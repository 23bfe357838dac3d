/** The demo's page beside its built script: `cdn` and `testing` are folders next to where it is served. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BUILT = {
  '"/cdn/id-verify.js"': '"./cdn/id-verify.js"',
  '"/demo/demo.css"': '"./testing/demo.css"',
  '"/demo/icon.svg"': '"./testing/icon.svg"',
} as const;

/**
 * @param folder where its script and what belongs to it are
 * @param script which of the built scripts runs it
 * @param page where the page itself goes
 */
export async function demoPage(folder: string, script: string, page = folder): Promise<void> {
  let html = await readFile('demo/index.html', 'utf8');
  const names = { ...BUILT, '"/demo/page/main.ts"': `"./testing/${script}"` };
  for (const [served, built] of Object.entries(names)) {
    if (!html.includes(served)) throw new Error(`demo/index.html does not name ${served}`);
    html = html.replace(served, built);
  }
  await writeFile(join(page, 'index.html'), html);
  for (const file of ['demo.css', 'icon.svg']) await copyFile(`demo/${file}`, join(folder, file));
}
