/** The profile of the 署名用電子証明書 as a table, and whether the simulated card has each field of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { children, type DerNode, readDer, readOid, TAG } from '../../crypto/der.ts';
import { parseCertificate } from '../../trust/certificate.ts';
import { readOtherNames } from '../../trust/extensions.ts';
import { readName } from '../../trust/name.ts';
import type { Identity } from '../issuer/x509.ts';
import { createCards } from './card.ts';

const maker = createCards();
const { cards, phones, roots } = maker;

const OTHER_NAMES = '1.2.392.200149.8.5.5';

/** J-LIS プロファイル仕様書 3.2 and 署名用認証局運用規程 2.1, field by field. */
const PROFILE = {
  key: { type: 'RSA', bits: 2_048 },
  signature: '1.2.840.113549.1.1.11',
  version: 3,
  /** digitalSignature and nonRepudiation. */
  keyUsage: [0, 1],
  critical: ['2.5.29.15', '2.5.29.32'],
  /** Of cards of the test environment, and of phones. */
  policies: { card: '1.2.392.200149.8.5.1.0.20', phone: '1.2.392.200149.8.5.1.1.40' },
  qualifier: '1.3.6.1.5.5.7.2.1',
  names: {
    '.1': /^\S+　\S+$/u,
    '.2': /^[01]+$/,
    '.3': /^[123]$/,
    '.4': /^[0-5]\d{8}$/,
    '.5': /^\S+$/u,
    '.6': /^[01]+$/,
  },
  issuerAltName: ['JP', '公的個人認証サービス'],
  point: [
    '2.5.4.6',
    '2.5.4.10',
    '2.5.4.11 JPKI for digital signature',
    '2.5.4.11 CRL Distribution Points',
    '2.5.4.11',
    '2.5.4.3',
  ],
  rootSerials: ['01', '0132c4ab', '067c6a21'],
  largestSerial: 2 ** 27,
} as const;

const value = ({ certificate }: Identity, oid: string): DerNode => {
  const found = parseCertificate(certificate).extensions.get(oid);
  assert.ok(found, `the card has no extension ${oid}`);
  return readDer(found.value, TAG.sequence);
};

const namesIn = (card: Identity): ReadonlyMap<string, string> =>
  new Map(
    readOtherNames(value(card, '2.5.29.17').encoded).map(({ oid, text }) => [oid, text] as const),
  );

for (const [kind, card] of Object.entries({ card: cards.good, phone: phones.good })) {
  describe(`the simulated ${kind} has what the profile of J-LIS has`, () => {
    const certificate = parseCertificate(card.certificate);

    it('key and signature', () => {
      const { type, ...key } = certificate.publicKey;
      assert.deepEqual([type, 'bits' in key && key.bits], ['RSA', PROFILE.key.bits]);
      assert.equal(certificate.signatureAlgorithm, PROFILE.signature);
      assert.equal(certificate.version, PROFILE.version);
    });

    it('keyUsage, and what is critical', () => {
      assert.deepEqual(certificate.keyUsage, PROFILE.keyUsage);
      const critical = [...certificate.extensions].filter(([, one]) => one.critical);
      assert.deepEqual(critical.map(([oid]) => oid).sort(), PROFILE.critical);
      assert.equal(certificate.isCa, false);
      assert.equal(certificate.extendedKeyUsage, undefined);
    });

    it('one policy, with the address of its practice statement', () => {
      const [policy, ...more] = children(value(card, '2.5.29.32'));
      assert.ok(policy);
      const [id, qualifiers] = children(policy);
      assert.deepEqual([readOid(id), more.length], [PROFILE.policies[kind as 'card' | 'phone'], 0]);
      const [qualifier] = qualifiers ? children(qualifiers) : [];
      assert.ok(qualifier);
      assert.equal(readOid(children(qualifier)[0]), PROFILE.qualifier);
    });

    for (const [arc, shape] of Object.entries(PROFILE.names)) {
      it(`otherName ${arc}`, () => {
        assert.match(namesIn(card).get(OTHER_NAMES + arc) ?? 'nothing', shape);
      });
    }

    it('a digit for each character of name and address', () => {
      const names = namesIn(card);
      for (const [text, digits] of [
        ['.1', '.2'],
        ['.5', '.6'],
      ]) {
        const written = [...(names.get(OTHER_NAMES + text) ?? '')];
        assert.equal(names.get(OTHER_NAMES + digits)?.length, written.length);
      }
    });

    it('issuerAltName', () => {
      const [name] = children(value(card, '2.5.29.18'));
      assert.equal(name?.tag, 0xa4);
      const { pairs } = readName(name && children(name)[0]);
      assert.deepEqual(
        pairs.map(([, text]) => text),
        PROFILE.issuerAltName,
      );
    });

    it('a place in a directory for its list, and no address', () => {
      assert.deepEqual(certificate.crlUrls, []);
      const points = children(value(card, '2.5.29.31'));
      const names = points.flatMap(children).flatMap(children).flatMap(children);
      assert.deepEqual(
        names.map(({ tag }) => tag),
        [0xa4],
      );
      const { pairs } = readName(names[0] && children(names[0])[0]);
      const expected = PROFILE.point.map((one) => one.split(' ')[0]);
      assert.deepEqual(
        pairs.map(([oid]) => oid),
        expected,
      );
      for (const [index, one] of PROFILE.point.entries()) {
        assert.ok(`${pairs[index]?.join(' ')}`.startsWith(one));
      }
    });

    it('a small serial number', () => {
      assert.ok(Number.parseInt(certificate.serialNumber, 16) < PROFILE.largestSerial);
    });
  });
}

describe('the simulated roots', () => {
  const parsed = roots.map(({ certificate }) => parseCertificate(certificate));

  it('are three generations of one name, self-signed, each with a key of its own', () => {
    const [first] = parsed;
    assert.deepEqual(
      parsed.map(({ serialNumber }) => serialNumber),
      PROFILE.rootSerials,
    );
    for (const { subject, issuer, isCa } of parsed) {
      assert.deepEqual(subject.encoded, first?.subject.encoded);
      assert.deepEqual(issuer.encoded, subject.encoded);
      assert.equal(isCa, true);
    }
    assert.equal(new Set(parsed.map(({ subjectKeyId }) => `${subjectKeyId}`)).size, 3);
  });

  it('issue cards directly; the oldest has run out', () => {
    const { authorityKeyId } = parseCertificate(cards.good.certificate);
    assert.deepEqual(authorityKeyId, parsed[2]?.subjectKeyId);
    assert.ok((parsed[0]?.notAfter ?? 0) < Date.now());
    assert.ok((parsed[1]?.notAfter ?? 0) > Date.now());
  });
});
