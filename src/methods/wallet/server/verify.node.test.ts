import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ORIGIN,
  Page,
  pki,
  refused,
  site,
  walletOptions,
} from '../../../../test/verifier/harness.ts';
import { issuerHandler } from '../../../testing/issuer/server.ts';
import { createWallet } from '../../../testing/wallet/wallet.ts';
import { statusListSource } from '../../../verifier/index.ts';
import type { EvidenceAnswer } from '../../../wire/contract.ts';

describe('a wallet that lies', () => {
  const lies = {
    expired: 'validity/',
    tampered: 'digest/',
    'wrong-origin': 'decryption/',
    'wrong-nonce': 'decryption/',
    'other-protocol': 'request_mismatch/protocol',
    garbage: 'malformed/',
    'unrequested-element': 'request_mismatch/',
    'withheld-element': 'request_mismatch/',
    'two-documents': 'request_mismatch/',
  } as const;
  for (const [mode, code] of Object.entries(lies) as [keyof typeof lies, string][]) {
    it(`${mode}: is refused with ${code}, recorded, and uses up its request and one attempt`, async () => {
      const shop = site();
      const page = await Page.open(shop);
      const asked = await page.requests();
      const answer = await page.evidence<EvidenceAnswer>(await page.present(asked, { mode }));
      assert.equal(answer.outcome, 'refused');
      assert.ok(answer.code?.startsWith(code), answer.code);
      assert.ok(answer.checks.some(({ outcome }) => outcome === 'failed'));
      assert.equal(answer.status.state, 'awaiting');
      assert.equal(answer.status.attemptsLeft, 4);
      assert.equal(answer.status.code, answer.code);
      const [record] = await shop.store.evidence(page.view.id);
      assert.equal(record?.code, answer.code);
      assert.equal(record?.envelope, undefined);
      assert.deepEqual(await shop.store.personal(page.view.id), []);

      const again = await page.present(asked);
      await refused(
        await page.sendEnvelope('evidence', await page.seal({ ...again })),
        409,
        'session/used',
      );
      const next = await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
      assert.equal(next.outcome, 'review', 'a new request may still succeed');
    });
  }

  it('openid-error: an error in a fulfilled promise is no response (neg-82)', async () => {
    const page = await Page.open(site());
    const body = await page.present(await page.requests(), {
      protocol: 'openid4vp-v1-signed',
      mode: 'openid-error',
    });
    const answer = await page.evidence<EvidenceAnswer>(body);
    assert.equal(answer.code, 'request_mismatch/wallet_error');
  });

  it('a response in the clear is refused where encryption was required (neg-55)', async () => {
    const page = await Page.open(site());
    const { id } = await page.requests();
    for (const [protocol, data] of [
      ['openid4vp-v1-signed', { vp_token: { document: ['AA'] } }],
      ['org-iso-mdoc', { vp_token: 'AA' }],
    ] as const) {
      const asked = protocol === 'org-iso-mdoc' ? (await page.requests()).id : id;
      const answer = await page.evidence<EvidenceAnswer>({ request: asked, protocol, data });
      assert.equal(answer.code, 'request_mismatch/response_mode');
    }
  });

  it('an answer to one session is refused by every other (neg-48)', async () => {
    const shop = site();
    const [mine, other] = [await Page.open(shop), await Page.open(shop)];
    const answer = await mine.present(await mine.requests());
    const { id } = await other.requests();
    const refusal = await other.evidence<EvidenceAnswer>({ ...answer, request: id });
    assert.equal(refusal.code, 'decryption/hpke');
  });

  it('revoked: the lists of the issuer are asked, and believed (neg-38, neg-39)', async () => {
    const issuer = issuerHandler(pki);
    let reachable = true;
    const lists = async (request: Request) => {
      const response = reachable ? issuer(request) : undefined;
      return response ?? new Response(null, { status: 404 });
    };
    const sources = [statusListSource({ fetch: lists })];
    const shop = {
      ...site({ wallet: { ...walletOptions, revocation: { sources } } }),
      wallet: createWallet({ pki, statusList: `${ORIGIN}/demo/issuer/status` }),
    };
    const page = await Page.open(shop);
    const answer = async (mode: 'approve' | 'revoked') =>
      page.evidence<EvidenceAnswer>(await page.present(await page.requests(), { mode }));
    reachable = false;
    assert.equal((await answer('approve')).code, 'undetermined/status_unreachable');
    reachable = true;
    assert.equal((await answer('revoked')).code, 'revoked/document');
    assert.equal((await answer('approve')).outcome, 'review');
  });

  it('fails the session after five attempts, for good', async () => {
    const shop = site();
    const page = await Page.open(shop);
    for (let left = 4; left >= 0; left--) {
      const body = await page.present(await page.requests(), { mode: 'tampered' });
      const { status } = await page.evidence<EvidenceAnswer>(body);
      assert.equal(status.attemptsLeft, left);
      assert.equal(status.state, left > 0 ? 'awaiting' : 'failed');
    }
    await refused(await page.call('wallet', { method: 'POST' }), 410, 'session/ended');
    assert.deepEqual((await shop.store.get(page.view.id))?.exchanges, []);
  });
});
