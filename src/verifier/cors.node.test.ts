import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coreOf } from '../../test/verifier/core.ts';
import { ORIGIN, Page, post, site } from '../../test/verifier/harness.ts';
import { withCors } from './cors.ts';

describe('CORS', () => {
  it('answers exact listed origins, never with credentials, preflight included', async () => {
    const shop = site();
    const preflight = (origin: string) =>
      shop.send('sessions/x/evidence', {
        method: 'OPTIONS',
        origin,
        headers: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
    const allowed = await preflight(ORIGIN);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), ORIGIN);
    assert.equal(
      allowed.headers.get('access-control-allow-headers'),
      'authorization, content-type',
    );
    assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
    assert.match(allowed.headers.get('vary') ?? '', /Origin/);
    for (const origin of ['https://evil.example', `${ORIGIN}.evil.example`, 'null']) {
      const other = await preflight(origin);
      assert.equal(other.headers.get('access-control-allow-origin'), null, origin);
    }
  });

  it('covers refusals and streams, so that the page learns why', async () => {
    const shop = site();
    const refusal = await shop.send('sessions', post({ profile: 'unknown' }));
    assert.equal(refusal.headers.get('access-control-allow-origin'), ORIGIN);
    const page = await Page.open(shop);
    const stream = await page.call('events');
    assert.equal(stream.headers.get('access-control-allow-origin'), ORIGIN);
    await stream.body?.cancel();
  });
});

it('only a listed origin, sent as such, may read an answer', () => {
  const { core } = coreOf();
  const allowed = (origin?: string) => {
    const request = new Request(ORIGIN, { headers: origin ? { origin } : {} });
    return withCors(core, request, new Response()).headers.get('access-control-allow-origin');
  };
  assert.equal(allowed(ORIGIN), ORIGIN);
  assert.equal(allowed('https://other.test'), null);
  assert.equal(allowed(), null);
});
