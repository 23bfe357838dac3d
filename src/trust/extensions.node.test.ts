import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDer, TAG } from '../crypto/der.ts';
import * as der from '../testing/issuer/der.ts';
import { readCertificateExtensions, readOtherNames, readPolicies } from './extensions.ts';

type Item = readonly [oid: string, value: Uint8Array, critical?: boolean];

const extension = ([id, value, critical]: Item) =>
  der.sequence(der.oid(id), ...(critical ? [der.yes()] : []), der.octets(value));
const read = (...items: Item[]) =>
  readCertificateExtensions(readDer(der.sequence(...items.map(extension)), TAG.sequence));
const refused = { code: 'malformed/certificate' };

const CA = '2.5.29.19';
const SUBJECT_NAME = '2.5.29.17';

describe('extensions of a certificate', () => {
  it('are all at their defaults where there are none', () => {
    const none = readCertificateExtensions(undefined);
    assert.deepEqual([none.isCa, none.pathLength, none.keyUsage], [false, undefined, undefined]);
    assert.deepEqual([none.crlUrls, none.dnsNames, none.unknownCritical], [[], [], []]);
  });

  it('say whether it is a CA, and how far down', () => {
    const bounded = read([CA, der.sequence(der.yes(), der.integer(2n)), true]);
    assert.deepEqual([bounded.isCa, bounded.pathLength], [true, 2]);
    const open = read([CA, der.sequence(der.yes())]);
    assert.deepEqual([open.isCa, open.pathLength], [true, undefined]);
    assert.equal(read([CA, der.sequence()]).isCa, false);
    const more = der.sequence(der.integer(0n), der.integer(0n));
    assert.throws(() => read([CA, more]), refused);
  });

  it('say what a key is for and which it is', () => {
    const authority = der.sequence(der.contextPrimitive(0, Uint8Array.of(4)));
    const all = read(
      ['2.5.29.15', der.bits(Uint8Array.of(0b0000_0110), 1)],
      ['2.5.29.37', der.sequence(der.oid('1.2.3'))],
      ['2.5.29.14', der.octets(Uint8Array.of(3))],
      ['2.5.29.35', authority],
    );
    assert.deepEqual(all.keyUsage, [5, 6]);
    assert.deepEqual(all.extendedKeyUsage, ['1.2.3']);
    assert.deepEqual([...(all.subjectKeyId ?? [])], [3]);
    assert.deepEqual([...(all.authorityKeyId ?? [])], [4]);
  });

  it('hold addresses of lists and names of hosts, and nothing of another kind', () => {
    const text = new TextEncoder().encode('https://a.test');
    const name = (tag: number) => der.contextPrimitive(tag, text);
    const point = der.sequence(der.context(0, der.context(0, name(6), name(2))));
    const found = read(
      ['2.5.29.31', der.sequence(point)],
      [SUBJECT_NAME, der.sequence(name(2), name(6))],
    );
    assert.deepEqual(found.crlUrls, ['https://a.test']);
    assert.deepEqual(found.dnsNames, ['https://a.test']);
  });

  it('are named where they are critical and nobody knows them', () => {
    const value = der.nothing();
    assert.deepEqual(read(['1.2.3', value, true]).unknownCritical, ['1.2.3']);
    assert.deepEqual(read(['1.2.3', value]).unknownCritical, []);
    assert.equal(read(['1.2.3', value, true]).extensions.get('1.2.3')?.critical, true);
  });

  it('are refused where one is given twice, or has more behind its value', () => {
    assert.throws(() => read(['1.2.3', der.nothing()], ['1.2.3', der.nothing()]), refused);
    const longer = der.sequence(der.oid('1.2.3'), der.octets(der.nothing()), der.nothing());
    const list = readDer(der.sequence(longer), TAG.sequence);
    assert.throws(() => readCertificateExtensions(list), refused);
  });
});

describe('policies', () => {
  const policy = (id: string, ...qualifiers: string[]) =>
    der.sequence(
      der.oid(id),
      ...(qualifiers.length > 0
        ? [der.sequence(...qualifiers.map((one) => der.sequence(der.oid(one), der.nothing())))]
        : []),
    );

  it('are read in order, with the qualifiers that are known', () => {
    const both = der.sequence(policy('1.2.3', '1.3.6.1.5.5.7.2.1'), policy('1.2.4'));
    assert.deepEqual(readPolicies(both), ['1.2.3', '1.2.4']);
  });

  it('given twice, or with another qualifier, are refused', () => {
    assert.throws(() => readPolicies(der.sequence(policy('1.2.3'), policy('1.2.3'))), refused);
    assert.throws(() => readPolicies(der.sequence(policy('1.2.3', '1.2.9'))), refused);
  });
});

describe('other names', () => {
  const other = (...wrapped: Uint8Array[]) =>
    der.context(0, der.oid('1.2.3'), der.context(0, ...wrapped));

  it('that are text are read, what is no text or another name is left out', () => {
    const host = der.contextPrimitive(2, Uint8Array.of(65));
    const list = der.sequence(host, other(der.utf8String('番号')), other(der.integer(1n)));
    assert.deepEqual(readOtherNames(list), [{ oid: '1.2.3', text: '番号' }]);
  });

  it('without a value, with two, or of broken text are refused', () => {
    const broken = der.tlv(TAG.utf8String, Uint8Array.of(0xff));
    for (const name of [
      other(),
      other(der.utf8String('a'), der.utf8String('b')),
      der.context(0, der.oid('1.2.3'), der.utf8String('a')),
      other(broken),
    ]) {
      assert.throws(() => readOtherNames(der.sequence(name)), refused);
    }
  });
});
