import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Identity } from '../../src/testing/issuer/x509.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import type { EvidenceAnswer } from '../../src/wire/contract.ts';
import { ORIGIN, options, Page, pki, type Site, site, walletOptions } from './harness.ts';

/** What becomes of a document of this signer. */
async function answered(shop: Site, signer: Identity, plan = {}): Promise<EvidenceAnswer> {
  const page = await Page.open(shop, 'adult');
  const { id, requests } = await page.requests();
  const [request] = requests;
  assert.ok(request);
  const now = () => new Date(Date.now() + shop.clock.ahead);
  const phone = createWallet({ pki: { ...pki, signer }, allowUnsigned: true, now });
  const credential = await phone.answer(request, { origin: ORIGIN, plan });
  return page.evidence({
    request: id,
    protocol: credential.protocol,
    data: credential.data as never,
  });
}

describe("an issuer's clock", () => {
  it('may be as far ahead as the option says', async () => {
    for (const [seconds, expected] of [
      [undefined, 'refused'],
      [300, 'review'],
    ] as const) {
      const shop = site({
        wallet: {
          ...walletOptions,
          ...(seconds !== undefined && { clockToleranceSeconds: seconds }),
        },
      });
      const validity = { signed: new Date(Date.now() + 200_000) };
      assert.equal((await answered(shop, pki.signer, { validity })).outcome, expected);
    }
    for (const clockToleranceSeconds of [301, -1, '60' as never]) {
      const changed = { ...walletOptions, clockToleranceSeconds };
      assert.throws(() => createVerifier(options(memoryStore(), { wallet: changed })), {
        code: 'config/option',
        message: /^wallet\.clockToleranceSeconds: 0 to 300/,
      });
    }
  });
});
