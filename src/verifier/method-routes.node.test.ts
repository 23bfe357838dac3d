import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { handoffSite, start } from '../../test/handoff/site.ts';
import { json, ORIGIN, Page, post, refused, site } from '../../test/verifier/harness.ts';
import type { WalletAnswer } from '../wire/contract.ts';
import { LIMITS } from './limits.ts';

const MINUTE = 60_000;

describe('a call of a method', () => {
  it('is for who sends, while the session waits', async () => {
    const shop = site();
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests()));
    await refused(await page.call('wallet', { method: 'POST' }), 409, 'session/conflict');
    const other = await Page.open(shop);
    const session = await shop.store.get(other.view.id);
    assert.ok(session);
    const keys = session.keys.map((key) => ({ ...key, sends: false }));
    await shop.store.transition(session.id, session.version, { session: { ...session, keys } });
    await refused(await other.call('wallet', { method: 'POST' }), 403, 'policy/role');
  });

  it('is of a method of the session', async () => {
    const page = await Page.open(handoffSite(), 'identity', ['wallet']);
    const answer = await page.call('handoff', post({ rung: 'jpki' }));
    await refused(answer, 403, 'policy/method');
  });

  it('prolongs a handoff, never beyond the longest session', async () => {
    const shop = handoffSite({ longestSession: 20 * MINUTE });
    const page = await Page.open(shop);
    const opened = (await shop.store.get(page.view.id))?.createdAt ?? 0;
    shop.clock.ahead = 14 * MINUTE;
    await start(page);
    const session = await shop.store.get(page.view.id);
    assert.equal(session?.expiresAt, opened + 20 * MINUTE);
  });

  it('may be counted', async () => {
    const page = await Page.open(handoffSite());
    for (let each = 0; each < 10; each++) await start(page);
    const more = await page.call('handoff', post({ rung: 'jpki' }));
    await refused(more, 429, 'limit/rate');
    const { requests } = await json<WalletAnswer>(await page.call('wallet', { method: 'POST' }));
    assert.equal(requests.length > 0, true);
  });
});

describe('a call by another way than the page', () => {
  it('takes a short form, and nothing else', async () => {
    const shop = handoffSite();
    const { links } = await start(await Page.open(shop));
    const send = (body: string, type = 'application/x-www-form-urlencoded') =>
      shop.verifier.fetch(
        new Request(links.qr, {
          method: 'POST',
          headers: { 'content-type': type, origin: ORIGIN },
          body,
        }),
      );
    await refused(await send('{}', 'application/json'), 415, 'unsupported/content_type');
    await refused(await send('a'.repeat(LIMITS.formBytes + 1)), 413, 'limit/body');
    assert.equal((await shop.verifier.fetch(new Request(links.qr))).status, 200);
  });

  it('finds no session that has ended', async () => {
    const shop = handoffSite();
    const page = await Page.open(shop);
    const { links } = await start(page);
    await page.call('', { method: 'DELETE' });
    assert.equal((await shop.verifier.fetch(new Request(links.qr))).status, 404);
  });
});
