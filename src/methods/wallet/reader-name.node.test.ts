import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as der from '../../testing/issuer/der.ts';
import { issueReader, issueReaderCa } from '../../testing/issuer/pki.ts';
import { concatBytes, utf8 } from '../../wire/bytes.ts';
import { readerName, speaksFor } from './reader-name.ts';

const ORIGIN = 'https://shop.example.jp';

/** As much of a certificate as naming somebody takes. */
function certificate(names: readonly [oid: string, value: Uint8Array][], hosts: string[] = []) {
  const pairs = names.map(([oid, value]) => der.set(der.sequence(der.oid(oid), value)));
  const dns = hosts.map((host) => der.contextPrimitive(2, utf8(host)));
  const extension = der.sequence(der.oid('2.5.29.17'), der.yes(), der.octets(der.sequence(...dns)));
  return der.sequence(
    der.sequence(
      der.context(0, der.integer(2n)),
      der.integer(1n),
      der.sequence(),
      der.sequence(),
      der.sequence(),
      der.sequence(...pairs),
      der.sequence(),
      ...(hosts.length > 0 ? [der.context(3, der.sequence(extension))] : []),
    ),
  );
}
const ORGANIZATION = '2.5.4.10';
const COMMON_NAME = '2.5.4.3';
const named = (name: string, oid = COMMON_NAME) =>
  [oid, der.utf8String(name)] as [string, Uint8Array];
const party = (name: string, legalName?: string) => ({ name: { ja: name }, legalName });
const speaks = (bytes: Uint8Array, name: string, origin = ORIGIN) =>
  speaksFor(bytes, party(name), origin);

test('reads the names of a real certificate', () => {
  const { certificate: real } = issueReader(issueReaderCa(), {
    organization: '株式会社ショップ',
    dnsNames: ['shop.example.jp'],
  });
  assert.deepEqual(readerName(real), {
    organizations: ['株式会社ショップ'],
    commonNames: ['TEST shop.example.jp'],
    hosts: ['shop.example.jp'],
  });
});

test('text of each type names use', () => {
  const types: readonly [tag: number, bytes: Uint8Array][] = [
    [0x0c, utf8('Café')],
    [0x14, Uint8Array.from([0x43, 0x61, 0x66, 0xe9])],
    [0x1e, Uint8Array.from([0, 0x43, 0, 0x61, 0, 0x66, 0, 0xe9])],
  ];
  for (const [tag, bytes] of types) {
    assert.ok(speaks(certificate([[ORGANIZATION, der.tlv(tag, bytes)]]), 'Café'), String(tag));
  }
  assert.ok(speaks(certificate([[ORGANIZATION, der.printableString('Shop')]]), 'Shop'));
  assert.equal(speaks(certificate([[ORGANIZATION, der.octets(utf8('Shop'))]]), 'Shop'), false);
});

test('the organization decides; without one the common name or the host', () => {
  const organization = certificate(
    [named('Shop', ORGANIZATION), named('Other')],
    ['shop.example.jp'],
  );
  assert.equal(speaks(organization, 'Shop'), true);
  assert.equal(speaks(organization, 'Other'), false);
  assert.equal(speaks(organization, 'Elsewhere'), false);
  assert.equal(speaks(certificate([named('Shop')]), 'Shop'), true);
  assert.equal(speaks(certificate([named('Shop')]), 'Elsewhere'), false);
  assert.equal(speaks(certificate([], ['shop.example.jp']), 'Elsewhere'), true);
  assert.equal(speaks(certificate([], ['other.example.jp']), 'Elsewhere'), false);
  assert.equal(speaks(certificate([]), 'Shop'), false);
});

test('names are compared without regard to width and white space, legal names too', () => {
  assert.equal(
    speaks(certificate([named('株式会社　Ｓｈｏｐ ', ORGANIZATION)]), '株式会社 Shop'),
    true,
  );
  const legal = certificate([named('Legal K.K.', ORGANIZATION)]);
  assert.equal(speaksFor(legal, party('Shop', 'Legal K.K.'), ORIGIN), true);
  assert.equal(speaksFor(legal, party('Shop'), ORIGIN), false);
});

test('a wildcard stands for exactly one label', () => {
  const wild = certificate([], ['*.Example.jp']);
  const at = (host: string) => speaks(wild, 'Elsewhere', `https://${host}`);
  assert.deepEqual(['a.example.jp', 'a.b.example.jp', 'example.jp', 'a.example.com'].map(at), [
    true,
    false,
    false,
    false,
  ]);
});

test('is as strict as every reading of DER', () => {
  const good = certificate([named('Shop')]);
  const refused = [
    new Uint8Array(),
    good.subarray(0, -1),
    concatBytes(good, Uint8Array.of(0)),
    der.sequence(der.sequence()),
    der.octets(good),
  ];
  for (const bytes of refused) assert.throws(() => readerName(bytes), { code: 'malformed/der' });
});
