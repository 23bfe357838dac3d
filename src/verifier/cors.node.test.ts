import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ORIGIN, Page, post, site } from '../../test/verifier/harness.ts';

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
