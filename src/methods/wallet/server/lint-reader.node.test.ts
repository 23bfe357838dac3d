import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  createTestPki,
  EKU,
  issueReader,
  type ReaderOverrides,
} from '../../../testing/issuer/pki.ts';
import { pem } from '../../../testing/issuer/x509.ts';
import { lintReader, type ReaderFinding } from './lint-reader.ts';

const pki = createTestPki();
const NOW = Date.now();
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY);
const relyingParty = { name: { ja: 'テスト商店' } };
const organization = 'テスト商店';
const origins = ['https://shop.example'];

const lint = (changes: ReaderOverrides = {}) => {
  const plan = { organization, dnsNames: ['shop.example'], ...changes };
  const { certificate } = issueReader(pki.readerCa, plan);
  return lintReader(pem('CERTIFICATE', certificate), { relyingParty, origins, now: NOW });
};
const kinds = (found: readonly ReaderFinding[]) =>
  found.map(({ what, refusedBy }) => `${what} ${refusedBy}`);

it('finds nothing about a reader of the profile, in PEM or DER', () => {
  assert.deepEqual(lint(), []);
  assert.deepEqual(lintReader([pki.reader.certificate]), []);
});

for (const [what, changes, expected] of [
  [
    'another extended key usage',
    { extensions: { extendedKeyUsage: [EKU.tlsServer] } },
    'purpose apple',
  ],
  [
    'no extended key usage',
    { extensions: { extendedKeyUsage: undefined }, critical: [] },
    'purpose apple',
  ],
  [
    'no subject key identifier',
    { extensions: { subjectKeyIdentifier: undefined } },
    'key_id apple',
  ],
  [
    'no authority key identifier',
    { extensions: { authorityKeyIdentifier: undefined } },
    'key_id apple',
  ],
  ['P-384', { curve: 'P-384' }, 'curve every'],
  ['an end that is past', { notAfter: at(-1) }, 'validity every'],
  ['a beginning to come', { notBefore: at(1) }, 'validity every'],
  ['an end that is near', { notAfter: at(7) }, 'validity apple'],
  ['a key that may not sign', { extensions: { keyUsage: ['keyEncipherment'] } }, 'key_usage every'],
  ['another name', { organization: '別の商店' }, 'name apple'],
  ['another host', { dnsNames: ['other.example'] }, 'origin apple'],
  ['itself as issuer', { issuer: null }, 'chain haip'],
] as const) {
  it(`finds ${what}`, () => {
    const found = lint(changes as ReaderOverrides);
    assert.deepEqual(kinds(found), [expected]);
    assert.match(found[0]?.detail ?? '', /^[A-Z].{10,}\.$/);
  });
}

it('finds what is no certificate, a root that is given, and a chain out of order', () => {
  assert.deepEqual(kinds(lintReader('nothing')), ['certificate every']);
  assert.deepEqual(kinds(lintReader([new Uint8Array(9)])), ['certificate every']);
  const { certificate } = issueReader(pki.readerCa);
  assert.deepEqual(kinds(lintReader([certificate, pki.readerCa.certificate])), ['chain haip']);
  const stray = issueReader(pki.readerCa, { subject: { CN: 'TEST stray' } }).certificate;
  assert.deepEqual(kinds(lintReader([certificate, stray])), ['chain haip']);
});
