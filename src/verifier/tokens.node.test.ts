import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webCrypto } from '../crypto/web-crypto.ts';
import {
  bearer,
  newId,
  newToken,
  referenceFor,
  sameHash,
  sessionIdOf,
  tokenHash,
} from './tokens.ts';

const id = newId(webCrypto);
const token = newToken(webCrypto, id);

test('a token is found by its session and is like no other', () => {
  assert.match(token, /^[\w-]{22}\.[\w-]{43}$/);
  assert.equal(sessionIdOf(token), id);
  assert.notEqual(newToken(webCrypto, id), token);
  assert.notEqual(newId(webCrypto), id);
  for (const other of ['', id, `${token}x`, `.${token}`]) {
    assert.throws(() => sessionIdOf(other), { code: 'session/token' });
  }
});

test('a hash is of the whole token', async () => {
  const hash = await tokenHash(webCrypto, token);
  assert.ok(sameHash(hash, await tokenHash(webCrypto, token)));
  assert.ok(!sameHash(hash, await tokenHash(webCrypto, newToken(webCrypto, id))));
  assert.ok(!sameHash(hash, hash.slice(1)));
});

test('a reference goes with its token, and is none', async () => {
  const reference = await referenceFor(webCrypto, token);
  assert.equal(await referenceFor(webCrypto, token), reference);
  assert.equal(sessionIdOf(reference), id);
  assert.notEqual(reference, token);
  assert.notEqual(await referenceFor(webCrypto, newToken(webCrypto, id)), reference);
});

test('a bearer token, and nothing beside it', () => {
  const of = (authorization?: string) =>
    bearer(new Request('https://a.example', { headers: authorization ? { authorization } : {} }));
  assert.equal(of(`Bearer ${token}`), token);
  assert.equal(of(`bearer ${token}`), token);
  for (const wrong of [undefined, token, `Basic ${token}`, `Bearer ${token} x`, 'Bearer  x']) {
    assert.throws(() => of(wrong), { code: 'session/token' }, wrong);
  }
});
