import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKey, proveKey } from '../../src/evidence/key.ts';
import { ANONYMOUS, createVerifier, memoryStore } from '../../src/verifier/index.ts';
import type {
  ConfirmAnswer,
  EvidenceAnswer,
  OpenAnswer,
  ReviewAnswer,
  SessionStatus,
} from '../../src/wire/contract.ts';
import {
  bearer,
  json,
  ORIGIN,
  options,
  Page,
  post,
  randomToken,
  refused,
  SUBJECT,
  site,
} from './harness.ts';

const MINUTE = 60_000;
const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

/** A page whose evidence was accepted and waits for confirmation. */
async function inReview(shop = site()): Promise<Page> {
  const page = await Page.open(shop);
  await page.evidence(await page.present(await page.requests()));
  return page;
}

describe('opening', () => {
  it('is for listed origins, authorized members and their profiles only', async () => {
    const shop = site();
    const open = (origin: string | null, body: unknown = { profile: 'identity' }) =>
      shop.send('sessions', { ...post(body), origin });
    await refused(await open('https://evil.example'), 403, 'policy/origin');
    await refused(await open('http://localhost:8081'), 403, 'policy/origin');
    await refused(await open(null), 403, 'policy/origin');
    await refused(await open('null'), 403, 'policy/origin');
    await refused(await open(ORIGIN, { profile: 'unknown' }), 403, 'policy/profile');
    await refused(
      await open(ORIGIN, { profile: 'identity', methods: ['photo'] }),
      403,
      'policy/method',
    );
    const anonymous = await shop.verifier.fetch(
      new Request(`${ORIGIN}/id-verify/sessions`, {
        ...post({ profile: 'identity' }, { origin: ORIGIN }),
      }),
    );
    await refused(anonymous, 401, 'session/unauthorized');
  });

  it('refuses what is not the contract', async () => {
    const shop = site();
    const send = (body: string, type = 'application/json') =>
      shop.send('sessions', { method: 'POST', headers: { 'content-type': type }, body });
    await refused(await send('{"profile":'), 400, 'malformed/json');
    await refused(await send('{"profile":"identity","origin":"x"}'), 400, 'malformed/request');
    await refused(await send('{"profile":"../x"}'), 400, 'malformed/request');
    await refused(
      await send('{"profile":"identity"}', 'text/plain'),
      415,
      'unsupported/content_type',
    );
    await refused(await send(`"${'x'.repeat(20_000)}"`), 413, 'limit/body');
  });

  it('stops reading a body that does not say how long it is', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    const init = { ...post({}), body, duplex: 'half' } as RequestInit;
    await refused(await site().send('sessions', init), 413, 'limit/body');
    assert.ok(sent < 30, `${sent} pieces were read`);
  });

  it('is for anybody only where the site says so by name', async () => {
    const { authorize: _, ...rest } = options(memoryStore());
    const verifier = createVerifier({ ...rest, anonymousUse: 'allowed' });
    const request = () =>
      new Request(`${ORIGIN}/id-verify/sessions`, post({ profile: 'adult' }, { origin: ORIGIN }));
    const { session } = await json<OpenAnswer>(await verifier.fetch(request()), 201);
    assert.equal((await rest.store.get(session.id))?.subject, ANONYMOUS);
  });

  it('narrows methods, never widens them', async () => {
    const page = await Page.open(site(), 'identity', ['photo', 'wallet']);
    assert.deepEqual(page.view.methods, [{ method: 'wallet' }]);
  });
});

