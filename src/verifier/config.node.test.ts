import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  adult,
  identity,
  json,
  ORIGIN,
  options,
  Page,
  pki,
  refused,
  site,
  walletOptions,
} from '../../test/verifier/harness.ts';
import { issueReader, privateKeyPem } from '../testing/issuer/pki.ts';
import { pem } from '../testing/issuer/x509.ts';
import { createVerifier, memoryStore, type Profile, type VerifierOptions } from './index.ts';

const TEXT = { ja: '確認のため' };
const [anchor] = walletOptions.trustAnchors;
const start = (changes: object): unknown =>
  createVerifier({ ...options(memoryStore()), ...changes } as VerifierOptions);
const only = (changes: object): object => ({ profiles: { identity: { ...identity, ...changes } } });

/** Every deployment that must not start, and why. */
const REFUSED: readonly [what: string, code: string, changes: object][] = [
  ['no origins', 'config/origins', { origins: [] }],
  ['a misspelt option', 'config/option', { trustAnchors: [] }],
  ['an origin in the place of a list', 'config/origins', { origins: ORIGIN }],
  ['an origin with a path', 'config/origins', { origins: [`${ORIGIN}/`] }],
  ['http that is not loopback', 'config/origins', { origins: ['http://site.example'] }],
  ['a base path that ends with a slash', 'config/base_path', { basePath: '/x/' }],
  [
    'a relying party without a Japanese name',
    'config/relying_party',
    { relyingParty: { name: { en: 'x' } } },
  ],
  [
    'a script as privacy policy',
    'config/relying_party',
    { relyingParty: { name: TEXT, privacyPolicy: 'javascript:alert(1)' } },
  ],
  [
    'a mark that no page takes',
    'config/relying_party',
    { relyingParty: { name: TEXT, mark: 'サンプル' } },
  ],
  [
    'a misspelt part of the relying party',
    'config/relying_party',
    { relyingParty: { name: TEXT, privacypolicy: 'https://site.example' } },
  ],
  ['half a store', 'config/store', { store: { transition: async () => undefined } }],
  ['no store', 'config/store', { store: undefined }],
  ['the name of a file as store', 'config/store', { store: 'sessions.sqlite' }],
  ['anonymous use not by name', 'config/authorize', { authorize: undefined, anonymousUse: true }],
  ['neither authorize nor anonymous use', 'config/authorize', { authorize: undefined }],
  ['both of them', 'config/authorize', { anonymousUse: 'allowed' }],
  ['no profiles', 'config/profile', { profiles: {} }],
  ['no wallet options for a wallet profile', 'config/method', { wallet: undefined }],
  ['a profile that asks nothing', 'config/profile', only({ claims: {} })],
  ['an element without a purpose', 'config/purpose', only({ claims: { name: { retainDays: 0 } } })],
  [
    'a purpose without Japanese',
    'config/purpose',
    only({ claims: { name: { purpose: { en: 'x' }, retainDays: 0 } } }),
  ],
  ['no word on retention', 'config/profile', only({ claims: { name: { purpose: TEXT } } })],
  ['no methods', 'config/method', only({ methods: {} })],
  ['no word on methods', 'config/method', only({ methods: undefined })],
  ['a method we do not have', 'config/method', only({ methods: { nfc: {} } })],
  ['a method without its option', 'config/method', only({ methods: { jpki: {} } })],
  ['no word on claims', 'config/profile', only({ claims: undefined })],
  [
    'a claim we do not have',
    'config/claim',
    only({ claims: { full_name: { purpose: TEXT, retainDays: 0 } } }),
  ],
  ['a misspelt rule of a profile', 'config/option', only({ crossdevice: 'forbid' })],
  [
    'a misspelt rule of a claim',
    'config/option',
    only({ claims: { name: { purpose: TEXT, retainDays: 0, reviewed: true } } }),
  ],
  ['a law the table does not have', 'config/law', only({ law: 'jp-banking' })],
  [
    'a claim the document has no element for',
    'config/claim',
    {
      ...only({
        claims: { local_gov_code: { purpose: TEXT, retainDays: 0 } },
        methods: { wallet: { docType: 'org.iso.18013.5.1.mDL' } },
      }),
      wallet: {
        ...walletOptions,
        trustAnchors: [{ ...anchor, docType: 'org.iso.18013.5.1.mDL' }],
      },
    },
  ],
  [
    'a document type without anchor',
    'config/trust_anchor',
    only({ methods: { wallet: { docType: 'org.iso.18013.5.1.mDL' } } }),
  ],
  [
    'the individual number without its legal basis (neg-81)',
    'policy/individual_number',
    only({ claims: { individual_number: { purpose: TEXT, retainDays: 0 } } }),
  ],
  ['a rung the law does not accept', 'config/law', only({ law: 'jp-secondhand' })],
  ['onMismatch refuse without accounts', 'config/accounts', only({ onMismatch: 'refuse' })],
  [
    'a required confirmation program that is absent (neg-83)',
    'config/confirmation',
    only({ confirmation: 'required' }),
  ],
  [
    'an empty anchor list (neg-43)',
    'config/trust_anchor',
    { wallet: { ...walletOptions, trustAnchors: [] } },
  ],
  [
    'an anchor without certificates (neg-43)',
    'config/trust_anchor',
    { wallet: { ...walletOptions, trustAnchors: [{ ...anchor, certificates: [] }] } },
  ],
  [
    'no word on the certificates of an anchor',
    'config/trust_anchor',
    { wallet: { ...walletOptions, trustAnchors: [anchor, { docType: anchor.docType }] } },
  ],
  [
    'an anchor that is no certificate',
    'config/trust_anchor',
    {
      wallet: {
        ...walletOptions,
        trustAnchors: [{ ...anchor, certificates: [new Uint8Array(9)] }],
      },
    },
  ],
  [
    'one anchor in the place of a list',
    'config/trust_anchor',
    { wallet: { ...walletOptions, trustAnchors: anchor } },
  ],
  ['revocation without sources', 'config/option', { wallet: { ...walletOptions, revocation: {} } }],
  [
    'revocation that ignores what it could not find out',
    'config/option',
    { wallet: { ...walletOptions, revocation: { sources: [], onUndetermined: 'ignore' } } },
  ],
  [
    'an anchor in PEM',
    'config/trust_anchor',
    {
      wallet: {
        ...walletOptions,
        trustAnchors: [{ ...anchor, certificates: [pem('CERTIFICATE', pki.iaca.certificate)] }],
      },
    },
  ],
  [
    'the path of a reader certificate',
    'config/reader',
    { wallet: { ...walletOptions, readers: [{ certificates: 'reader.pem', key: 'reader.key' }] } },
  ],
  [
    'a reader certificate as bytes',
    'config/reader',
    {
      wallet: {
        ...walletOptions,
        readers: [{ ...walletOptions.readers[0], certificates: Buffer.from('x') }],
      },
    },
  ],
  [
    'a misspelt setting of a method',
    'config/option',
    only({ methods: { wallet: { docType: anchor.docType, unsigned: true } } }),
  ],
  ['no document type', 'config/doc_type', only({ methods: { wallet: {} } })],
  [
    'a test anchor beside a production one',
    'config/test_anchor',
    {
      wallet: {
        ...walletOptions,
        trustAnchors: [anchor, { docType: anchor.docType, certificates: anchor.certificates }],
      },
    },
  ],
  [
    'a test anchor for an origin that is not loopback',
    'config/test_anchor',
    { origins: [ORIGIN, 'https://site.example'] },
  ],
  [
    'a reader certificate of somebody else',
    'config/reader_name',
    { relyingParty: { name: { ja: '別の商店' } } },
  ],
  [
    'no reader key and no allowUnsigned',
    'config/reader',
    { wallet: { trustAnchors: walletOptions.trustAnchors } },
  ],
  [
    'signed requests without a key',
    'config/protocol',
    {
      ...only({
        methods: {
          wallet: {
            docType: anchor.docType,
            allowUnsigned: true,
            protocols: ['openid4vp-v1-signed'],
          },
        },
      }),
      wallet: { trustAnchors: walletOptions.trustAnchors },
    },
  ],
  [
    'unsigned requests beside a reader key',
    'config/protocol',
    only({
      methods: {
        wallet: {
          docType: anchor.docType,
          allowUnsigned: true,
          protocols: ['openid4vp-v1-unsigned'],
        },
      },
    }),
  ],
];

