import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { parseSync } from 'vite';
import { mustDoWithout, withoutFallbacks } from './lean-lit.ts';

const lit = createRequire(import.meta.resolve('lit'));
const element = createRequire(lit.resolve('lit-element'));
/** The files a browser would be given, whatever this runtime is. */
const FILES = [
  element.resolve('@lit/reactive-element').replace('/node/', '/'),
  element
    .resolve('@lit/reactive-element')
    .replace('/node/', '/')
    .replace(/[\w-]+\.js$/, 'css-tag.js'),
  lit.resolve('lit-html').replace('/node/', '/'),
  lit.resolve('lit-element').replace('/node/', '/').replace('index.js', 'lit-element.js'),
];

/** The names a module exports. */
const exportsOf = (code: string): string[] =>
  parseSync('module.js', code)
    .module.staticExports.flatMap(({ entries }) => entries)
    .map(({ exportName }) => exportName.name ?? '*');

describe('lean Lit', () => {
  for (const file of FILES) {
    it(`${file.replace(/.*node_modules\//, '')} is smaller and a module with the same exports`, () => {
      const source = readFileSync(file, 'utf8');
      const lean = withoutFallbacks(source, file) ?? assert.fail('not answered');
      assert.ok(lean.length < source.length - 100);
      assert.deepEqual(parseSync(file, lean).errors, []);
      assert.deepEqual(exportsOf(lean), exportsOf(source));
    });
  }

  it('keeps what guards against templates that nobody wrote', () => {
    const templates = FILES.find((file) => file.includes('lit-html')) ?? '';
    const lean = withoutFallbacks(readFileSync(templates, 'utf8'), templates) ?? '';
    assert.match(lean, /createPolicy\("lit-html"/);
    assert.match(lean, /hasOwnProperty\("raw"\)\)throw/);
    assert.match(lean, /Math\.random\(\)/);
  });

  it('another version is refused, other modules are left alone', () => {
    assert.throws(() => withoutFallbacks('', '/lit-html/lit-html.js'), /has changed/);
    assert.equal(withoutFallbacks('', '/lit-html/is-server.js'), undefined);
  });

  it('no module of ours uses what is left out', () => {
    const ours = globSync('src/**/*.ts', { exclude: ['**/*.test.ts', '**/*.helper.ts'] });
    assert.ok(ours.length > 100);
    for (const file of ours) mustDoWithout(readFileSync(file, 'utf8'), file);
    for (const use of [
      "import { live } from 'lit/directives/live.js';",
      ['css`a { width: $', 'b}; }`'].join('{'),
      'html`<textarea></textarea>`',
      'html`<!-- why -->`',
    ]) {
      assert.throws(() => mustDoWithout(`import { html } from 'lit';${use}`, 'a.ts'), /leaves out/);
    }
  });
});
