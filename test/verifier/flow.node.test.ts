import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWalletRequest } from '../../src/mdoc/request-view.ts';
import { issueReader, privateKeyPem } from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import type { ConfirmAnswer, EvidenceAnswer, ReviewAnswer } from '../../src/wire/contract.ts';
import { adult, identity, ORIGIN, Page, pki, SUBJECT, site, walletOptions } from './harness.ts';

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

  it('signs each protocol with the reader its wallet knows', async () => {
    const [apple] = walletOptions.readers;
    const other = issueReader(pki.readerCa, { organization: 'テスト商店', dnsNames: ['other'] });
    const google = {
      certificates: pem('CERTIFICATE', other.certificate),
      key: privateKeyPem(other.keys.privateKey),
    };
    const readers = [
      { ...apple, protocols: ['org-iso-mdoc'] },
      { ...google, protocols: ['openid4vp-v1-signed'] },
    ] as const;
    const page = await Page.open(site({ wallet: { ...walletOptions, readers } }));
    const { requests } = await page.requests();
    const certificates = requests.map((request) => {
      const [certificate] = readWalletRequest(request).readerCertificates;
      return certificate && Buffer.from(certificate).toString('hex');
    });
    assert.deepEqual(certificates, [
      Buffer.from(pki.reader.certificate).toString('hex'),
      Buffer.from(other.certificate).toString('hex'),
    ]);
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
    const shop = site({
      profiles: { identity: { ...identity, law: 'jp-aml', recordsKept: 'elsewhere' }, adult },
    });
    const page = await Page.open(shop);
    await page.evidence<EvidenceAnswer>(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    const result = await shop.verifier.redeem(status.ref ?? '', expectation);
    assert.ok(result.legalBasis);
    assert.equal(result.legalBasis.row.startsWith('jp-aml/wallet/'), true);
  });
});