const DOCUMENT = anchor.docType;
const [READER] = walletOptions.readers;
const claimed = (rule: object): object =>
  only({ claims: { name: { purpose: TEXT, retainDays: 0, ...rule } } });
const carded = (settings: object): object =>
  only({ methods: { wallet: { docType: DOCUMENT, ...settings } } });
const withWallet = (changes: object): object => ({ wallet: { ...walletOptions, ...changes } });

/** Values nobody meant: each would else be a rule that is silently not kept, or fail at a visitor. */
const MISTAKEN: readonly (readonly [place: string, changes: object])[] = [
  ['identity.crossDevice', only({ crossDevice: 'forbidden' })],
  ['identity.confirmation', only({ confirmation: 'require' })],
  ['identity.onMismatch', only({ onMismatch: 'reject' })],
  ['identity.retainProofDays', only({ retainProofDays: '7' })],
  ['identity.retainDocumentDays', only({ retainDocumentDays: -1 })],
  ['identity.claims.name.optional', claimed({ optional: 'no' })],
  ['identity.claims.name.review', claimed({ review: 'false' })],
  ['identity.methods.wallet.allowUnsigned', carded({ allowUnsigned: 'no' })],
  ['identity.methods.wallet.deviceRequestVersion', carded({ deviceRequestVersion: '2.0' })],
  ['identity.methods.wallet.protocols', carded({ protocols: 'org-iso-mdoc' })],
  ['identity.methods.wallet', only({ methods: { wallet: null } })],
  ['identity', { profiles: { identity: null } }],
  ['options.accounts', { accounts: {} }],
  ['options.audience', { audience: '' }],
  ['options.authorizeResults', { authorizeResults: true }],
  ['options.confirmation', { confirmation: { kind: 'certificated' } }],
  ['options.crypto', { crypto: {} }],
  ['options.log', { log: 'log.txt' }],
  ['options.now', { now: Date.now() }],
  ['options.rateLimit', { rateLimit: 5 }],
  ['options.transferPages', { transferPages: ORIGIN }],
  ['wallet', withWallet({ trustanchors: [] })],
  ['wallet.readers', withWallet({ readers: READER })],
  ['wallet.readers', withWallet({ readers: [{ ...READER, protocol: ['org-iso-mdoc'] }] })],
  ['wallet.readers.protocols', withWallet({ readers: [{ ...READER, protocols: 'any' }] })],
  ['wallet.trustAnchors', withWallet({ trustAnchors: [null] })],
  ['wallet.trustAnchors.test', withWallet({ trustAnchors: [{ ...anchor, test: 'no' }] })],
];

