/** Every promise of SECURITY.md and of README's legal part names the test that fails when it is untrue. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** Sections that promise nothing: how to report, what codes mean, the notes themselves. */
const SILENT = ['Reporting', 'What holds this page to its word'];
/** A note that says a fact is somebody else's; it names no test, and is to be used as rarely. */
const OUTSIDE = 'outside';

interface Note {
  readonly id: string;
  readonly text: string;
}

const notesOf = (markdown: string): Note[] =>
  [...markdown.matchAll(/^\[\^(\w+)\]: (.*)$/gm)].map(([, id = '', text = '']) => ({ id, text }));

/** Paragraphs, list items and rows of tables below the headings that promise something. */
function promises(markdown: string, only?: string): string[] {
  const sections = markdown.split(/^## /m).slice(1);
  return sections
    .filter((section) => {
      const [heading = ''] = section.split('\n', 1);
      return only === undefined ? !SILENT.includes(heading) : heading === only;
    })
    .flatMap((section) => {
      const [, ...lines] = section.split('\n');
      return lines.filter(
        (line) =>
          // A head of a table, its rule, rows of the table of codes, sentences that lead on to a list.
          line.trim() !== '' &&
          !/^(#|\[\^|\|-|\| (Attacker|Category|`)|```)/.test(line) &&
          !/:$/.test(line) &&
          !/that the verifier on your server$/.test(line),
      );
    });
}

/** What is wrong with the promises of a text: one sentence each. */
function unkept(markdown: string, only?: string): string[] {
  const notes = notesOf(markdown);
  const found = promises(markdown, only);
  const marks = found.map((line) => [...line.matchAll(/\[\^(\w+)\]/g)].map(([, id = '']) => id));
  const used = new Set(marks.flat());
  return [
    ...found.flatMap((line, at) => (marks[at]?.length ? [] : [`no test: ${line.slice(0, 60)}`])),
    ...[...used].filter((id) => !notes.some((note) => note.id === id)).map((id) => `no note ${id}`),
    ...notes.flatMap(({ id, text }) => (used.has(id) ? wrongIn(id, text) : [`nobody uses ${id}`])),
  ];
}

function wrongIn(id: string, text: string): string[] {
  if (id === OUTSIDE) return [];
  const tests = [...text.matchAll(/`([^`]+)` "([^"]+)"/g)];
  if (tests.length === 0) return [`${id} names no test`];
  return tests.flatMap(([, path = '', title = '']) =>
    existsSync(path) && readFileSync(path, 'utf8').includes(title)
      ? []
      : [`${id}: no test “${title}” in ${path}`],
  );
}

describe('promises', () => {
  it('of SECURITY.md each have a test', () => {
    assert.deepEqual(unkept(readFileSync('SECURITY.md', 'utf8')), []);
  });

  it('of the legal part of the README each have a test', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.deepEqual(unkept(readme, 'What a regulated business must know'), []);
  });

  it('without one are found', () => {
    const path = 'test/examples/promises.node.test.ts';
    const good = `## A\n\nIt holds.[^a]\n\n[^a]: \`${path}\` "without one are found"\n`;
    assert.deepEqual(unkept(good), []);
    const wrong = [
      good.replace('[^a]\n', '\n'),
      good.replace('without one are found', 'something else'.toUpperCase()),
      good.replace(path, 'test/none.ts'),
      good.replace('It holds.[^a]', 'It holds.[^b]'),
      `${good}\nSo does this.\n`,
      good.replace(/^\[\^a\].*$/m, '[^a]: believe me'),
    ];
    for (const text of wrong) assert.notDeepEqual(unkept(text), [], text);
  });
});
