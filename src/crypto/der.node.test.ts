import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from '../../test/refusal.ts';
import { fromHex, toHex } from '../wire/bytes.ts';
import {
  children,
  readBitString,
  readBoolean,
  readDer,
  readInteger,
  readNamedBits,
  readOid,
  readSmallInteger,
  readTime,
  TAG,
} from './der.ts';

const node = (hex: string, tag: number) => readDer(fromHex(hex), tag);
const ascii = (text: string) => toHex(new TextEncoder().encode(text));
const time = (tag: number, text: string) =>
  readTime(
    node(`${tag.toString(16)}${text.length.toString(16).padStart(2, '0')}${ascii(text)}`, tag),
  );

test('lengths of several bytes', () => {
  assert.equal(node(`308180${'00'.repeat(128)}`, TAG.sequence).content.length, 128);
  assert.equal(node(`30820100${'00'.repeat(256)}`, TAG.sequence).content.length, 256);
});

test('values', () => {
  assert.equal(readOid(node('06032a0304', TAG.oid)), '1.2.3.4');
  assert.equal(readOid(node('06062a864886f70d', TAG.oid)), '1.2.840.113549');
  assert.equal(readOid(node('06028837', TAG.oid)), '2.999');
  assert.equal(readSmallInteger(node('02020100', TAG.integer)), 256);
  assert.equal(readBoolean(node('0101ff', TAG.boolean)), true);
  assert.deepEqual(readNamedBits(node('03020106', TAG.bitString)), [5, 6]);
  assert.deepEqual(readNamedBits(node('03020780', TAG.bitString)), [0]);
  assert.equal(time(TAG.utcTime, '250129022304Z'), Date.UTC(2025, 0, 29, 2, 23, 4));
  assert.equal(time(TAG.utcTime, '500101000000Z'), Date.UTC(1950, 0, 1));
  assert.equal(time(TAG.generalizedTime, '20500101000000Z'), Date.UTC(2050, 0, 1));
  const list = children(node('3006020101020102', TAG.sequence));
  assert.deepEqual(list.map(readSmallInteger), [1, 2]);
});

const REFUSED: readonly [string, () => unknown][] = [
  ['empty', () => node('', TAG.sequence)],
  ['another tag', () => node('0400', TAG.sequence)],
  ['a tag of several bytes', () => node('1f8100', 0x1f)],
  ['indefinite length', () => node('30800000', TAG.sequence)],
  ['length not minimal', () => node('308100', TAG.sequence)],
  ['length with a leading zero', () => node('30820001ff', TAG.sequence)],
  ['a long length with a leading zero', () => node(`30820080${'00'.repeat(128)}`, TAG.sequence)],
  ['length of five bytes', () => node('30850000000001ff', TAG.sequence)],
  ['truncated', () => node('300202', TAG.sequence)],
  ['bytes behind', () => node('300000', TAG.sequence)],
  ['a truncated child', () => children(node('30020205', TAG.sequence))],
  ['an empty integer', () => readInteger(node('0200', TAG.integer))],
  ['an integer with a leading zero', () => readInteger(node('02020001', TAG.integer))],
  ['a negative with a leading ff', () => readInteger(node('0202ff80', TAG.integer))],
  ['a negative path length', () => readSmallInteger(node('020180', TAG.integer))],
  ['an integer over 32 bits', () => readSmallInteger(node('02050100000000', TAG.integer))],
  ['a boolean that is neither', () => readBoolean(node('010101', TAG.boolean))],
  ['a key with unused bits', () => readBitString(node('03020480', TAG.bitString))],
  ['more unused bits than a byte has', () => readNamedBits(node('03020880', TAG.bitString))],
  ['an identifier with a leading 80', () => readOid(node('06038001ff', TAG.oid))],
  ['an identifier cut off', () => readOid(node('06022a86', TAG.oid))],
  ['an empty identifier', () => readOid(node('0600', TAG.oid))],
  ['a day that does not exist', () => time(TAG.utcTime, '250230000000Z')],
  ['a time without seconds', () => time(TAG.utcTime, '2501290223Z')],
  ['a time with an offset', () => time(TAG.generalizedTime, '20250129022304+0900')],
  ['a time with a fraction', () => time(TAG.generalizedTime, '20250129022304.5Z')],
  ['a time of another type', () => readTime(node('0400', 0x04))],
];
for (const [name, read] of REFUSED) {
  test(`refused: ${name}`, () => assert.equal(refusal(read), 'malformed/der'));
}
