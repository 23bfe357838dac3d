import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORIGIN, post, refused, site } from '../../test/verifier/harness.ts';

const open = post({ profile: 'identity' }, { origin: ORIGIN, cookie: 'login=1' });

test('only what lies below the base path is answered', async () => {
  const { verifier } = site();
  const at = (path: string) => verifier.fetch(new Request(`http://localhost:8080${path}`, open));
  assert.equal((await at('/id-verify/sessions')).status, 201);
  for (const path of [
    '/sessions',
    '/other/sessions',
    '/id-verifysessions',
    '/xxxxxxxxx/sessions',
    '/id-verify',
    '/id-verify/',
    '//sessions',
    '/id-verify/id-verify/sessions',
  ]) {
    await refused(await at(path), 404, 'unsupported/path');
  }
});

test('another base path takes the place of ours', async () => {
  const { verifier } = site({ basePath: '/api/id' });
  const at = (path: string) => verifier.fetch(new Request(`http://localhost:8080${path}`, open));
  assert.equal((await at('/api/id/sessions')).status, 201);
  await refused(await at('/id-verify/sessions'), 404, 'unsupported/path');
});

test('a known path with another HTTP method says so', async () => {
  const { verifier } = site();
  const request = new Request('http://localhost:8080/id-verify/sessions', {
    headers: { origin: ORIGIN },
  });
  await refused(await verifier.fetch(request), 405, 'unsupported/verb');
});
