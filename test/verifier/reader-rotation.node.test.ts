/** The reader's key and certificate are replaced while requests are under way. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import { issueReader, privateKeyPem } from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import { memoryStore } from '../../src/verifier/index.ts';
import { Page, pki, site, walletOptions } from './harness.ts';

describe('a reader that is replaced', () => {
  const keys = newKeys('P-256');
  const next = issueReader(pki.readerCa, { keys, organization: 'テスト商店' });
  const readers = [
    { certificates: pem('CERTIFICATE', next.certificate), key: privateKeyPem(keys.privateKey) },
  ];
  for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
    it(`what was asked before by ${protocol} is answered after, and then the new one asks`, async () => {
      const store = memoryStore();
      const page = await Page.open(site({ store }));
      const asked = await page.requests();
      Object.assign(page, { site: site({ store, wallet: { ...walletOptions, readers } }) });
      const evidence = await page.present(asked, { protocol });
      const { outcome } = await page.evidence<{ outcome: string; status: never }>(evidence);
      assert.equal(outcome, 'review');
      await page.confirm();

      const second = await Page.open(page.site);
      const later = await second.evidence<{ outcome: string; status: never }>(
        await second.present(await second.requests(), { protocol }),
      );
      assert.equal(later.outcome, 'review');
    });
  }
});
