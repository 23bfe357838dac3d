import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteAhead, printable, sentence } from './refusal.ts';

test('facts of a case take the place of the usual words', () => {
  const meaning = ['It is wrong', 'here', 'this', 'that', 'clause 1'] as const;
  assert.equal(
    sentence(meaning, {}),
    'It is wrong, in here: expected this, found that (clause 1).',
  );
  const facts = { where: 'there', found: 'nothing new' };
  assert.match(sentence(meaning, facts), /in there: expected this, found nothing new/);
});

test('what a document says is printed short, on one line, and never as nothing', () => {
  assert.equal(printable('a\nb\u202e'), 'a\ufffdb\ufffd');
  assert.equal(printable('x'.repeat(300)).length, 200);
  assert.equal(printable(''), 'nothing');
});

test('a beginning is noted only where it lies ahead and was let pass', () => {
  const said = (begins: number, tolerance?: number) => {
    const notes: string[] = [];
    noteAhead('notBefore', begins, { now: 1_000_000, tolerance }, (note) => notes.push(note));
    return notes.join();
  };
  assert.match(said(1_000_001, 60_000), /notBefore is 1 s ahead of this clock, 60 s/);
  assert.match(said(1_060_000, 60_000), /60 s ahead/);
  assert.equal(said(1_060_001, 60_000), '');
  assert.equal(said(1_000_000, 60_000), '');
  assert.equal(said(1_000_001), '');
});
