import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, it } from 'node:test';
import customElements from '../../custom-elements.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import { writeEditorData } from './editors.ts';

const folder = mkdtempSync(join(tmpdir(), 'editors-'));
after(() => rmSync(folder, { recursive: true }));
writeEditorData(folder);
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface Declared {
  readonly name: string;
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}
const modules: readonly { readonly declarations: readonly Declared[] }[] = customElements.modules;
const declarations = modules.flatMap((module) => module.declarations);
const element = declarations.find(({ tagName }) => tagName === 'id-verify');
const said = (list: readonly Named[] = []) =>
  list.map(({ name, description }) => `${name}: ${description}`).sort();

describe('what editors read', () => {
  it('VS Code has each attribute and each custom property, with its description', () => {
    const [tag] = read('vscode.html-custom-data.json').tags;
    assert.equal(tag.name, 'id-verify');
    assert.ok(said(tag.attributes).length > 5);
    assert.deepEqual(said(tag.attributes), said(element?.attributes));
    const { properties } = read('vscode.css-custom-data.json');
    assert.deepEqual(said(properties), said(element?.cssProperties));
  });

  it('JetBrains has each attribute and each event, with its description', () => {
    const { version, contributions } = read('web-types.json');
    assert.equal(version, manifest.version);
    const [tag] = contributions.html.elements;
    assert.equal(tag.name, 'id-verify');
    assert.deepEqual(said(tag.attributes), said(element?.attributes));
    assert.deepEqual(said(tag.js.events), said(element?.events));
  });

  it('package.json says where they are', () => {
    assert.equal(manifest.exports['./editors/*'], './dist/editors/*');
    assert.ok(readdirSync(folder).includes(basename(manifest['web-types'])));
  });
});
