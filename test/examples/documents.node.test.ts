/** What the documents say about the project is compared with the project. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { CATEGORIES } from '../../src/wire/error.ts';
import benchmark from '../bench/package.json' with { type: 'json' };
import { importsOf } from '../imports.ts';
import mutation from '../mutation/package.json' with { type: 'json' };

const { devDependencies: BENCHMARK } = benchmark;
const { devDependencies: MUTATION } = mutation;

/** Where the table of dependencies says something is used, and which files that is. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  page: ['src/{element,screens,session,ui,i18n}/**', 'src/methods/*/page/**'],
  verifier: ['src/{crypto,trust,mdoc,verifier,store}/**', 'src/methods/*/server/**'],
  testing: ['src/testing/**'],
  development: ['{test,demo}/**', 'src/**/*.test.ts', '{package,biome,tsconfig}.json'],
  benchmark: ['test/bench/*.ts', 'test/bench/*.js'],
  mutation: ['test/mutation/*.ts', 'test/mutation/*.js'],
};
/** Those that are used by the name of their command, or of what their types are of. */
const ALIASES: Readonly<Record<string, string>> = {
  typescript: 'node_modules/.bin/tsc',
  '@custom-elements-manifest/analyzer': 'node_modules/.bin/cem',
  publint: "'publint'",
  '@arethetypeswrong/cli': "'attw'",
  '@types/mocha': '"mocha"',
  '@types/node': '"node"',
  '@types/pngjs': "'pngjs'",
  '@types/react': 'react',
  '@biomejs/biome': 'biome check',
  '@stryker-mutator/core': 'node_modules/.bin/stryker',
};
const isNamed = (name: string, text: string): boolean =>
  [ALIASES[name], `'${name}'`, `'${name}/`, `"${name}"`, `/node_modules/${name}/`].some(
    (use) => use !== undefined && text.includes(use),
  );

const read = (path: string): string => readFileSync(path, 'utf8');
const PAGES = globSync('demo/docs/*.md').toSorted();
const DOCUMENTS = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...PAGES];

/** A test file and what it imports of the tests' own tools. */
function filesBehind(file: string): string[] {
  const imports = importsOf(read(file))
    .map(({ specifier }) => join(dirname(file), specifier))
    .filter((path) => path.startsWith('test/tools/'));
  return [file, ...imports];
}

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
    const own = [dependencies, devDependencies, BENCHMARK, MUTATION].flatMap(Object.keys);
    assert.deepEqual(named.flatMap((cell) => cell.split(', ')).sort(), own.sort());
  });

  it('say of each dependency where it is used, and it is', () => {
    const rows = read('CONTRIBUTING.md').matchAll(/^\| ([^|]+) \| [^|]+ \| (\w+) \|$/gm);
    const wrong = [...rows].flatMap(([, names = '', where = '']) => {
      const files = USERS[where];
      if (files === undefined) return [];
      const text = globSync(files)
        .filter((file) => !file.includes('node_modules') && /\.(ts|js|json)$/.test(file))
        .map(read)
        .join('\n');
      return names.split(', ').filter((name) => !isNamed(name, text));
    });
    assert.deepEqual(wrong, []);
  });

  it('name msw as what the element’s component tests ask, and it is, by the page’s own fetch', () => {
    const row = read('CONTRIBUTING.md').match(/^\|.* msw .*$/m)?.[0] ?? '';
    assert.match(row, /backend for the component tests of the element/);
    // What imports nothing of ours asks nobody.
    const tests = globSync('src/element/*.test.ts').filter(
      (file) => !file.endsWith('.node.test.ts') && / from '\.{1,2}\//.test(read(file)),
    );
    assert.ok(tests.length > 0);
    const without = tests.filter(
      (file) => !filesBehind(file).some((one) => isNamed('msw', read(one))),
    );
    assert.deepEqual(without, []);
    const replacing = [...globSync('src/**/*.{test,helper}.ts'), ...globSync('test/tools/*.ts')];
    assert.deepEqual(
      replacing.filter((file) => /(globalThis|window)\.fetch\s*=[^=]/.test(read(file))),
      [],
    );
  });

  it('list the categories of refusals', () => {
    assert.deepEqual(firstCells(read('SECURITY.md'), /^\| Category \|/), [...CATEGORIES]);
  });

  it('name the variables the demo server reads, and no others', () => {
    const variables = (text: string) => [...new Set(text.match(/\bID_VERIFY_[A-Z_]+/g))].sort();
    assert.deepEqual(variables(read('demo/docs/demo.md')), variables(read('demo/config.ts')));
  });

  it('name only commands and entries there are', () => {
    const text = DOCUMENTS.map(read).join('\n');
    const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    const entries = [...text.matchAll(/['`](id-verify\/[\w./-]+)['`]/g)].map(([, name = '']) =>
      name.replace('id-verify', '.'),
    );
    const missing = [
      ...scripts.filter((name) => !Object.hasOwn(manifest.scripts, name)),
      ...entries.filter((name) => !Object.hasOwn(manifest.exports, name)),
    ];
    assert.deepEqual(missing, []);
  });

  for (const document of DOCUMENTS) {
    it(`${document} leads to files there are`, () => {
      const text = read(document);
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
      const paths = [...text.matchAll(/`((?:src|demo|test|tools)\/[\w./-]+)`/g)];
      const all = [...links, ...paths.map(([, path = '']) => path)];
      assert.deepEqual(
        all.filter((path) => !existsSync(path) && !existsSync(join(dirname(document), path))),
        [],
      );
    });
  }

  it('name options and types that exist', () => {
    const section = read('demo/docs/options.md');
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
