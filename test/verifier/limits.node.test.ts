import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createVerifier, memoryStore, type VerifierOptions } from '../../src/verifier/index.ts';
import { json, ORIGIN, options, Page, post, refused, SUBJECT, site } from './harness.ts';

const ADDRESS = '203.0.113.7';

type RateLimit = NonNullable<VerifierOptions['rateLimit']>;

describe('the site’s limits', () => {
  it('are asked with address and subject, the subject once it is known', async () => {
    const asked: Parameters<RateLimit>[2][] = [];
    const verifier = createVerifier(
      options(memoryStore(), {
        authorize: async () => {
          assert.deepEqual(asked, [{ address: ADDRESS, subject: undefined }], 'before authorize');
          return { subject: SUBJECT, profiles: ['adult'] };
        },
        rateLimit: (_, operation, who) => {
          assert.equal(operation, 'openSession');
          asked.push(who);
          return true;
        },
      }),
    );
    const headers = { origin: ORIGIN };
    const opening = new Request(
      `${ORIGIN}/id-verify/sessions`,
      post({ profile: 'adult' }, headers),
    );
    await json(await verifier.fetch(opening, { address: ADDRESS }), 201);
    assert.deepEqual(asked, [
      { address: ADDRESS, subject: undefined },
      { address: ADDRESS, subject: SUBJECT },
    ]);
  });

  it('refuse a member, in the calls of a session too', async () => {
    let most = Number.POSITIVE_INFINITY;
    const shop = site({ rateLimit: (_, __, { subject }) => subject === undefined || most-- > 0 });
    const page = await Page.open(shop);
    most = 1;
    await json(await page.call(''));
    await refused(await page.call(''), 429, 'limit/rate');
  });

  it('can be what `authorize` answers', async () => {
    const store = memoryStore();
    const verifier = createVerifier(options(store, { authorize: async () => 'too many' }));
    const opening = post({ profile: 'adult' }, { origin: ORIGIN });
    const answer = await verifier.fetch(new Request(`${ORIGIN}/id-verify/sessions`, opening));
    assert.equal(answer.headers.get('retry-after'), '5');
    await refused(answer, 429, 'limit/rate');
  });
});

describe('64 at once', () => {
  it('envelopes of one session: one is taken, the store is not asked without end', async () => {
    const store = memoryStore();
    let reads = 0;
    const { get } = store;
    store.get = (id) => {
      reads += 1;
      return get.call(store, id);
    };
    const page = await Page.open(site({ store }));
    const body = await page.present(await page.requests());
    const envelopes = await Promise.all(Array.from({ length: 64 }, () => page.seal({ ...body })));
    reads = 0;
    const answers = await Promise.all(envelopes.map((one) => page.sendEnvelope('evidence', one)));
    const statuses = answers.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 200).length, 1);
    assert.equal(statuses.filter((status) => status === 409).length, 63);
    assert.ok(reads < 64 * 4, `${reads} reads`);
  });

  it('changes of one session: all are made, with few tries each', async () => {
    const store = memoryStore();
    let tries = 0;
    const { transition } = store;
    store.transition = async (...change) => {
      tries += 1;
      // As far away as a database is.
      await new Promise((resolve) => setImmediate(resolve));
      return transition.apply(store, change);
    };
    const page = await Page.open(site({ store }));
    await json(await page.call(''));
    tries = 0;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => page.call('wallet', { method: 'POST' })),
    );
    for (const answer of answers) assert.equal(answer.status, 200, await answer.text());
    assert.ok(tries < 64 * 12, `${tries} tries`);
  });
});