describe('a deployment does not start with', () => {
  it('(the one the others are variations of does)', () => {
    assert.doesNotThrow(() => start({}));
  });
  for (const [what, code, changes] of REFUSED) {
    it(`${what}: ${code}`, () => {
      assert.throws(() => start(changes), { code });
    });
  }

  for (const [place, changes] of MISTAKEN) {
    it(`a value that ${place} cannot have, and says what it can: config/option`, () => {
      assert.throws(() => start(changes), {
        code: 'config/option',
        message: new RegExp(`^${place}: .{4}`),
      });
    });
  }

  it('a protocol that none of its readers is for: config/protocol', () => {
    const [reader] = walletOptions.readers;
    const readers = [{ ...reader, protocols: ['org-iso-mdoc'] }];
    const wallet = { docType: anchor.docType, protocols: ['openid4vp-v1-signed'] };
    const changes = { wallet: { ...walletOptions, readers }, ...only({ methods: { wallet } }) };
    assert.throws(() => start(changes), { code: 'config/protocol' });
  });

  it('an expired reader certificate, or PEM without one: config/reader', () => {
    const old = new Date(Date.now() - 800 * 86_400_000);
    const reader = issueReader(pki.readerCa, { organization: 'テスト商店', now: old });
    for (const certificates of [pem('CERTIFICATE', reader.certificate), 'nothing']) {
      const readers = [{ certificates, key: privateKeyPem(reader.keys.privateKey) }];
      assert.throws(() => start({ wallet: { ...walletOptions, readers } }), {
        code: 'config/reader',
      });
    }
  });

  it('a reader without organization unless its name or host is ours', () => {
    const named = (CN: string, dnsNames: string[]) => {
      const reader = issueReader(pki.readerCa, { subject: { CN, C: 'JP' }, dnsNames });
      const certificates = pem('CERTIFICATE', reader.certificate);
      return start({
        wallet: {
          ...walletOptions,
          readers: [{ certificates, key: privateKeyPem(reader.keys.privateKey) }],
        },
      });
    };
    assert.doesNotThrow(() => named('テスト商店', ['other.example']));
    assert.doesNotThrow(() => named('anything', ['localhost']));
    assert.throws(() => named('anything', ['other.example']), { code: 'config/reader_name' });
  });

  it('a law that needs a certified confirmation program, once the issuer is no test', () => {
    const { docType, certificates } = anchor;
    const production = {
      origins: ['https://site.example'],
      wallet: { ...walletOptions, trustAnchors: [{ docType, certificates }] },
    };
    const lawful = only({ law: 'jp-aml', recordsKept: 'elsewhere' });
    assert.throws(() => start({ ...production, ...lawful }), { code: 'config/confirmation' });
    const confirmation = { kind: 'certified', program: 'x', confirm: async () => 'confirmed' };
    assert.doesNotThrow(() => start({ ...production, ...lawful, confirmation }));
    assert.doesNotThrow(() => start({ ...production, ...only({}) }));
    assert.doesNotThrow(() => start(lawful), 'a test needs none');
  });
});

