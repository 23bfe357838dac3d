import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, Page, post, site } from '../../test/verifier/harness.ts';
import { validate } from '../../test/verifier/json-schema.ts';
import type { ConfirmAnswer } from '../wire/contract.ts';

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
