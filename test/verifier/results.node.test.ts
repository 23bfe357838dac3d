import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webCrypto } from '../../src/crypto/web-crypto.ts';
import { confirmationCheck } from '../../src/methods/wallet/server/confirmation.ts';
import type { Result } from '../../src/verifier/index.ts';
import { referenceFor } from '../../src/verifier/tokens.ts';
import { toBase64url, utf8 } from '../../src/wire/bytes.ts';
import type { ConfirmAnswer, EvidenceAnswer, ReviewAnswer } from '../../src/wire/contract.ts';
import { sha256 } from '../../src/wire/sha256.ts';
import { identity, json, ORIGIN, Page, randomToken, refused, SUBJECT, site } from './harness.ts';

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

describe('comparing with the account', () => {
  const accounts = async () => ({ name: '番号花子', birth_date: '1990-01-01', address: '別の市' });

  it('reports: the review and the checks say which field, the result stays verified', async () => {
    const shop = site({ accounts });
    const page = await Page.open(shop);
    await page.evidence(await page.present(await page.requests()));
    const { items }: ReviewAnswer = JSON.parse((await page.review()).text);
    const matches = items.map((item) => [item.claim, 'match' in item ? item.match : undefined]);
    assert.deepEqual(matches, [
      ['name', 'match'],
      ['address', 'mismatch'],
      ['birth_date', 'mismatch'],
      ['portrait', undefined],
    ]);
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', expectation);
    const outcome = (id: string) => result.checks.find((check) => check.id === id)?.outcome;
    assert.equal(outcome('account.name'), 'passed');
    assert.equal(outcome('account.birth_date'), 'failed');
  });

  it('refuses where the profile says so, naming the field and never the stored value', async () => {
    const shop = site({
      accounts,
      profiles: { identity: { ...identity, onMismatch: 'refuse' } },
    });
    const page = await Page.open(shop);
    const envelope = await page.seal({ ...(await page.present(await page.requests())) });
    const text = await (await page.sendEnvelope('evidence', envelope)).text();
    const answer: EvidenceAnswer = JSON.parse(text);
    assert.equal(answer.outcome, 'refused');
    assert.match(answer.code ?? '', /^policy\/mismatch_(address|birth_date)$/);
    assert.doesNotMatch(text, /1990|別の市/);
    assert.deepEqual(await shop.store.personal(page.view.id), []);
  });

  it('is undetermined when the accounts cannot be asked, and then does not pass', async () => {
    const failing = async () => {
      throw new Error('database of 花子 is down');
    };
    const shop = site({
      accounts: failing,
      profiles: { identity: { ...identity, onMismatch: 'refuse' } },
    });
    const page = await Page.open(shop);
    const answer = await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
    assert.equal(answer.code, 'undetermined/account');
    assert.doesNotMatch(JSON.stringify(shop.log), /花子/);
  });
});

describe('a confirmation program', () => {
  const required = { identity: { ...identity, confirmation: 'required' } } as const;
  const confirmation = (confirm: () => Promise<'confirmed' | 'refused'>) =>
    ({ kind: 'certified', program: 'Certified 1.0', confirm }) as const;
  const outcome = async (confirm: () => Promise<'confirmed' | 'refused'>) => {
    const shop = site({ profiles: required, confirmation: confirmation(confirm) });
    const page = await Page.open(shop);
    return page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
  };

  it('decides where the profile requires one', async () => {
    assert.equal((await outcome(async () => 'confirmed')).outcome, 'review');
    assert.equal((await outcome(async () => 'refused')).code, 'policy/confirmation_refused');
  });

  it('that fails is undetermined, never a confirmation (neg-83)', async () => {
    const failing = async () => {
      throw new Error('down');
    };
    assert.equal((await outcome(failing)).code, 'undetermined/confirmation');
    const odd = async () => 'yes' as 'confirmed';
    assert.equal((await outcome(odd)).code, 'undetermined/confirmation');
  });

  it('that is silent is given up on', async () => {
    const silent = confirmation(() => new Promise(() => {}));
    const input = {
      docType: 'x',
      deviceResponse: new Uint8Array(),
      sessionTranscript: new Uint8Array(),
      origin: ORIGIN,
      at: 0,
    };
    const check = await confirmationCheck(silent, input, new AbortController().signal, 20);
    assert.equal(check.outcome, 'undetermined');
    assert.equal(check.code, 'undetermined/confirmation');
  });
});