describe('a deployment does not answer', () => {
  it('with a key that is not the one of its certificate', async () => {
    const other = issueReader(pki.readerCa, { organization: 'テスト商店' });
    const [reader] = walletOptions.readers;
    const readers = [{ ...reader, key: privateKeyPem(other.keys.privateKey) }];
    const shop = site({ wallet: { ...walletOptions, readers } });
    await assert.rejects(shop.verifier.ready(), { code: 'config/reader' });
    await refused(await shop.send('openapi.json'), 500, 'config/reader');
  });

  it('with a signer that fails', async () => {
    const [{ certificates }] = walletOptions.readers;
    const key = async () => {
      throw new Error('no HSM');
    };
    const shop = site({ wallet: { ...walletOptions, readers: [{ certificates, key }] } });
    await assert.rejects(shop.verifier.ready(), { code: 'config/reader' });
  });
});

describe('the individual number', () => {
  it('is asked under a loudly named legal basis, and never shown back', async () => {
    const profile: Profile = {
      ...adult,
      claims: { ...identity.claims, individual_number: { purpose: TEXT, retainDays: 0 } },
      individualNumber: { legalBasis: { ja: '番号利用法第19条' } },
    };
    const shop = site({ profiles: { identity: profile } });
    const page = await Page.open(shop);
    assert.deepEqual(page.view.individualNumberBasis, { ja: '番号利用法第19条' });
    await page.evidence(await page.present(await page.requests()));
    assert.doesNotMatch((await page.review()).text, /individual_number|123456789012/);
    assert.doesNotMatch(JSON.stringify(await json(await page.call(''))), /123456789012/);
    assert.doesNotMatch(JSON.stringify(shop.log), /123456789012/);
    const proofs = JSON.stringify(await shop.store.evidence(page.view.id));
    assert.doesNotMatch(proofs, /123456789012/);
  });
});
