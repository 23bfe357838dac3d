/** `id-verify/testing` as a service uses it in its own tests, without a browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  buildResponse,
  createTestKit,
  isoMdocTranscript,
  MNC,
  type Mode,
  PERSONS,
  visitByWallet,
} from '../../src/testing/index.ts';
import {
  createVerifier,
  memoryStore,
  type Profile,
  type Verifier,
  verifyDeviceResponse,
} from '../../src/verifier/index.ts';

const ORIGIN = 'http://localhost:8080';
const TEXT = { ja: 'ご本人の確認のため', en: 'To know you' };
const kit = createTestKit({ origin: ORIGIN, name: 'テスト商店' });

const identity: Profile = {
  purpose: TEXT,
  claims: { name: { purpose: TEXT, retainDays: 0 } },
  methods: { wallet: { docType: MNC }, jpki: {} },
};
const adult: Profile = {
  purpose: TEXT,
  claims: { age_over_20: { purpose: TEXT, retainDays: 0, mustBe: true } },
  methods: { wallet: { docType: MNC } },
};

function shop(): Verifier {
  return createVerifier({
    relyingParty: { name: { ja: 'テスト商店' } },
    origins: [ORIGIN],
    authorize: async () => ({ subject: 'member-1', profiles: ['identity', 'adult'] }),
    profiles: { identity, adult },
    wallet: kit.wallet,
    handoff: kit.handoff,
    store: memoryStore(),
  });
}

const verifier = shop();
const visit = (changes: Partial<Parameters<typeof visitByWallet>[0]> = {}) =>
  visitByWallet({
    fetch: verifier.fetch,
    wallet: kit.simulatedWallet,
    origin: ORIGIN,
    profile: 'identity',
    ...changes,
  });

describe('id-verify/testing', () => {
  for (const protocol of ['org-iso-mdoc', 'openid4vp-v1-signed'] as const) {
    it(`verifies a person by ${protocol}`, async () => {
      const { outcome, ref = '' } = await visit({ protocol });
      assert.equal(outcome, 'verified');
      const expectation = { subject: 'member-1', profile: 'identity', acceptTest: true };
      const result = await verifier.redeem(ref, expectation);
      assert.deepEqual([result.status, result.environment], ['verified', 'test']);
      assert.equal(result.claims.name, PERSONS.hanako.name.join('　'));
      await assert.rejects(verifier.redeem(ref, { ...expectation, acceptTest: false }), {
        code: 'policy/test_result',
      });
    });
  }

  const refusals: readonly [Mode, string][] = [
    ['expired', 'validity/expired'],
    ['revoked', 'revoked/document'],
    ['tampered', 'digest/mismatch'],
    ['wrong-origin', 'decryption/hpke'],
    ['other-protocol', 'request_mismatch/protocol'],
  ];
  for (const [mode, code] of refusals) {
    it(`refuses the behaviour ${mode}`, async () => {
      const { outcome, ...refused } = await visit({ mode });
      assert.deepEqual([outcome, refused.code], ['refused', code]);
    });
  }

  it('verifies a card renewed just now, and a person who is no Japanese national', async () => {
    assert.equal((await visit({ mode: 'renewed' })).outcome, 'verified');
    const { ref = '' } = await visit({ person: 'foreigner' });
    const expectation = { subject: 'member-1', profile: 'identity', acceptTest: true };
    assert.equal((await verifier.redeem(ref, expectation)).claims.name, 'ＭＩＨＯＮ　ＭＡＲＩＡ');
  });

  it('has minors, who are not 20', async () => {
    const { outcome } = await visit({ profile: 'adult', person: 'minor' });
    assert.notEqual(outcome, 'verified');
    assert.equal((await visit({ profile: 'adult' })).outcome, 'verified');
  });

  it('tells a wallet that does not answer as the API does', async () => {
    for (const mode of ['cancel', 'no-card'] as const) {
      await assert.rejects(visit({ mode }), { name: 'WalletError', exception: 'NotAllowedError' });
    }
  });

  it('is for the page it runs in besides, and for no other, nor for a server that says it is one', () => {
    const own = 'https://demo.example';
    const make = (origin: string) => () => createTestKit({ origin, name: 'テスト商店' });
    const globals = globalThis as { document?: object; location?: object };
    globals.location = { origin: own };
    try {
      assert.throws(make(own), RangeError, 'no page');
      globals.document = {};
      assert.doesNotThrow(make(own));
      assert.throws(make('https://other.example'), RangeError);
    } finally {
      delete globals.document;
      delete globals.location;
    }
  });

  it('is for loopback only', async () => {
    const name = 'テスト商店';
    for (const origin of ['https://www.example.jp', 'http://localhost.example', 'localhost']) {
      assert.throws(() => createTestKit({ origin, name }), { name: 'RangeError' });
      assert.throws(() => createTestKit({ origin: ORIGIN, pages: [origin], name }), RangeError);
      const request = { protocol: 'org-iso-mdoc', data: {} };
      assert.throws(() => kit.simulatedWallet.describe(request, { origin }), RangeError);
      await assert.rejects(kit.simulatedWallet.answer(request, { origin }), RangeError);
    }
  });

  it('is refused by a verifier of production, which has other anchors or none of a test', async () => {
    const origins = ['https://www.example.jp'];
    const options = {
      relyingParty: { name: { ja: 'テスト商店' } },
      origins,
      authorize: async () => undefined,
      profiles: { adult },
      store: memoryStore(),
    };
    assert.throws(() => createVerifier({ ...options, wallet: kit.wallet }), {
      code: 'config/test_anchor',
    });
    const real = createTestKit({ origin: ORIGIN, name: 'もう一つ' }).pki.iaca.certificate;
    const sessionTranscript = isoMdocTranscript('gmVkY2FwaaA', ORIGIN);
    await assert.rejects(
      verifyDeviceResponse({
        deviceResponse: buildResponse({ pki: kit.pki, sessionTranscript }),
        sessionTranscript: new Uint8Array(sessionTranscript),
        docType: MNC,
        requested: { 'org.iso.23220.1.jp': { full_name_unicode: false } },
        trustAnchors: [{ docType: MNC, certificates: [real] }],
        now: Date.now(),
      }),
      { code: /^untrusted_issuer/ },
    );
  });
});
