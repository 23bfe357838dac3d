import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindingCookie, boundValue } from './cookie.ts';

const secure = { url: 'https://shop.test/id-verify' };
const plain = { url: 'http://localhost:8080/id-verify' };

test('over https the cookie is bound to the host, elsewhere it cannot be', () => {
  assert.equal(
    bindingCookie(secure, 'q1', 'secret', 1_500),
    '__Host-id-verify-q1=secret; Path=/; Max-Age=2; HttpOnly; SameSite=Lax; Secure',
  );
  assert.equal(
    bindingCookie(plain, 'q1', 'secret', -1),
    'id-verify-q1=secret; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
  );
});

test('only the value of this exchange is read, by its whole name', () => {
  const cookie = 'a=1; __Host-id-verify-q10=other;__Host-id-verify-q1=a=b; id-verify-q1=plain';
  const request = new Request(secure.url, { headers: { cookie } });
  assert.equal(boundValue(secure, 'q1', request), 'a=b');
  assert.equal(boundValue(plain, 'q1', request), 'plain');
  assert.equal(boundValue(secure, 'q2', request), undefined);
  assert.equal(boundValue(secure, 'q1', new Request(secure.url)), undefined);
});
