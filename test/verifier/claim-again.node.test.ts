import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClaimAnswer, OpenAnswer, TransferAnswer } from '../../src/wire/contract.ts';
import { createKey, proveKey, type SessionKey } from '../../src/wire/session-key.ts';
import { bearer, json, ORIGIN, Page, post, refused, type Site, site } from './harness.ts';
import { offer, tokenIn } from './phone.ts';

async function opened(shop: Site): Promise<string> {
  const opening = await shop.send('sessions', post({ profile: 'identity' }));
  return (await json<OpenAnswer>(opening, 201)).token;
}

/** The claim by a key, to be sent as often as one likes. */
async function claimBy(shop: Site, key: SessionKey, token: string, code?: string) {
  const id = token.split('.')[0] ?? '';
  const body = { ...(await proveKey(key, id, token, ORIGIN)), ...(code && { code }) };
  return () => shop.send(`sessions/${id}/claim`, post(body, bearer(token)));
}

const statusBy = (shop: Site, { token, session }: ClaimAnswer) =>
  shop.send(`sessions/${session.id}`, { headers: bearer(token) });

describe('a claim whose answer was lost', () => {
  it('is answered again with another token, and the first is void', async () => {
    const shop = site();
    const claim = await claimBy(shop, await createKey(), await opened(shop));
    const lost = await json<ClaimAnswer>(await claim());
    shop.clock.ahead = 59_000;
    const again = await json<ClaimAnswer>(await claim());
    assert.notEqual(again.token, lost.token);
    assert.equal(again.session.id, lost.session.id);
    await refused(await statusBy(shop, lost), 401, 'session/token');
    await json(await statusBy(shop, again));
  });

  it('is refused once the token given was used, by whatever call', async () => {
    const calls = [
      (page: ClaimAnswer) => statusBy(shop, page),
      ({ token, session }: ClaimAnswer) =>
        shop.send(`sessions/${session.id}/wallet`, { method: 'POST', headers: bearer(token) }),
    ];
    const shop = site();
    for (const use of calls) {
      const claim = await claimBy(shop, await createKey(), await opened(shop));
      const page = await json<ClaimAnswer>(await claim());
      await json(await use(page));
      await refused(await claim(), 409, 'session/used');
      await json(await statusBy(shop, page));
    }
  });

  it('is refused after a minute', async () => {
    const shop = site();
    const claim = await claimBy(shop, await createKey(), await opened(shop));
    const page = await json<ClaimAnswer>(await claim());
    shop.clock.ahead = 61_000;
    await refused(await claim(), 409, 'session/used');
    await json(await statusBy(shop, page));
  });

  it('is refused to another key', async () => {
    const shop = site();
    const token = await opened(shop);
    const page = await json<ClaimAnswer>(await (await claimBy(shop, await createKey(), token))());
    await refused(await (await claimBy(shop, await createKey(), token))(), 409, 'session/used');
    await json(await statusBy(shop, page));
  });

  it('leaves one token alive, however many ask at once', async () => {
    const shop = site();
    const claim = await claimBy(shop, await createKey(), await opened(shop));
    const answers = await Promise.all([claim(), claim(), claim()]);
    const pages = await Promise.all(answers.map((answer) => json<ClaimAnswer>(answer)));
    const statuses = [];
    for (const page of pages) statuses.push((await statusBy(shop, page)).status);
    assert.deepEqual(statuses.sort(), [200, 401, 401]);
  });

  it('gives the reference that goes with the token that lives', async () => {
    const shop = site();
    const key = await createKey();
    const claim = await claimBy(shop, key, await opened(shop));
    await json(await claim());
    const page = Page.of(shop, key, await json<ClaimAnswer>(await claim()));
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm<{ status: Page['status'] }>();
    const expectation = { subject: 'member-1', profile: 'identity', acceptTest: true };
    assert.equal((await shop.verifier.redeem(status.ref ?? '', expectation)).status, 'verified');
  });
});

describe('a phone’s claim whose answer was lost', () => {
  it('needs the code again, and is no second move', async () => {
    const shop = site({ transferPages: [`${ORIGIN}/prove`] });
    const first = await Page.open(shop);
    const granted = await json<TransferAnswer>(await offer(first));
    const [key, token] = [await createKey(), tokenIn(granted)];
    const claim = await claimBy(shop, key, token, granted.code);
    const lost = await json<ClaimAnswer>(await claim());
    const { version } = (await shop.store.get(first.view.id)) ?? {};

    const wrong = String((Number(granted.code) + 1) % 100).padStart(2, '0');
    for (const code of [undefined, wrong]) {
      const without = await claimBy(shop, key, token, code);
      await refused(await without(), 422, 'incomplete/wrong_code');
    }
    assert.equal((await shop.store.get(first.view.id))?.version, version, 'nothing was changed');

    const again = await json<ClaimAnswer>(await claim());
    assert.equal(again.session.status.role, 'sender');
    const { transfer, keys } = (await shop.store.get(first.view.id)) ?? {};
    assert.deepEqual([transfer?.phase, transfer?.count, keys?.length], ['moved', 1, 2]);
    await refused(await statusBy(shop, lost), 401, 'session/token');
    await json(await statusBy(shop, again));
    await refused(await claim(), 401, 'session/token');
    assert.equal((await json<Page['status']>(await first.call(''))).role, 'follower');
  });
});
