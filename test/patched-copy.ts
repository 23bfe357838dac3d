/** A copy of the sources that is changed and compiled: what a change leads to, step by step. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface PatchedCopy {
  /** Changes a file, which must change it. */
  edit(file: string, change: (text: string) => string): void;
  write(file: string, text: string): void;
  /** Paths that match, from the project's root. */
  files(pattern: string): string[];
  read(file: string): string;
  /** The files that do not compile now, sorted. */
  wrong(): string[];
  /** Everything is as it was copied. */
  reset(): void;
  remove(): void;
}

/** Copies `src` as it is, without tests in what is compiled. */
export function patchedCopy(): PatchedCopy {
  const folder = mkdtempSync(join(tmpdir(), 'patched-'));
  for (const name of ['src', 'test/tsconfig', 'package.json']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const config = {
    extends: './test/tsconfig/base.json',
    compilerOptions: {
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node'],
      // Only what a change touches is looked at again.
      incremental: true,
      tsBuildInfoFile: './state.tsbuildinfo',
    },
    include: ['src'],
    exclude: ['src/**/*.test.ts', 'src/**/*.helper.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const changed = new Set<string>();
  const write = (file: string, text: string) => {
    changed.add(file);
    writeFileSync(join(folder, file), text);
  };
  return {
    read,
    edit(file, change) {
      const before = read(file);
      const after = change(before);
      assert.notEqual(after, before, `nothing to change in ${file}`);
      write(file, after);
    },
    write,
    files: (pattern) => globSync(pattern, { cwd: folder }).toSorted(),
    wrong() {
      const tsc = resolve('node_modules/.bin/tsc');
      const { stdout } = spawnSync(tsc, ['-p', folder, '--pretty', 'false'], {
        cwd: folder,
        encoding: 'utf8',
      });
      const found = [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)];
      return [...new Set(found.map(([, file = '']) => file))].sort();
    },
    reset() {
      for (const file of changed) {
        if (existsSync(file)) cpSync(file, join(folder, file));
        else rmSync(join(folder, file));
      }
      changed.clear();
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
