import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webCrypto } from '../../src/crypto/web-crypto.ts';
import type { Result } from '../../src/verifier/index.ts';
import { referenceFor } from '../../src/verifier/tokens.ts';
import { toBase64url, utf8 } from '../../src/wire/bytes.ts';
import type { ConfirmAnswer } from '../../src/wire/contract.ts';
import { sha256 } from '../../src/wire/sha256.ts';
import { json, Page, randomToken, refused, SUBJECT, site } from './harness.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

async function verified(shop: ReturnType<typeof site>, profile = 'identity') {
  const page = await Page.open(shop, profile);
  await page.evidence(await page.present(await page.requests()));
  const { status } = await page.confirm<ConfirmAnswer>();
  return { page, ref: status.ref ?? '' };
}

describe('redeeming', () => {
  it('refuses another subject, another profile, an unknown reference, a token', async () => {
    const shop = site();
    const { page, ref } = await verified(shop, 'adult');
    const redeem = (changes: object, what = ref) =>
      shop.verifier.redeem(what, { ...expectation, profile: 'adult', ...changes });
    await assert.rejects(redeem({ subject: 'member-2' }), { code: 'session/subject' });
    await assert.rejects(redeem({ profile: 'identity' }), { code: 'policy/profile' });
    await assert.rejects(redeem({}, randomToken(page.view.id)), { code: 'session/unknown' });
    await assert.rejects(redeem({}, page.token), { code: 'session/unknown' });
    await assert.rejects(redeem({}, 'x'), { code: 'session/unknown' });
    await assert.rejects(redeem({ acceptTest: false }), { code: 'policy/test_result' });
    for (const nobody of [{ subject: undefined }, { subject: '' }, { acceptTest: 'yes' }]) {
      await assert.rejects(redeem(nobody), { code: 'config/option' });
    }
    assert.equal((await redeem({})).status, 'verified');
  });

  it('gives no claims of a session that is not verified', async () => {
    const shop = site();
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests()));
    const session = await shop.store.get(page.view.id);
    assert.ok(session);
    const ref = await referenceFor(webCrypto, page.token);
    assert.equal(session.keys[0]?.refHash, toBase64url(await sha256(utf8(ref))));
    await assert.rejects(shop.verifier.redeem(ref, expectation), { code: 'session/conflict' });
    await page.call('', { method: 'DELETE' });
    const result = await shop.verifier.redeem(ref, expectation);
    assert.equal(result.status, 'cancelled');
    assert.deepEqual(result.claims, {});
  });

  it('works over HTTP for whom the site lets in', async () => {
    const shop = site({
      authorizeResults: async (request) =>
        request.headers.get('authorization') === 'Bearer server-key' ? expectation : undefined,
    });
    const { ref } = await verified(shop);
    const fetchResult = (headers: Record<string, string>, what = ref) =>
      shop.send(`results/${what}`, { headers, origin: null });
    await refused(await fetchResult({}), 401, 'session/unauthorized');
    const key = { authorization: 'Bearer server-key' };
    await refused(await fetchResult(key, 'unknown'), 404, 'session/unknown');
    const result = await json<Result>(await fetchResult(key));
    assert.equal(result.status, 'verified');
    assert.match(result.claims.name ?? '', /花子/);
  });

  it('over HTTP is refused where the site did not ask for it', async () => {
    const shop = site();
    const { ref } = await verified(shop);
    await refused(await shop.send(`results/${ref}`), 403, 'policy/results');
  });
});
