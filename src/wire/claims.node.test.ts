/** Adding a claim is a walk from compile error to compile error: this test walks it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { claimName } from './opening.ts';
import { is } from './schema.ts';

/**
 * What `nationality: 'text'` asks of each file: the line it needs, above each of those that speak of
 * the individual number. English is asked once Japanese has the word.
 */
const LINES = {
  'src/methods/handoff/server/providers/digital-auth.ts': 'nationality: null,',
  'src/methods/handoff/server/providers/platform.ts': 'nationality: false,',
  'src/methods/handoff/server/statement.ts': "nationality: { ja: '国籍', en: 'nationality' },",
  'src/methods/photo/server/config.ts': 'nationality: false,',
  'src/methods/wallet/doctypes.ts': 'nationality: null,',
  'src/screens/first/ja.ts': "nationality: '国籍',",
  'src/verifier/match.ts': 'nationality: null,',
} as const;
const TRANSLATED = { 'src/screens/first/en.ts': "nationality: 'Nationality'," } as const;

const folder = mkdtempSync(join(tmpdir(), 'claims-'));
after(() => rmSync(folder, { recursive: true }));

/** A copy of the sources that compiles like the project, without its tests. */
function copy(): void {
  for (const name of ['src', 'test/tsconfig', 'package.json']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const config = {
    extends: './test/tsconfig/base.json',
    compilerOptions: {
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node'],
    },
    include: ['src'],
    exclude: ['src/**/*.test.ts', 'src/**/*.helper.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
}

/** Adds a line above those that begin with `individual_number:`. */
function add(file: string, line: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const added = text.replaceAll(/^( +)(?=individual_number: )/gm, `$1${line}\n$1`);
  assert.notEqual(added, text, file);
  writeFileSync(path, added);
}

/** The files that do not compile. */
function wrong(): string[] {
  const tsc = resolve('node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const found = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)];
  return [...new Set(found.map(([, file = '']) => file))].sort();
}

test('a claim that is added is a compile error at each place that must speak of it, until all do', () => {
  copy();
  add('src/wire/claims.ts', "nationality: 'text',");
  assert.deepEqual(wrong(), Object.keys(LINES));
  for (const [file, line] of Object.entries(LINES)) add(file, line);
  assert.deepEqual(wrong(), Object.keys(TRANSLATED));
  for (const [file, line] of Object.entries(TRANSLATED)) add(file, line);
  assert.deepEqual(wrong(), []);
});

test('names of the list, and ages of two digits', () => {
  const known = ['name', 'individual_number', 'age_over_20'];
  const unknown = ['nationality', 'age_over_7', 'age_over_200', 'toString', '', 1];
  assert.ok(known.every((name) => is(claimName, name)));
  assert.ok(unknown.every((name) => !is(claimName, name)));
});
