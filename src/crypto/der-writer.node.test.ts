import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHex } from '../wire/bytes.ts';
import { children, readDer, readOid, TAG } from './der.ts';
import { derItem, derOid } from './der-writer.ts';

describe('DER that is written', () => {
  it('has the shortest length', () => {
    const headOf = (length: number) =>
      toHex(derItem(TAG.octetString, new Uint8Array(length)).subarray(0, 4));
    assert.equal(toHex(derItem(0x05)), '0500');
    assert.match(headOf(0x7f), /^047f/);
    assert.match(headOf(0x80), /^048180/);
    assert.match(headOf(0xff), /^0481ff/);
    assert.match(headOf(0x100), /^04820100/);
    assert.match(headOf(0xffff), /^0482ffff/);
  });

  it('is read back, contents one after the other', () => {
    const [first, second] = [derItem(0x05), derItem(TAG.octetString, Uint8Array.of(1, 2))];
    const inside = children(readDer(derItem(TAG.sequence, first, second), TAG.sequence));
    assert.deepEqual(
      inside.map(({ encoded }) => toHex(encoded)),
      ['0500', '04020102'],
    );
  });

  for (const oid of [
    '1.3.14.3.2.26',
    '2.16.840.1.101.3.4.2.1',
    '1.3.6.1.5.5.7.48.1.2',
    '1.2.392.200149.8.5.1.1.20',
    '2.5.4.3',
    '0.9.127.128.16383.16384.0',
  ]) {
    it(`names ${oid}`, () => {
      assert.equal(readOid(readDer(derOid(oid), TAG.oid)), oid);
    });
  }
});