describe('claiming', () => {
  it('takes one key, once', async () => {
    const shop = site();
    const { token, session } = await json<OpenAnswer>(
      await shop.send('sessions', post({ profile: 'identity' })),
      201,
    );
    const path = `sessions/${session.id}/claim`;
    const claim = async (bearerToken: string, origin = ORIGIN) =>
      shop.send(path, {
        ...post(await proveKey(await createKey(), session.id, token, origin), bearer(bearerToken)),
      });
    await refused(await claim(randomToken(session.id)), 401, 'session/token');
    await refused(await claim(token, 'https://evil.example'), 401, 'session/proof');
    const foreign = await proveKey(await createKey(), session.id, token, ORIGIN);
    const { publicKey } = await proveKey(await createKey(), session.id, token, ORIGIN);
    const swapped = { publicKey, proof: foreign.proof };
    await refused(await shop.send(path, post(swapped, bearer(token))), 401, 'session/proof');
    await json(await claim(token));
    await refused(await claim(token), 409, 'session/used');
    await refused(
      await shop.send(`sessions/${session.id}`, { headers: bearer(token) }),
      401,
      'session/token',
    );
  });

  it('is raced by two, and exactly one wins', async () => {
    const shop = site();
    const { token, session } = await json<OpenAnswer>(
      await shop.send('sessions', post({ profile: 'identity' })),
      201,
    );
    const claims = [0, 1].map(async () => {
      const body = await proveKey(await createKey(), session.id, token, ORIGIN);
      return shop.send(`sessions/${session.id}/claim`, post(body, bearer(token)));
    });
    const statuses = (await Promise.all(claims)).map(({ status }) => status);
    assert.deepEqual(statuses.sort(), [200, 409]);
    assert.equal((await shop.store.get(session.id))?.keys.length, 1);
  });

  it('fixes the origin: a minted token is no good elsewhere', async () => {
    const other = 'http://127.0.0.1:8080';
    const shop = site({ origins: [ORIGIN, other] });
    const token = await shop.verifier.mint({ subject: 'm', profile: 'adult', origin: other });
    const id = token.split('.')[0] ?? '';
    const body = await proveKey(await createKey(), id, token, ORIGIN);
    await refused(
      await shop.send(`sessions/${id}/claim`, post(body, bearer(token))),
      401,
      'session/origin',
    );
  });
});

describe('tokens', () => {
  it('open only their own session, and nothing is changed by a wrong one', async () => {
    const shop = site();
    const [mine, other] = [await Page.open(shop), await Page.open(shop)];
    const before = await shop.store.get(mine.view.id);
    const status = (headers: Record<string, string>, id = mine.view.id) =>
      shop.send(`sessions/${id}`, { headers });
    await refused(await status({}), 401, 'session/token');
    await refused(await status({ authorization: 'Basic eA==' }), 401, 'session/token');
    await refused(await status(bearer('x')), 401, 'session/token');
    await refused(await status(bearer(other.token)), 401, 'session/token');
    await refused(await status(bearer(randomToken(mine.view.id))), 401, 'session/token');
    const unknown = 'A'.repeat(22);
    await refused(await status(bearer(randomToken(unknown)), unknown), 404, 'session/unknown');
    await refused(
      await mine.call('wallet', { method: 'POST', origin: 'http://127.0.0.1:8080' }),
      401,
      'session/origin',
    );
    assert.deepEqual(await shop.store.get(mine.view.id), before);
  });

  it('are never in the store', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { status } = await page.confirm<ConfirmAnswer>();
    const stored = JSON.stringify(await shop.store.get(page.view.id));
    for (const token of [page.token, status.ref ?? '']) {
      assert.equal(stored.includes(token.split('.')[1] ?? '?'), false);
    }
  });
});

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

describe('the review', () => {
  it('exists only in state review, for the key that sent the evidence', async () => {
    const shop = site();
    const page = await Page.open(shop);
    await refused(await page.call('review'), 409, 'session/conflict');
    await page.evidence(await page.present(await page.requests()));
    const response = await page.call('review');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.status, 200);
    await page.confirm();
    await refused(await page.call('review'), 410, 'session/ended');
    const kept = await shop.store.personal(page.view.id);
    assert.deepEqual(
      kept.map(({ name }) => name),
      ['claim/name', 'claim/address', 'claim/birth_date', 'claim/portrait'],
    );
  });

  it('answers the same bytes until it hides, then new ones that must be confirmed instead', async () => {
    const shop = site();
    const page = await inReview(shop);
    const first = await page.review();
    assert.equal((await page.review()).text, first.text);
    shop.clock.ahead = 5 * MINUTE + 1;
    const second = await page.review();
    const shown: ReviewAnswer = JSON.parse(second.text);
    assert.ok(shown.hideAt > JSON.parse(first.text).hideAt);
    const stale = await page.seal({ reviewHash: first.hash });
    await refused(await page.sendEnvelope('confirm', stale), 422, 'request_mismatch/review');
    const { outcome } = await page.confirm<ConfirmAnswer>();
    assert.equal(outcome, 'verified');
  });

  it('disputed: erases what was read, records a refusal, and another attempt is free', async () => {
    const shop = site();
    const page = await inReview(shop);
    const answer = await page.confirm<ConfirmAnswer>(true);
    assert.equal(answer.outcome, 'disputed');
    assert.equal(answer.code, 'incomplete/disputed');
    assert.equal(answer.status.state, 'awaiting');
    assert.equal(answer.status.attemptsLeft, 4);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
    const evidence = await shop.store.evidence(page.view.id);
    assert.equal(evidence.at(-1)?.code, 'incomplete/disputed');
    await page.evidence(await page.present(await page.requests()));
    assert.equal((await page.confirm<ConfirmAnswer>()).outcome, 'verified');
  });

  it('unconfirmed at expiry: erased, never verified', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { hash } = await page.review();
    const confirmation = await page.seal({ reviewHash: hash });
    shop.clock.ahead = 20 * MINUTE;
    await refused(await page.sendEnvelope('confirm', confirmation), 410, 'session/expired');
    assert.equal((await json<SessionStatus>(await page.call(''))).state, 'expired');
    assert.deepEqual(await shop.store.personal(page.view.id), []);
  });
});

