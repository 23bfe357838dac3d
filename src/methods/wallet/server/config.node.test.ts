import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ORIGIN,
  options,
  Page,
  pki,
  type Site,
  site,
  walletOptions,
} from '../../../../test/verifier/harness.ts';
import { EKU, issueIaca, issueSigner, type Overrides } from '../../../testing/issuer/pki.ts';
import type { Identity } from '../../../testing/issuer/x509.ts';
import { createWallet } from '../../../testing/wallet/wallet.ts';
import { createVerifier, memoryStore, type WalletOptions } from '../../../verifier/index.ts';
import type { EvidenceAnswer } from '../../../wire/contract.ts';

const MNC = 'org.iso.23220.1.jp.mnc';

const DAY = 86_400_000;

const from = (days: number) => new Date(Date.now() + days * DAY);

type Entry = Omit<WalletOptions['trustAnchors'][number], 'docType' | 'test' | 'certificates'>;

const trusting = (roots: readonly Identity[], more: Entry = {}) => ({
  docType: MNC,
  certificates: roots.map(({ certificate }) => certificate),
  test: true as const,
  ...more,
});

const wallet = (...trustAnchors: WalletOptions['trustAnchors']): WalletOptions => ({
  ...walletOptions,
  trustAnchors,
});

const start = (...trustAnchors: WalletOptions['trustAnchors']) =>
  createVerifier(options(memoryStore(), { wallet: wallet(...trustAnchors) }));

const root = (name: string, overrides: Overrides = {}): Identity =>
  issueIaca({ curve: 'P-256', subject: { CN: `TEST ${name}`, C: 'JP' }, ...overrides });

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

describe('an anchor that can never verify', () => {
  const other = { '1.2.3.4': { critical: true, value: Uint8Array.of(5, 0) } };
  const wrong: readonly [string, RegExp, Uint8Array][] = [
    ['a document signer', /not a CA/, pki.signer.certificate],
    ['a reader certificate', /not a CA/, pki.reader.certificate],
    [
      'one without keyCertSign',
      /keyCertSign/,
      root('a', { extensions: { keyUsage: ['cRLSign'] } }).certificate,
    ],
    [
      'one without keyUsage',
      /keyCertSign/,
      root('b', { extensions: { keyUsage: undefined } }).certificate,
    ],
    [
      'an unknown critical extension',
      /1\.2\.3\.4/,
      root('c', { extensions: { other } }).certificate,
    ],
    [
      'one that stands above further CAs',
      /pathLenConstraint 0, found 3/,
      root('d', { extensions: { basicConstraints: { ca: true, pathLength: 3 } } }).certificate,
    ],
    [
      'one without pathLenConstraint',
      /allowUnboundedPath/,
      root('e', { extensions: { basicConstraints: { ca: true } } }).certificate,
    ],
    ['no certificate', /DER/, new Uint8Array(12)],
  ];
  for (const [what, why, certificate] of wrong) {
    it(`${what}: config/trust_anchor with the reason, also beside a good one`, () => {
      const entry = { docType: MNC, certificates: [certificate], test: true } as const;
      for (const list of [[entry], [trusting([pki.iaca]), entry], [entry, trusting([pki.iaca])]]) {
        assert.throws(() => start(...list), { code: 'config/trust_anchor', message: why });
      }
    });
  }

  it('without pathLenConstraint starts by name, and verifies', async () => {
    const open = root('open', { extensions: { basicConstraints: { ca: true } } });
    const shop = site({ wallet: wallet(trusting([open], { allowUnboundedPath: true })) });
    assert.equal((await answered(shop, issueSigner(open))).outcome, 'review');
  });

  it('expired or to come: refused if no usable one of its type is left', () => {
    for (const overrides of [{ notAfter: from(-1) }, { notBefore: from(1) }]) {
      assert.throws(() => start(trusting([root('x', overrides)])), {
        code: 'config/trust_anchor',
        message: /no trust anchor for org\.iso\.23220\.1\.jp\.mnc is valid: .*TEST x/,
      });
    }
  });

  it('expired or to come beside a good one: set aside, and named by ready() and the log', async () => {
    const roots = [
      root('old', { notAfter: from(-1) }),
      pki.iaca,
      root('next', { notBefore: from(5) }),
    ];
    const shop = site({ wallet: wallet(trusting(roots)) });
    const said = (await shop.verifier.ready()).map(({ code, detail }) => `${code} ${detail}`);
    assert.equal(said.length, 2);
    assert.match(said[0] ?? '', /config\/trust_anchor .*TEST old.*expired|expired.*TEST old/);
    assert.match(said[1] ?? '', /TEST next/);
    const logged = shop.log.filter(({ event }) => event === 'deployment.warning');
    const untimed = (it: string) => it.replaceAll(/\d+Z/g, '');
    assert.deepEqual(
      logged.map(({ code, detail }) => untimed(`${code} ${detail}`)),
      said.map(untimed),
    );
    assert.equal((await answered(shop, pki.signer)).outcome, 'review');
  });

  it('to come is used from its day without a restart', async () => {
    const next = root('next', { notBefore: from(5) });
    const shop = site({ wallet: wallet(trusting([pki.iaca, next])) });
    const signer = issueSigner(next);
    assert.equal((await answered(shop, signer)).outcome, 'refused');
    shop.clock.ahead = 6 * DAY;
    assert.equal((await answered(shop, signer)).outcome, 'review');
    assert.deepEqual(await shop.verifier.ready(), []);
  });

  it('about to expire is logged ahead, also while the server runs', async () => {
    const soon = site({
      wallet: wallet(trusting([pki.iaca, root('soon', { notAfter: from(29) })])),
    });
    assert.match((await soon.verifier.ready())[0]?.detail ?? '', /TEST soon.* expires at /);
    const later = site({
      wallet: wallet(trusting([pki.iaca, root('later', { notAfter: from(45) })])),
    });
    const warned = () => later.log.filter(({ event }) => event === 'deployment.warning').length;
    assert.equal(warned(), 0);
    later.clock.ahead = 20 * DAY;
    await later.send('openapi.json');
    await later.send('openapi.json');
    assert.equal(warned(), 1);
  });
});

describe('signerPurposes belong to their anchor', () => {
  const a = root('A');
  const b = root('B');
  const PURPOSE = '1.2.392.200';
  const signer = (by: Identity, ...extendedKeyUsage: string[]) =>
    issueSigner(by, { extensions: { extendedKeyUsage } });
  const entries = [
    trusting([a], { signerPurposes: [EKU.documentSigner] }),
    trusting([b], { signerPurposes: [PURPOSE] }),
  ];
  for (const list of [entries, entries.toReversed()]) {
    it(`whichever entry stands first (${list[0]?.signerPurposes})`, async () => {
      const shop = site({ wallet: wallet(...list) });
      assert.equal((await answered(shop, signer(a, EKU.documentSigner))).outcome, 'review');
      assert.equal((await answered(shop, signer(b, PURPOSE))).outcome, 'review');
      for (const lie of [signer(b, EKU.documentSigner), signer(a, PURPOSE)]) {
        const { outcome, code } = await answered(shop, lie);
        assert.deepEqual([outcome, code], ['refused', 'untrusted_issuer/signer_purpose']);
      }
    });
  }
});
