import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { issuerHandler } from '../../demo/issuer/server.ts';
import { createWallet } from '../../demo/wallet/wallet.ts';
import { legalBasis } from '../../src/law/law.ts';
import { statusListSource } from '../../src/verifier/index.ts';
import type { ConfirmAnswer, EvidenceAnswer, ReviewAnswer } from '../../src/wire/contract.ts';
import {
  adult,
  identity,
  ORIGIN,
  Page,
  pki,
  refused,
  SUBJECT,
  site,
  walletOptions,
} from './harness.ts';

const expectation = { subject: SUBJECT, profile: 'identity', acceptTest: true };

describe('a person proves who they are', () => {
  for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
    it(`by ${protocol}, from opening to the redeemed result`, async () => {
      const shop = site();
      const page = await Page.open(shop);
      assert.equal(page.view.environment, 'test');
      assert.deepEqual(
        page.view.claims.map(({ claim }) => claim),
        ['name', 'address', 'birth_date', 'portrait'],
      );
      const asked = await page.requests();
      assert.deepEqual(
        asked.requests.map((request) => request.protocol),
        ['org-iso-mdoc', 'openid4vp-v1-signed'],
      );
      const answer = await page.evidence<EvidenceAnswer>(await page.present(asked, { protocol }));
      assert.equal(answer.outcome, 'review', JSON.stringify(answer));
      assert.equal(answer.status.state, 'review');
      assert.equal(answer.status.ref, undefined);
      const outcomes = new Map(answer.checks.map(({ id, outcome }) => [id, outcome]));
      for (const id of ['wallet.request_signature', 'mdoc.device_auth', 'wallet.confirmation']) {
        assert.equal(outcomes.get(id), 'passed', id);
      }
      assert.equal(outcomes.get('mdoc.revocation'), 'undetermined', 'nobody was asked');

      const shown: ReviewAnswer = JSON.parse((await page.review()).text);
      assert.deepEqual(
        shown.items.map((item) => [item.claim, item.kind]),
        [
          ['name', 'text'],
          ['address', 'text'],
          ['birth_date', 'text'],
          ['portrait', 'image'],
        ],
      );
      const confirmed = await page.confirm<ConfirmAnswer>();
      assert.equal(confirmed.outcome, 'verified');
      assert.equal(confirmed.status.state, 'done');

      const { ref = '' } = confirmed.status;
      const result = await shop.verifier.redeem(ref, expectation);
      assert.equal(result.status, 'verified');
      assert.match(result.claims.name ?? '', /^番号\s花子$/u);
      assert.equal(result.claims.birth_date, '1971-09-01');
      assert.equal(result.claims.portrait?.type, 'image/jpeg');
      assert.equal(result.subject, SUBJECT);
      assert.equal(result.origin, ORIGIN);
      assert.equal(result.environment, 'test');
      assert.equal(result.assurance, 'ial2');
      assert.equal(result.crossDevice, false);
      const evidence = await shop.store.evidence(page.view.id);
      assert.deepEqual(
        evidence.map(({ seq, method }) => [seq, method]),
        [
          [0, 'wallet'],
          [1, 'wallet'],
        ],
      );
      assert.equal(result.evidenceRef, `${page.view.id}/0`);
      const kept = await shop.store.get(page.view.id);
      assert.deepEqual(kept?.exchanges, [], 'request keys are erased');
    });
  }

  it('proves an age and nothing else', async () => {
    const shop = site();
    const page = await Page.open(shop, 'adult');
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', {
      ...expectation,
      profile: 'adult',
    });
    assert.deepEqual(result.claims, { age_over_20: true });
    await assert.rejects(shop.verifier.redeem(status.ref ?? '', expectation), {
      code: 'policy/profile',
    });
  });

  it('works with a token the site minted, which fixes the origin', async () => {
    const shop = site();
    const token = await shop.verifier.mint({ subject: 'm-2', profile: 'adult', origin: ORIGIN });
    const page = await Page.claim(shop, token);
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', {
      subject: 'm-2',
      profile: 'adult',
      acceptTest: true,
    });
    assert.equal(result.subject, 'm-2');
    await assert.rejects(
      shop.verifier.mint({ subject: 'm', profile: 'adult', origin: 'https://evil.example' }),
      { code: 'policy/origin' },
    );
  });

  it('answers by DeviceRequest 1.0, and by multisigned requests, where the profile says so', async () => {
    const wallet = {
      docType: 'org.iso.23220.1.jp.mnc',
      deviceRequestVersion: '1.0',
      protocols: ['openid4vp-v1-multisigned', 'org-iso-mdoc'],
    } as const;
    const shop = site({ profiles: { identity: { ...identity, methods: { wallet } }, adult } });
    for (const protocol of wallet.protocols) {
      const page = await Page.open(shop);
      const asked = await page.requests();
      assert.deepEqual(
        asked.requests.map((request) => request.protocol),
        wallet.protocols,
      );
      const answer = await page.evidence<EvidenceAnswer>(await page.present(asked, { protocol }));
      assert.equal(answer.outcome, 'review', JSON.stringify(answer.checks));
    }
  });

  it('records that a request was unsigned', async () => {
    const wallet = { docType: 'org.iso.23220.1.jp.mnc', allowUnsigned: true } as const;
    const { trustAnchors } = walletOptions;
    const shop = site({
      wallet: { trustAnchors },
      profiles: {
        identity: { ...identity, methods: { wallet } },
        adult: { ...adult, methods: { wallet } },
      },
    });
    for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-unsigned'] as const) {
      const page = await Page.open(shop);
      const body = await page.present(await page.requests(), { protocol });
      const answer = await page.evidence<EvidenceAnswer>(body);
      assert.equal(answer.outcome, 'review', JSON.stringify(answer.checks));
      assert.deepEqual(answer.checks[0], {
        id: 'wallet.request_signature',
        outcome: 'undetermined',
      });
    }
  });

  it('labels the result by the law of the profile, on that day', async () => {
    const shop = site({ profiles: { identity: { ...identity, law: 'jp-aml' }, adult } });
    const page = await Page.open(shop);
    await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', expectation);
    assert.ok(result.legalBasis);
    assert.deepEqual(result.legalBasis, legalBasis('jp-aml', 'wallet', result.verifiedAt ?? 0));
  });
});

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
