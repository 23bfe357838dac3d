import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { unknownYet } from './publishable.ts';

const known = {
  repository: { url: 'git+https://example.org/id-verify.git' },
  homepage: 'https://example.org/id-verify',
  bugs: { url: 'https://example.org/id-verify/issues' },
};

test('nothing is published before its addresses are known', () => {
  assert.deepEqual(unknownYet({}), ['repository.url', 'homepage', 'bugs.url']);
  assert.deepEqual(unknownYet({ ...known, homepage: '' }), ['homepage']);
  assert.deepEqual(unknownYet(known), []);
});

test('every relative link of a published document leads to a published file', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(packed);
  const paths = new Set(files.map(({ path }) => path));
  for (const path of [...paths].filter((one) => /^[^/]+\.md$|^demo\/docs\/.*\.md$/.test(one))) {
    for (const [, link = ''] of readFileSync(path, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|#|mailto:)/.test(link)) continue;
      const target = posix.join(posix.dirname(path), link.split('#')[0] ?? '');
      assert.ok(paths.has(target), `${path} links to ${link}, which is not published`);
    }
  }
});
