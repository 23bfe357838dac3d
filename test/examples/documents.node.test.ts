/** What the documents say about the project is compared with the project. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { CATEGORIES } from '../../src/wire/error.ts';
import { token } from '../../src/wire/opening.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const DOCUMENTS = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

/** The first cells of the rows of the table below this heading. */
function firstCells(markdown: string, head: RegExp): string[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => head.test(line));
  assert.notEqual(start, -1, `no table ${head}`);
  const rows = lines.slice(start + 2);
  return rows
    .slice(0, rows.indexOf(''))
    .map((row) => row.split('|')[1]?.trim().replaceAll('`', '') ?? '');
}

describe('the documents', () => {
  it('have a reason for each dependency, and for no other', () => {
    const named = firstCells(read('CONTRIBUTING.md'), /^\| package \|/);
    const { dependencies, devDependencies } = manifest;
    assert.deepEqual(
      named.flatMap((cell) => cell.split(', ')).sort(),
      [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort(),
    );
  });

  it('list the categories of refusals', () => {
    assert.deepEqual(firstCells(read('SECURITY.md'), /^\| Category \|/), [...CATEGORIES]);
  });

  it('name the variables the demo server reads, and no others', () => {
    const variables = (text: string) => [...new Set(text.match(/\bID_VERIFY_[A-Z_]+/g))].sort();
    assert.deepEqual(variables(read('README.md')), variables(read('demo/config.ts')));
  });

  it('name only commands and entries there are', () => {
    const text = DOCUMENTS.map(read).join('\n');
    const scripts = [...text.matchAll(/npm run (\w+)/g)].map(([, name = '']) => name);
    const entries = [...text.matchAll(/['`](id-verify\/[\w./-]+)['`]/g)].map(([, name = '']) =>
      name.replace('id-verify', '.'),
    );
    const missing = [
      ...scripts.filter((name) => !Object.hasOwn(manifest.scripts, name)),
      ...entries.filter((name) => !Object.hasOwn(manifest.exports, name)),
    ];
    assert.deepEqual(missing, []);
  });

  it('show a reference as it is', () => {
    const [, logged = ''] = /^```json\n(.*)\n```$/m.exec(read('README.md')) ?? [];
    assert.equal(token.read(JSON.parse(logged).ref), JSON.parse(logged).ref);
  });

  for (const document of DOCUMENTS) {
    it(`${document} leads to files there are`, () => {
      const text = read(document);
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
      const paths = [...text.matchAll(/`((?:src|demo|test|tools)\/[\w./-]+)`/g)];
      const all = [...links, ...paths.map(([, path = '']) => path)];
      assert.deepEqual(
        all.filter((path) => !existsSync(path)),
        [],
      );
    });
  }

  it('name options and types that exist', () => {
    const readme = read('README.md');
    const section = readme.slice(readme.indexOf('### Options'), readme.indexOf('## The element'));
    const names = [...section.matchAll(/^\| (`.*?) \|/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)/g)])
      .map(([, name = '']) => name);
    assert.ok(names.length > 15);
    const sources = [
      'src/verifier/options.ts',
      'src/methods/profile.ts',
      'src/methods/verifiers.ts',
    ];
    const options = sources.map(read).join('\n');
    assert.deepEqual(
      names.filter((name) => !new RegExp(`readonly ${name}\\??:`).test(options)),
      [],
    );
  });
});
