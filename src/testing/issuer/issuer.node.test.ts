import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { decode } from 'cborg';
import { flipBit } from './bytes.ts';
import { encode, head, indefinite, nested, pairs, raw, tag, wide } from './cbor.ts';
import { CURVES, type Curve } from './keys.ts';
import { buildResponse } from './mdoc.ts';
import { age } from './persons.ts';
import { EKU, issueIaca, issueSigner, issueVicalSigner } from './pki.ts';
import { portrait } from './portrait.ts';
import { identifierListCwt, STATUS, statusListCwt } from './status.ts';
import { vical } from './vical.ts';
import { pem, revocationList } from './x509.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('CBOR as in RFC 8949 Appendix A', () => {
  const examples = [
    [0, '00'],
    [23, '17'],
    [24, '1818'],
    [1000000, '1a000f4240'],
    [1000000000000, '1b000000e8d4a51000'],
    [18446744073709551615n, '1bffffffffffffffff'],
    [-1, '20'],
    [-1000, '3903e7'],
    [1.1, 'fb3ff199999999999a'],
    [false, 'f4'],
    [null, 'f6'],
    [undefined, 'f7'],
    [tag(1, 1363896240), 'c11a514b67b0'],
    [new Uint8Array([1, 2, 3, 4]), '4401020304'],
    ['水', '63e6b0b4'],
    [[1, [2, 3]], '8201820203'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
    [new Map([[1, 2]]), 'a10102'],
  ] as const;
  for (const [value, expected] of examples) assert.equal(hex(encode(value)), expected);
});

test('hostile CBOR shapes', () => {
  assert.equal(hex(encode(wide(1, 8))), '1b0000000000000001');
  assert.equal(hex(encode(wide('a', 2))), '79000161');
  assert.equal(hex(encode(wide(500, 4))), '1a000001f4');
  assert.equal(hex(encode(pairs(['a', 1], ['a', 2]))), 'a2616101616102');
  assert.equal(hex(encode(indefinite('array', [1, 2]))), '9f0102ff');
  assert.equal(hex(encode(nested(3))), '818181f6');
  assert.equal(hex(encode(raw(head('bytes', 2 ** 32), new Uint8Array(1)))), '5b000000010000000000');
  assert.throws(() => decode(encode(pairs(['a', 1], ['a', 2])), { rejectDuplicateMapKeys: true }));
});

test('certificates of every curve, read by OpenSSL', () => {
  for (const curve of Object.keys(CURVES) as Curve[]) {
    const iaca = issueIaca({ curve });
    const root = new X509Certificate(iaca.certificate);
    const leaf = new X509Certificate(issueSigner(iaca).certificate);
    assert.ok(root.ca && root.verify(root.publicKey), curve);
    assert.ok(!leaf.ca && leaf.checkIssued(root) && leaf.verify(root.publicKey), curve);
    assert.deepEqual(leaf.keyUsage, [EKU.documentSigner]);
    assert.match(leaf.subject, /TEST/);
  }
});

test('every profile field can be wrong', () => {
  const iaca = issueIaca();
  const wrong = issueSigner(iaca, {
    subject: { CN: 'TEST other', C: 'XX' },
    notAfter: new Date('2060-01-01T00:00:00Z'),
    extensions: {
      extendedKeyUsage: undefined,
      basicConstraints: { ca: true },
      keyUsage: ['keyCertSign'],
      authorityKeyIdentifier: undefined,
    },
  });
  const parsed = new X509Certificate(wrong.certificate);
  assert.equal(parsed.keyUsage, undefined);
  assert.equal(parsed.ca, true);
  assert.equal(parsed.subject, 'CN=TEST other\nC=XX');
  assert.equal(parsed.validToDate.getUTCFullYear(), 2060);
  const alone = new X509Certificate(issueSigner(iaca, { issuer: null }).certificate);
  assert.ok(alone.verify(alone.publicKey));
});

