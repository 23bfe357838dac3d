import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultCrypto } from '../../../crypto/node-crypto.ts';
import { html } from './html.ts';
import { languageOf, pageResponse } from './page.ts';

test('the first language there are words for counts, Japanese where there is none', () => {
  const said = (accepted?: string) =>
    languageOf(
      new Request('https://a.test', { headers: accepted ? { 'accept-language': accepted } : {} }),
    );
  assert.equal(said('en-US,ja;q=0.9'), 'en');
  assert.equal(said('fr, JA;q=0.9, en;q=0.8'), 'ja');
  assert.equal(said('fr, en;q=0.8'), 'en');
  assert.equal(said('fr'), 'ja');
  assert.equal(said(), 'ja');
});

test('a page lets in its own style sheet and nothing else', async () => {
  const crypto = defaultCrypto();
  const made = { language: 'en', title: '<Title>', body: html`<p>Text</p>` } as const;
  const response = await pageResponse(crypto, made);
  const text = await response.text();
  assert.equal(response.status, 200);
  assert.match(text, /<title>&lt;Title&gt;<\/title>/);
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(text) ?? [];
  const digest = await crypto.digest('SHA-256', new TextEncoder().encode(style));
  const source = `'sha256-${Buffer.from(digest).toString('base64')}'`;
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.ok(policy.startsWith(`default-src 'none'; style-src ${source};`), policy);
  const other = await pageResponse(crypto, { ...made, status: 404, headers: { 'x-more': '1' } });
  assert.deepEqual([other.status, other.headers.get('x-more')], [404, '1']);
  assert.equal(other.headers.get('content-security-policy'), policy);
});
