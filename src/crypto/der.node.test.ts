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
  readString,
  readTime,
  TAG,
} from './der.ts';

const node = (hex: string, tag: number) => readDer(fromHex(hex), tag);
const hexByte = (length: number) => length.toString(16).padStart(2, '0');
const ascii = (text: string) => toHex(new TextEncoder().encode(text));
const time = (tag: number, text: string) =>
  readTime(
    node(`${tag.toString(16)}${text.length.toString(16).padStart(2, '0')}${ascii(text)}`, tag),
  );

test('lengths of several bytes', () => {
  assert.equal(node(`308180${'00'.repeat(128)}`, TAG.sequence).content.length, 128);
  assert.equal(node(`30820100${'00'.repeat(256)}`, TAG.sequence).content.length, 256);
  const long = new Uint8Array(6 + 2 ** 24);
  long.set([TAG.sequence, 0x84, 1]);
  assert.equal(readDer(long, TAG.sequence).content.length, 2 ** 24);
});

test('identifiers, integers, bits and times at their limits', () => {
  const oid = (content: string) =>
    readOid(node(`06${hexByte(content.length / 2)}${content}`, TAG.oid));
  assert.equal(oid('00'), '0.0');
  assert.equal(oid('27'), '0.39');
  assert.equal(oid('28'), '1.0');
  assert.equal(oid('50'), '2.0');
  assert.equal(oid('2a8100'), '1.2.128');
  assert.equal(oid('2a818000'), '1.2.16384');
  assert.equal(oid(`2a${'01'.repeat(39)}`), `1.2${'.1'.repeat(39)}`);
  assert.equal(oid('2a9fffffffff7f'), `1.2.${2 ** 40 - 1}`);
  assert.deepEqual(readInteger(node('020200ff', TAG.integer)), fromHex('00ff'));
  assert.deepEqual(readInteger(node('0202ff7f', TAG.integer)), fromHex('ff7f'));
  assert.deepEqual(readInteger(node('020100', TAG.integer)), fromHex('00'));
  assert.equal(readSmallInteger(node('02047fffffff', TAG.integer)), 2 ** 31 - 1);
  assert.equal(readSmallInteger(node('02020080', TAG.integer)), 128);
  assert.equal(readBoolean(node('010100', TAG.boolean)), false);
  assert.deepEqual(readBitString(node('030300abcd', TAG.bitString)), fromHex('abcd'));
  assert.deepEqual(readNamedBits(node('030207ff', TAG.bitString)), [0]);
  assert.deepEqual(readNamedBits(node('03030701ff', TAG.bitString)), [7, 8]);
  assert.deepEqual(readNamedBits(node('030500ffffff01', TAG.bitString)).at(-1), 31);
  assert.deepEqual(readNamedBits(node('030100', TAG.bitString)), []);
  assert.equal(time(TAG.utcTime, '491231235959Z'), Date.UTC(2049, 11, 31, 23, 59, 59));
  assert.equal(node('30020500', TAG.sequence).encoded.length, 4);
});

test('strings of the types names use', () => {
  const string = (tag: number, hex: string) =>
    readString({ tag, content: fromHex(hex), encoded: fromHex(hex) });
  assert.equal(string(0x0c, 'e6b0b4'), '水');
  for (const tag of [0x13, 0x16, 0x86]) assert.equal(string(tag, '6162'), 'ab');
  for (const tag of [0x04, 0x02, 0x87]) assert.equal(string(tag, '6162'), undefined);
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
  ['indefinite length, taken for 128', () => node(`3080${'00'.repeat(128)}`, TAG.sequence)],
  ['a long length that fits one byte', () => node(`30817f${'00'.repeat(127)}`, TAG.sequence)],
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
  ['only a tag', () => node('30', 0x30)],
  ['a child that is only a tag', () => children(node('300130', TAG.sequence))],
  ['a tag of several bytes that fits', () => node('1f00', 0x1f)],
  ['length of zero bytes', () => node('308000', TAG.sequence)],
  ['a length of five bytes that is not too long', () => node('3085000000000100', TAG.sequence)],
  ['an identifier of 41 bytes', () => readOid(node(`0629${'01'.repeat(41)}`, TAG.oid))],
  ['a later arc with a leading 80', () => readOid(node('06042a018001', TAG.oid))],
  ['an arc beyond 2 to the 40', () => readOid(node('06092a8180808080808000', TAG.oid))],
  ['an integer of five bytes', () => readSmallInteger(node('02050001000000', TAG.integer))],
  ['a boolean of two bytes', () => readBoolean(node('0102ffff', TAG.boolean))],
  ['an empty boolean', () => readBoolean(node('0100', TAG.boolean))],
  ['a boolean that is an integer', () => readBoolean(node('0201ff', TAG.integer))],
  ['an empty bit string', () => readBitString(node('0300', TAG.bitString))],
  ['no named bits at all', () => readNamedBits(node('0300', TAG.bitString))],
  [
    'more named bits than there are names',
    () => readNamedBits(node('030600ffffffffff', TAG.bitString)),
  ],
  ['digits before a time', () => time(TAG.utcTime, '1250129022304Z')],
  ['something behind a time', () => time(TAG.utcTime, '250129022304ZZ')],
  ['a short form with the tag of the long', () => time(TAG.generalizedTime, '250129022304Z')],
  ['a long form with the tag of the short', () => time(TAG.utcTime, '20250129022304Z')],
  ['digits before a long time', () => time(TAG.generalizedTime, '120250129022304Z')],
  ['something behind a long time', () => time(TAG.generalizedTime, '20250129022304ZZ')],
  ['letters for a time', () => time(TAG.utcTime, 'aaaaaaaaaaaaZ')],
  ['hour 24', () => time(TAG.utcTime, '250129240000Z')],
  ['no time at all', () => readTime(undefined)],
  ['an identifier that is missing', () => readOid(undefined)],
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
