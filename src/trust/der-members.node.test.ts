import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { children, readDer, TAG } from '../crypto/der.ts';
import { createTestPki } from '../testing/issuer/pki.ts';
import { revocationList } from '../testing/issuer/x509.ts';
import { concatBytes } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseCertificate } from './certificate.ts';
import { parseCrl } from './crl.ts';

const pki = createTestPki();
const NULL = Uint8Array.of(5, 0);

/** A value with its tag and a definite, minimal length. */
function tlv(tag: number, content: Uint8Array): Uint8Array {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return concatBytes(Uint8Array.of(tag, ...length), content);
}

/** The same structure with one member more at the end of the one that a path of indexes leads to. */
function longer(encoded: Uint8Array, path: readonly number[]): Uint8Array {
  const tag = encoded[0] ?? 0;
  const inner = children({ ...readDer(encoded, tag) }).map((node) => node.encoded);
  const [at, ...rest] = path;
  const next =
    at === undefined
      ? [...inner, NULL]
      : inner.map((member, index) => (index === at ? longer(member, rest) : member));
  return tlv(tag, concatBytes(...next));
}

const refused = (parse: () => unknown, what: string) =>
  assert.throws(
    parse,
    (error) => error instanceof IdVerifyError && error.category === 'malformed',
    what,
  );

/** Places in a certificate: version, serial, algorithm, issuer, validity, subject, key, extensions. */
const CERTIFICATE: Readonly<Record<string, readonly number[]>> = {
  certificate: [],
  'what is signed': [0],
  version: [0, 0],
  'an attribute of the issuer': [0, 3, 0, 0],
  validity: [0, 4],
  'an attribute of the subject': [0, 5, 0, 0],
  'the public key': [0, 6],
  'the algorithm of the public key': [0, 6, 0],
  'the wrapping of the extensions': [0, 7],
  'an extension': [0, 7, 0, 0],
  'another extension': [0, 7, 0, 1],
  'the algorithm of the signature': [1],
};

const CRL: Readonly<Record<string, readonly number[]>> = {
  list: [],
  'what is signed': [0],
  'an attribute of the issuer': [0, 2, 0, 0],
  'an entry': [0, 5, 0],
  'the wrapping of the extensions': [0, 6],
  'an extension': [0, 6, 0, 0],
};

describe('a structure with members after those it has', () => {
  const { certificate } = pki.iaca;
  for (const [what, path] of Object.entries(CERTIFICATE)) {
    it(`certificate: ${what}`, () => {
      refused(() => parseCertificate(longer(certificate, path)), what);
    });
  }

  const crl = revocationList({
    issuer: pki.iaca,
    thisUpdate: new Date(0),
    nextUpdate: new Date(1000),
    revoked: [{ certificate: pki.signer.certificate, at: new Date(0), reason: 1 }],
  });
  for (const [what, path] of Object.entries(CRL)) {
    it(`CRL: ${what}`, () => refused(() => parseCrl(longer(crl, path)), what));
  }

  it('(unchanged, both are read)', () => {
    assert.equal(
      parseCertificate(tlv(TAG.sequence, readDer(certificate, 0x30).content)).version,
      3,
    );
    assert.equal(parseCrl(crl).revoked.size, 1);
  });
});
