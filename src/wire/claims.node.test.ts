/** Adding a claim is a walk from compile error to compile error: this test walks it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { patchedCopy } from '../../test/patched-copy.ts';
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

/** Adds a line above those that begin with `individual_number:`. */
const above = (line: string) => (text: string) =>
  text.replaceAll(/^( +)(?=individual_number: )/gm, `$1${line}\n$1`);

test('a claim that is added is a compile error at each place that must speak of it, until all do', () => {
  const copy = patchedCopy();
  after(() => copy.remove());
  copy.edit('src/wire/claims.ts', above("nationality: 'text',"));
  assert.deepEqual(copy.wrong(), Object.keys(LINES));
  for (const [file, line] of Object.entries(LINES)) copy.edit(file, above(line));
  assert.deepEqual(copy.wrong(), Object.keys(TRANSLATED));
  for (const [file, line] of Object.entries(TRANSLATED)) copy.edit(file, above(line));
  assert.deepEqual(copy.wrong(), []);
});

test('names of the list, and ages of two digits', () => {
  const known = ['name', 'individual_number', 'age_over_20'];
  const unknown = ['nationality', 'age_over_7', 'age_over_200', 'toString', '', 1];
  assert.ok(known.every((name) => is(claimName, name)));
  assert.ok(unknown.every((name) => !is(claimName, name)));
});
