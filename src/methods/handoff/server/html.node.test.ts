import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from './html.ts';

test('what is put in is text, unless it was made here', () => {
  const text = `<b a="1" b='2'>&`;
  assert.equal(html`<p>${text}</p>`.text, '<p>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;</p>');
  assert.equal(html`<p>${html`<b>${'<'}</b>`}</p>`.text, '<p><b>&lt;</b></p>');
});

test('lists stand one behind the other, nothing stands for undefined', () => {
  const items = ['<', 2, undefined, html`<i></i>`];
  assert.equal(html`${items}${undefined}${0}`.text, '&lt;2<i></i>0');
});
