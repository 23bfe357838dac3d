import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutTemplateSpace } from './template-text.ts';

test('space around punctuation goes, space that selects or calculates stays', () => {
  const source = [
    'const a = css`',
    '  /* why */',
    '  :host(:focus) :is(b, i) > p {',
    '    margin: 0 calc(1px + 0.5px) -0.25rem 10.5px;',
    '    color: red;',
    '  }`;',
  ].join('\n');
  assert.equal(
    withoutTemplateSpace(source),
    'const a = css`:host(:focus) :is(b,i) > p{margin:0 calc(1px + .5px) -.25rem 10.5px;color:red}`;',
  );
});

test('in markup one space is as good as many, also inside what is inserted', () => {
  const source = [
    'const a: string = html`',
    '  <p',
    '    class="b"',
    '  >',
    '    ${c ? svg`<g>  </g>` : `as  it  is`}',
    '  </p>',
    '`;',
  ].join('\n');
  assert.equal(
    withoutTemplateSpace(source),
    'const a: string = html`<p class="b">${c ? svg`<g> </g>` : `as  it  is`}</p>`;',
  );
});

test('between words, and around what stands in a line, the space stays', () => {
  const source = 'const a = html`<p> <b>c</b> <i d=${e} >f</i> </p> ${g} ${h}`;';
  assert.equal(
    withoutTemplateSpace(source),
    'const a = html`<p><b>c</b> <i d=${e}>f</i></p>${g} ${h}`;',
  );
});
