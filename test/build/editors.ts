/**
 * What editors read to complete and explain `<id-verify>`, from custom-elements.json: custom data of
 * VS Code for HTML and CSS, and web-types of JetBrains.
 */
import { readFileSync } from 'node:fs';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

/** @param outdir where the files go */
export function writeEditorData(outdir: string): void {
  // Each generator gets a copy of its own: they write into what they are given.
  const manifest = () => JSON.parse(readFileSync('custom-elements.json', 'utf8'));
  generateVsCodeCustomElementData(manifest(), { outdir, hideLogs: true });
  // Without `packageJson: false` it would write into ours.
  generateJetBrainsWebTypes(manifest(), { outdir, packageJson: false, hideLogs: true });
}
