import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, ORIGIN, Page, post, refused, site } from '../../test/verifier/harness.ts';

describe('answers', () => {
  it('are never cached, never sniffed', async () => {
    const page = await Page.open(site());
    for (const response of [
      await page.call(''),
      await page.call('wallet', { method: 'POST' }),
      await page.call('review'),
    ]) {
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('say what is not here', async () => {
    const shop = site();
    await refused(await shop.send('nothing'), 404, 'unsupported/path');
    await refused(await shop.send('sessions'), 405, 'unsupported/verb');
    await refused(await shop.send('sessions/x/y/z'), 404, 'unsupported/path');
    const outside = await shop.verifier.fetch(new Request(`${ORIGIN}/elsewhere`));
    await refused(outside, 404, 'unsupported/path');
  });

  it('are 429 with a time to come back where the site limits', async () => {
    const operations: string[] = [];
    const shop = site({
      rateLimit: (_, operation, { subject }) =>
        subject !== undefined || operations.push(operation) < 2,
    });
    await Page.open(shop).then(
      () => assert.fail('the second call was limited'),
      () => undefined,
    );
    assert.deepEqual(operations, ['openSession', 'claimSession']);
    const limited = await shop.send('sessions', post({ profile: 'identity' }));
    assert.equal(limited.headers.get('retry-after'), '5');
    await refused(limited, 429, 'limit/rate');
  });

  it('come although the log fails, at once or later', async () => {
    const logs = [
      () => {
        throw new Error('disk full');
      },
      () => Promise.reject(new Error('disk full')),
    ];
    for (const log of logs) {
      const shop = site({ log });
      await json(await shop.send('sessions', post({ profile: 'identity' })), 201);
      await refused(await shop.send('nowhere'), 404, 'unsupported/path');
    }
  });

  it('tell nobody about the inside of a failure', async () => {
    const shop = site({
      rateLimit: () => {
        throw new TypeError('password of 花子');
      },
    });
    const response = await shop.send('openapi.json');
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /花子/);
    assert.equal(shop.log.at(-1)?.event, 'request.failed');
    assert.match(shop.log.at(-1)?.error ?? '', /^TypeError < .*http\.node\.test\.ts/);
    assert.doesNotMatch(JSON.stringify(shop.log), /花子/);
  });
});
