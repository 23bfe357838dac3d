/** The page about testing shows a test file; it is run as it stands there, against the built package. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';

// Inside the package, so that its own name leads to it.
const folder = mkdtempSync('test/kit/documents-');
after(() => rmSync(folder, { recursive: true }));

it('a service tests itself', () => {
  const [, code = ''] =
    /^```js\n([\s\S]*?)^```$/m.exec(readFileSync('demo/docs/testing.md', 'utf8')) ?? [];
  const file = join(folder, 'shop.test.mjs');
  writeFileSync(file, code);
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout } = spawnSync(process.execPath, [file], {
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /pass 2/);
});
