import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutStyleSpace } from './style-text.ts';

test('space around punctuation goes, space that selects or calculates stays', () => {
  const source = [
    'const a = css`',
    '  /* why */',
    '  :host(:focus) :is(b, i) > p {',
    '    margin: 0 calc(1px + 2px);',
    '    color: red;',
    '  }`;',
    'const b = html`<p> a </p>`;',
  ].join('\n');
  assert.equal(
    withoutStyleSpace(source),
    'const a = css`:host(:focus) :is(b,i) > p{margin:0 calc(1px + 2px);color:red}`;\nconst b = html`<p> a </p>`;',
  );
});