test('a revocation list, read by OpenSSL', () => {
  const iaca = issueIaca({ curve: 'P-384' });
  const { certificate } = issueSigner(iaca);
  const now = new Date();
  const list = revocationList({
    issuer: iaca,
    thisUpdate: now,
    nextUpdate: new Date(+now + 86_400_000),
    revoked: [{ certificate, at: now, reason: 1 }],
  });
  const options = { input: pem('X509 CRL', list), encoding: 'utf8' } as const;
  const text = execFileSync('openssl', ['crl', '-noout', '-text'], options);
  assert.ok(text.includes(new X509Certificate(certificate).serialNumber));
  assert.match(text, /Key Compromise/);
  assert.match(text, /ecdsa-with-SHA384/);
});

test('a status list says which index is revoked', () => {
  const signer = issueSigner(issueIaca());
  const plan = {
    signer,
    uri: 'https://x.invalid/s',
    statuses: { 1: STATUS.invalid },
    issuedAt: new Date(),
  };
  const bytes = statusListCwt({ ...plan, bits: 2, size: 16 });
  const [, , payload] = decode(bytes, {
    useMaps: true,
    tags: { 18: (inner: () => unknown) => inner() },
  });
  const list = decode(payload, { useMaps: true }).get(65533);
  assert.equal(list.get('bits'), 2);
  assert.equal(list.get('lst')[0], 0x78);
});

test('the portrait is a JPEG of the size benchmarks want', () => {
  const picture = portrait();
  assert.ok(picture.length > 11_000 && picture.length < 13_000, String(picture.length));
  assert.equal(hex(picture.subarray(0, 3)), 'ffd8ff');
  assert.equal(hex(picture.subarray(-2)), 'ffd9');
});

test('a year is complete on the birthday in Japan', () => {
  assert.equal(age('2006-11-22', new Date('2026-11-21T14:59:59Z')), 19);
  assert.equal(age('2006-11-22', new Date('2026-11-21T15:00:00Z')), 20);
});

test('edits reach every structure', () => {
  const seen: string[] = [];
  const note =
    <T>(name: string) =>
    (value: T): T => {
      seen.push(name);
      return value;
    };
  const response = buildResponse({
    edits: {
      items: note('items'),
      mso: note('mso'),
      payload: note('payload'),
      issuerAuth: note('issuerAuth'),
      nameSpaces: note('nameSpaces'),
      deviceAuthentication: note('deviceAuthentication'),
      deviceProof: note('deviceProof'),
      deviceAuth: note('deviceAuth'),
      document: note('document'),
      response: note('response'),
      encoded: (bytes) => flipBit(note<Uint8Array>('encoded')(bytes), 0),
    },
  });
  assert.equal(seen.length, 11);
  assert.equal(response[0], 0xa2);
});

test('a VICAL and an identifier list carry what they were given', () => {
  const iaca = issueIaca();
  const now = new Date();
  const signer = issueVicalSigner(iaca);
  const authorities = [{ certificate: iaca.certificate, docTypes: ['a'] }];
  const tags = {
    0: (inner: () => unknown) => inner(),
    2: (inner: () => unknown) => inner(),
    18: (inner: () => unknown) => inner(),
  };
  const read = (bytes: Uint8Array) => decode(bytes, { useMaps: true, tags });
  const list = read(read(vical({ signer, date: now, authorities }))[2]);
  const [info] = list.get('certificateInfos');
  const { serialNumber } = new X509Certificate(iaca.certificate);
  assert.equal(hex(info.get('serialNumber')), serialNumber.toLowerCase());
  assert.deepEqual(info.get('docType'), ['a']);
  const plan = { signer, uri: 'https://x.invalid/i', issuedAt: now };
  const identifier = new Uint8Array([1, 2]);
  const claims = read(read(identifierListCwt({ ...plan, identifiers: [identifier] }))[2]);
  assert.deepEqual([...claims.get(65530).get('identifiers').keys()], [identifier]);
});
