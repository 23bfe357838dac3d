import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { withSharedNames } from './shared-names.ts';

/** Short names used again and again, as a bundler's minifier gives them. */
const CHUNKS = {
  'id-verify.js':
    'var e=40,t=1,n=()=>{let e=1;return e+t};function r(t){return t+e}export{r as $,n as e,e as n,t as PUBLIC};',
  'session-12345678.js':
    'import{$ as e,e as t,n}from"./id-verify.js";var r=r=>{let i=t();return e(r)+i+n},i="s";export{r as n,i as t,r as start};',
  'handoff-12345678.js':
    'import{e as n}from"./id-verify.js";import{n as e}from"./session-12345678.js";var t=t=>e(t)-n();export{t as start};',
  'ja-12345678.js': 'var e={text:`a`};export{e as ja};',
};

describe('shared names', () => {
  let small: Readonly<Record<string, string>> = {};
  let folder = '';
  before(async () => {
    small = await withSharedNames(CHUNKS, { module: true, ecma: 2020 });
    folder = await mkdtemp(join(tmpdir(), 'shared-names-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    for (const [file, code] of Object.entries(small)) await writeFile(join(folder, file), code);
  });
  after(() => rm(folder, { recursive: true }));
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);

  it('are the same on both sides, so the lists need no "as"', () => {
    assert.match(small['id-verify.js'] ?? '', /export\{_\$,_e,_n,\w+ as PUBLIC\};$/);
    assert.match(small['session-12345678.js'] ?? '', /^import\{_\$,_e,_n\}from/);
    assert.match(small['session-12345678.js'] ?? '', /export\{\$n,\$n as start,\w+ as t\};$/);
    assert.match(
      small['handoff-12345678.js'] ?? '',
      /import\{\$n\}from"\.\/session-12345678\.js";/,
    );
  });

  it('mean what they meant', async () => {
    const { start } = await load('session-12345678.js');
    assert.equal(start(1), 1 + 40 + 2 + 40);
    assert.equal((await load('handoff-12345678.js')).start(1), 83 - 2);
    assert.equal((await load('id-verify.js')).PUBLIC, 1);
  });

  it('a chunk with nothing to share stays as it is', () => {
    assert.equal(small['ja-12345678.js'], CHUNKS['ja-12345678.js']);
  });

  it('two names that would be one are refused', async () => {
    const twice = {
      'a-1.js': 'import{e as t}from"./b-1.js";import{e as n}from"./c-1.js";t(n);',
      'b-1.js': 'var e=1;export{e};',
      'c-1.js': 'var e=2;export{e};',
    };
    await assert.rejects(withSharedNames(twice, {}), /twice/);
  });
});
