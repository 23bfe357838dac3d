/** What the documents take for granted: the names their examples use without declaring them. */
import { randomBytes } from 'node:crypto';
import { buildResponse } from '../../src/testing/issuer/mdoc.ts';
import { createTestPki, privateKeyPem } from '../../src/testing/issuer/pki.ts';
import { isoMdocTranscript } from '../../src/testing/issuer/transcript.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import { createCards, signWith } from '../../src/testing/phone/card.ts';
import {
  createVerifier,
  memoryStore,
  type Profile,
  type VerifierOptions,
} from '../../src/verifier/index.ts';
import { ORIGIN, SUBJECT } from '../verifier/harness.ts';

export const pki = createTestPki({
  reader: { organization: '株式会社サンプル', dnsNames: ['localhost'] },
});

// A whole server
export const memberOf = async (_: Request): Promise<string> => SUBJECT;
export const readerPem = pem('CERTIFICATE', pki.reader.certificate);
export const readerKeyPem = privateKeyPem(pki.reader.keys.privateKey);
export const rootDer = pki.iaca.certificate;

const text = { ja: 'ご本人の確認のため' };
export const profile: Profile = {
  purpose: text,
  claims: { name: { purpose: text, retainDays: 0 } },
  methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' }, jpki: {}, 'jpki-mobile': {} },
};
export const identity: Profile = {
  purpose: text,
  claims: {
    name: { purpose: text, retainDays: 2555 },
    birth_date: { purpose: text, retainDays: 0 },
  },
  methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' } },
};
export const readers = [{ certificates: readerPem, key: readerKeyPem }];
export const trustAnchors = [{ docType: 'org.iso.23220.1.jp.mnc', certificates: [rootDer] }];

/** Of a production deployment: nothing in it is marked as a test. */
const shared = {
  relyingParty: { name: { ja: '株式会社サンプル' } },
  origins: [ORIGIN],
  anonymousUse: 'allowed',
  wallet: {
    readers: [{ certificates: readerPem, key: readerKeyPem }],
    trustAnchors: [{ docType: 'org.iso.23220.1.jp.mnc', certificates: [rootDer] }],
  },
} as const;
export const options: VerifierOptions = {
  ...shared,
  profiles: { identity: profile },
  store: memoryStore(),
};

// Mounting it
export const verifier = createVerifier({
  ...shared,
  profiles: {
    identity: { ...profile, methods: { wallet: { docType: 'org.iso.23220.1.jp.mnc' } } },
  },
  store: memoryStore(),
});

// A JPKI app on the person's phone
export const clientId = 'sample';
export const clientKey = { pem: readerKeyPem };
export const decryptionKey = { pem: readerKeyPem, alg: 'ECDH-ES' };
export const app = { ja: 'アプリ' };
export const environment = 'production';
export const url = 'https://operator.example/api';
export const apiKey = 'sample';
const holder = createCards();
export const jpkiRootDer = holder.root.certificate;

// The certificate of a card, by itself
export const { certificate } = holder.phones.good;
export const signed = new TextEncoder().encode('同意します。');
export const signature = signWith(holder.phones.good, '同意します。');

// Photos
export const receiptKey = randomBytes(32);
export const reviewer = 'staff-1';

// Parts by themselves
export const encryptionInfo = 'gmVkY2FwaaA';
export const origin = 'https://rp.example';
export const deviceResponse = buildResponse({
  pki,
  sessionTranscript: isoMdocTranscript(encryptionInfo, origin),
  disclose: { 'org.iso.23220.1.jp': ['full_name_unicode'] },
});
/** A grey frame with nothing in it. */
export const pixels = {
  width: 320,
  height: 240,
  data: new Uint8ClampedArray(320 * 240 * 4).fill(128),
};
