import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Page, refused, site } from '../../test/verifier/harness.ts';
import type { EvidenceAnswer } from '../wire/contract.ts';

const MINUTE = 60_000;

describe('requests', () => {
  it('are all new each time, at most four wait, the fifth ends the first', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const asked = [];
    for (let count = 0; count < 5; count++) asked.push(await page.requests());
    assert.equal(new Set(asked.map(({ id }) => id)).size, 5);
    assert.equal(new Set(asked.map(({ requests }) => JSON.stringify(requests[0]))).size, 5);
    const session = await shop.store.get(page.view.id);
    assert.deepEqual(
      session?.exchanges.map(({ id }) => id),
      asked.slice(1).map(({ id }) => id),
    );
    const [first, second] = asked;
    assert.ok(first && second);
    const late = await page.seal({ ...(await page.present(first)) });
    await refused(await page.sendEnvelope('evidence', late), 409, 'session/used');
    const answer = await page.evidence<EvidenceAnswer>(await page.present(second));
    assert.equal(answer.outcome, 'review', 'a replaced request is still answerable');
  });

  it('stay answerable for five minutes after they were replaced, no longer', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const asked = await page.requests();
    await page.requests();
    const body = await page.present(asked);
    shop.clock.ahead = 5 * MINUTE;
    const envelope = await page.seal({ ...body });
    await refused(await page.sendEnvelope('evidence', envelope), 410, 'session/request_expired');
    await shop.verifier.sweep();
    const session = await shop.store.get(page.view.id);
    assert.equal(session?.exchanges.length, 1, 'its key is erased');
  });
});

describe('envelopes', () => {
  it('get the same answer for the same bytes, even after the session has ended', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const envelope = await page.seal({ ...(await page.present(await page.requests())) });
    const first = await (await page.sendEnvelope('evidence', envelope)).text();
    assert.equal(await (await page.sendEnvelope('evidence', envelope)).text(), first);
    page.status = JSON.parse(first).status;
    const { hash } = await page.review();
    const confirmation = await page.seal({ reviewHash: hash });
    const confirmed = await (await page.sendEnvelope('confirm', confirmation)).text();
    assert.equal(await (await page.sendEnvelope('confirm', confirmation)).text(), confirmed);
    assert.equal(await (await page.sendEnvelope('evidence', envelope)).text(), first);
    assert.equal((await shop.store.evidence(page.view.id)).length, 2);
  });

  it('are refused with other bytes at a used place in the chain', async () => {
    const page = await Page.open(site());
    const body = await page.present(await page.requests(), { mode: 'tampered' });
    const before = page.status;
    await page.evidence(body);
    const again = await page.present(await page.requests());
    const { seq } = before;
    const other = await page.seal({ ...again }, { seq });
    await refused(await page.sendEnvelope('evidence', other), 409, 'session/conflict');
  });

  it('are raced by many, and exactly one wins', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const asked = await page.requests();
    const envelopes = await Promise.all(
      Array.from({ length: 6 }, async () => page.seal({ ...(await page.present(asked)) })),
    );
    const answers = await Promise.all(
      envelopes.map((envelope) => page.sendEnvelope('evidence', envelope)),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
    assert.equal((await shop.store.evidence(page.view.id)).length, 1);
  });

  it('are refused out of place, by a foreign key, or for another session', async () => {
    const shop = site();
    const [page, other] = [await Page.open(shop), await Page.open(shop)];
    const body = { ...(await page.present(await page.requests())) };
    const before = await shop.store.get(page.view.id);
    const wrong = {
      'session/conflict': [{ seq: 1 }, { prev: new Uint8Array(32) }],
      'session/binding': [
        { sid: other.view.id },
        { aud: 'https://other.example/id-verify' },
        { origin: 'https://evil.example' },
        { challenge: new Uint8Array(32) },
      ],
    } as const;
    for (const [code, changes] of Object.entries(wrong)) {
      for (const change of changes) {
        const envelope = await page.seal(body, change);
        const status = code === 'session/conflict' ? 409 : 401;
        await refused(await page.sendEnvelope('evidence', envelope), status, code);
      }
    }
    const byOther = await other.seal(body, { sid: page.view.id });
    await refused(await page.sendEnvelope('evidence', byOther), 401, 'session/signature');
    const photo = await page.seal(body, { method: 'photo' });
    await refused(await page.sendEnvelope('evidence', photo), 403, 'policy/method');
    const nothing = await page.seal({ protocol: 'org-iso-mdoc' });
    await refused(await page.sendEnvelope('evidence', nothing), 400, 'malformed/envelope_body');
    assert.deepEqual(await shop.store.get(page.view.id), before, 'nothing was changed');
  });

  it('are refused when malformed, too long, or of another type', async () => {
    const page = await Page.open(site());
    const send = (body: Uint8Array<ArrayBuffer>, type = 'application/cose') =>
      page.call('evidence', { method: 'POST', headers: { 'content-type': type }, body });
    await refused(await send(new Uint8Array([0xff])), 400, 'malformed/indefinite_length');
    await refused(await send(new Uint8Array(2 ** 20 + 1)), 413, 'limit/body');
    await refused(
      await send(new Uint8Array(1), 'application/json'),
      415,
      'unsupported/content_type',
    );
  });
});
