import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bearer,
  json,
  ORIGIN,
  options,
  Page,
  post,
  randomToken,
  refused,
  site,
} from '../../test/verifier/harness.ts';
import type { ConfirmAnswer, OpenAnswer } from '../wire/contract.ts';
import { createKey, proveKey } from '../wire/session-key.ts';
import {
  ANONYMOUS,
  createVerifier,
  type MintOptions,
  memoryStore,
  type VerifierOptions,
} from './index.ts';

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

  it('is for members: nobody, and what is no answer of the site, opens nothing', async () => {
    const profiles = ['identity'];
    const answers: readonly unknown[] = [
      ...[null, false, 'yes', {}],
      ...[undefined, null, '', 42].map((subject) => ({ subject, profiles })),
      ...['identity', undefined].map((list) => ({ subject: 'member-1', profiles: list })),
    ];
    for (const answer of answers) {
      const given = { ...options(memoryStore()), authorize: async () => answer };
      const verifier = createVerifier(given as VerifierOptions);
      const request = post({ profile: 'identity' }, { origin: ORIGIN });
      await refused(
        await verifier.fetch(new Request(`${ORIGIN}/id-verify/sessions`, request)),
        401,
        'session/unauthorized',
      );
    }
    for (const subject of [undefined, '', 42]) {
      const opening = { subject, profile: 'identity', origin: ORIGIN } as unknown as MintOptions;
      await assert.rejects(site().verifier.mint(opening), { code: 'config/option' });
    }
  });

  it('refuses what is not the contract', async () => {
    const shop = site();
    const send = (body: string, type = 'application/json') =>
      shop.send('sessions', { method: 'POST', headers: { 'content-type': type }, body });
    await refused(await send('{"profile":'), 400, 'malformed/json');
    await refused(await send('{"profile":"identity","origin":"x"}'), 400, 'malformed/request');
    await refused(await send('{"profile":"../x"}'), 400, 'malformed/request');
    await refused(
      await send('{"profile":"identity","methods":["wallet","wallets"]}'),
      400,
      'malformed/request',
    );
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
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    const stored = JSON.stringify(await shop.store.get(page.view.id));
    for (const token of [page.token, status.ref ?? '']) {
      assert.equal(stored.includes(token.split('.')[1] ?? '?'), false);
    }
  });
});