describe('the end', () => {
  it('comes by cancelling, once, and everything is erased', async () => {
    const shop = site();
    const page = await inReview(shop);
    const remove = () => page.call('', { method: 'DELETE' });
    assert.equal((await remove()).status, 204);
    assert.equal((await remove()).status, 204, 'safe to repeat');
    const status = await json<SessionStatus>(await page.call(''));
    assert.equal(status.state, 'cancelled');
    assert.equal(status.ref, undefined);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
    await refused(await page.call('wallet', { method: 'POST' }), 410, 'session/ended');
  });

  it('does not come twice: what is verified cannot be cancelled by the page', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { status } = await page.confirm<ConfirmAnswer>();
    await refused(await page.call('', { method: 'DELETE' }), 410, 'session/ended');
    assert.equal((await shop.verifier.redeem(status.ref ?? '', expectation)).status, 'verified');
    await shop.verifier.erase(page.view.id);
    await assert.rejects(shop.verifier.redeem(status.ref ?? '', expectation), {
      code: 'session/unknown',
    });
  });

  it('forgets each value at its time, and the proof after it', async () => {
    const shop = site();
    const page = await inReview(shop);
    const { ref = '' } = (await page.confirm<ConfirmAnswer>()).status;
    const claims = async () => Object.keys((await shop.verifier.redeem(ref, expectation)).claims);
    assert.deepEqual(await claims(), ['name', 'address', 'birth_date', 'portrait']);
    shop.clock.ahead = 61 * MINUTE;
    await shop.verifier.sweep();
    assert.deepEqual(await claims(), ['name', 'address'], 'the rest is not kept');
    shop.clock.ahead = 31 * 24 * 60 * MINUTE;
    assert.deepEqual(await shop.verifier.sweep(), { expired: 0, erased: 1 });
    assert.equal(await shop.store.get(page.view.id), undefined);
  });
});

describe('following', () => {
  it('tells each status as it comes and ends with the session', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const stream = await page.call('events');
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');
    const text = stream.text();
    await page.evidence(await page.present(await page.requests()));
    await page.confirm();
    const states = [...(await text).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => {
      const status: SessionStatus = JSON.parse(data);
      return status.ref ? `${status.state} with ref` : status.state;
    });
    assert.equal(states[0], 'awaiting');
    assert.ok(states.includes('review'));
    assert.equal(states.at(-1), 'done with ref');
    assert.doesNotMatch(await text, /番号|花子/);
  });

  it('ends when the session expires, though nobody sweeps', async () => {
    const shop = site();
    const page = await Page.open(shop);
    shop.clock.ahead = 15 * MINUTE - 50;
    const text = await (await page.call('events')).text();
    assert.match(text, /"state":"expired"/);
  });

  it('ends when the page leaves or the verifier closes', async () => {
    const shop = site();
    const page = await Page.open(shop);
    const [leaving, staying] = [await page.call('events'), await page.call('events')];
    await leaving.body?.cancel();
    const text = staying.text();
    shop.verifier.close();
    assert.match(await text, /"state":"awaiting"/);
    await refused(await page.call(''), 503, 'unavailable/closing');
  });
});
