import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConfirmAnswer } from '../../src/wire/contract.ts';
import { json, ORIGIN, Page, post, refused, site } from './harness.ts';
import { validate } from './json-schema.ts';

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

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

describe('the OpenAPI description', () => {
  it('has every call, and each of them answers', async () => {
    const shop = site();
    const { openapi, paths } = await json<OpenApi>(await shop.send('openapi.json'));
    assert.equal(openapi, '3.1.0');
    const described = Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { operationId }]) => ({ path, verb, operationId })),
    );
    assert.deepEqual(described.map(({ operationId }) => operationId).sort(), [
      'cancel',
      'claimSession',
      'confirm',
      'describe',
      'followStatus',
      'getResult',
      'getReview',
      'getStatus',
      'openSession',
      'prepareWallet',
      'sendEvidence',
      'takeBack',
      'transfer',
    ]);
    for (const { path, verb } of described) {
      const concrete = path.slice(1).replace(/\{\w+\}/g, 'A'.repeat(22));
      const response = await shop.send(concrete, { method: verb.toUpperCase() });
      const { code } = response.ok ? { code: 'ok' } : await response.json();
      assert.ok(
        !['unsupported/path', 'unsupported/verb'].includes(code),
        `${verb} ${path}: ${code}`,
      );
    }
  });

  it('describes what is really answered', async () => {
    const shop = site({
      authorizeResults: async () => ({
        subject: 'member-1',
        profile: 'identity',
        acceptTest: true,
      }),
    });
    const { paths } = await json<OpenApi>(await shop.send('openapi.json'));
    const page = await Page.open(shop);
    const opened = await json(await shop.send('sessions', post({ profile: 'identity' })), 201);
    const status = await json(await page.call(''));
    const asked = await page.requests();
    const verdict = await page.evidence(await page.present(asked));
    const review: unknown = JSON.parse((await page.review()).text);
    const confirmed = await page.confirm<ConfirmAnswer>();
    const answers = {
      openSession: opened,
      getStatus: status,
      prepareWallet: asked,
      sendEvidence: verdict,
      getReview: review,
      confirm: confirmed,
      getResult: await json(await shop.send(`results/${confirmed.status.ref}`)),
    };
    for (const [operation, answer] of Object.entries(answers)) {
      const schema = Object.values(paths)
        .flatMap((verbs) => Object.values(verbs))
        .filter(({ operationId }) => operationId === operation)
        .flatMap(({ responses }) => Object.values(responses))
        .map(({ content }) => content?.['application/json']?.schema)
        .find((found) => found !== undefined);
      assert.ok(schema, operation);
      assert.deepEqual(validate(schema, answer), [], operation);
      assert.notDeepEqual(validate(schema, { status: 'else' }), [], `${operation} refuses others`);
    }
  });
});
