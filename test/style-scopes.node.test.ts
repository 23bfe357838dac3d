/**
 * Sheets that come later are adopted beside those that were there, and stay. So each rule of a
 * screen's or a method's sheet names a class that is of this sheet alone, or it would repaint what
 * others have drawn.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** There from the beginning, for everybody. */
const COMMON = ['src/element/', 'src/ui/', 'src/screens/first/'];

const sheets = globSync('src/**/*.ts', {
  exclude: ['src/methods/*/server/**', '**/*.test.ts'],
}).flatMap((file) => {
  const text = /\bcss`([^`]*)`/.exec(readFileSync(file, 'utf8'))?.[1];
  if (!text) return [];
  const selectors = [...text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{/g)]
    .map(([, selector = '']) => selector.trim())
    .filter((selector) => !/^(@.*|to|from|[\d.]+%)$/.test(selector));
  return [{ file, selectors }];
});

const classesOf = (selector: string): string[] =>
  [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name);

/** Each selector of a list; what stands in brackets is no list of its own. */
const listed = (selector: string): string[] =>
  selector.split(/,(?![^(]*\))/).map((one) => one.trim());

test('each rule of a later sheet names a class of its own', () => {
  const usedIn = new Map<string, Set<string>>();
  for (const { file, selectors } of sheets) {
    for (const name of selectors.flatMap(classesOf)) {
      usedIn.set(name, (usedIn.get(name) ?? new Set()).add(file));
    }
  }
  const wrong = sheets
    .filter(({ file }) => !COMMON.some((folder) => file.startsWith(folder)))
    .flatMap(({ file, selectors }) =>
      selectors
        .flatMap(listed)
        .filter((selector) => !classesOf(selector).some((name) => usedIn.get(name)?.size === 1))
        .map((selector) => `${file}: ${selector}`),
    );
  assert.deepEqual(wrong, []);
});
