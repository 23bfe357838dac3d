import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'cborg';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import {
  type CborInput,
  type CborKey,
  type CborValue,
  type Embedded,
  Float,
  Tagged,
} from './cbor.ts';
import { ENVELOPE_RULES, MDOC_RULES } from './cbor-rules.ts';
import { readCbor } from './reader.ts';
import { embed, writeArray, writeCbor } from './writer.ts';

const read = (hex: string) => readCbor(fromHex(hex), MDOC_RULES);
const write = (value: CborInput) => toHex(writeCbor(value));

/** RFC 8949 appendix A: what has exactly one spelling, here and there. */
const EXAMPLES: [hex: string, value: CborValue][] = [
  ['00', 0],
  ['01', 1],
  ['0a', 10],
  ['17', 23],
  ['1818', 24],
  ['1819', 25],
  ['1864', 100],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['1bffffffffffffffff', 18446744073709551615n],
  ['20', -1],
  ['29', -10],
  ['3863', -100],
  ['3903e7', -1000],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['40', fromHex('')],
  ['4401020304', fromHex('01020304')],
  ['60', ''],
  ['6161', 'a'],
  ['6449455446', 'IETF'],
  ['62225c', '"\\'],
  ['62c3bc', '\u00fc'],
  ['63e6b0b4', '\u6c34'],
  ['64f0908591', '\ud800\udd51'],
  ['80', []],
  ['83010203', [1, 2, 3]],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  [
    '98190102030405060708090a0b0c0d0e0f101112131415161718181819',
    Array.from({ length: 25 }, (_, i) => i + 1),
  ],
  ['a0', new Map()],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    new Map<CborKey, CborValue>([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
  ['826161a161626163', ['a', new Map([['b', 'c']])]],
  [
    'a56161614161626142616361436164614461656145',
    new Map([...'abcde'].map((c) => [c, c.toUpperCase()])),
  ],
  ['c074323031332d30332d32315432303a30343a30305a', new Tagged(0, '2013-03-21T20:04:00Z')],
  ['d818456449455446', embed(fromHex('6449455446'))],
];

for (const [hex, value] of EXAMPLES) {
  test(`RFC 8949 appendix A: ${hex}`, () => {
    assert.deepEqual(read(hex), value);
    assert.equal(write(value), hex);
  });
}

test('RFC 8949 appendix A: floats and the lowest integer are read, never written', () => {
  for (const [hex, value] of [
    ['f90000', 0],
    ['f98000', -0],
    ['f93e00', 1.5],
    ['f97bff', 65504],
    ['fa47c35000', 100000],
    ['fb7e37e43c8800759c', 1e300],
    ['f90001', 2 ** -24],
    ['f9c400', -4],
    ['f97c00', Infinity],
    ['f97e00', Number.NaN],
  ] as const) {
    const float = read(hex);
    assert.ok(float instanceof Float && Object.is(float.value, value), hex);
  }
  assert.equal(read('3bffffffffffffffff'), -18446744073709551616n);
});

test('writes the shortest integer around every boundary', () => {
  const around = [0, 23, 255, 65535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 40, 2 ** 53 - 2];
  for (const n of around.flatMap((m) => [m, m + 1, 0 - m, -m - 1])) {
    assert.equal(write(n), toHex(encode(n)), String(n));
    assert.equal(write(BigInt(n)), toHex(encode(n)), `${n}n`);
    assert.equal(readCbor(writeCbor(n), ENVELOPE_RULES), n);
  }
});

test('an embedded item keeps its bytes as received, heads included', () => {
  const wide = read('83d8184101 da000000185a00000002f5f6 d8184102'.replaceAll(' ', ''));
  assert.ok(Array.isArray(wide));
  const [first, second, third] = wide as Embedded[];
  assert.equal(toHex((first as Embedded).encoded), 'd8184101');
  assert.equal(toHex((second as Embedded).encoded), 'da000000185a00000002f5f6');
  assert.equal(toHex((second as Embedded).content), 'f5f6');
  assert.equal(toHex((third as Embedded).content), '02');
});

test('tags among arrays, empty arrays and arrays of one item find their own place', () => {
  assert.deepEqual(read('848081d28081c06161a1018100d8184100'.replace('84', '85')), [
    [],
    [new Tagged(18, [])],
    [new Tagged(0, 'a')],
    new Map([[1, [0]]]),
    embed(fromHex('00')),
  ]);
});

test('strings with their length in eight bytes are read like any other', () => {
  const long = 'x'.repeat(70);
  const hex = `847b00000000000000017ad8185b0000000000000001f65b000000000000000101${write(long)}`;
  const [text, embedded, bytes, after] = read(hex) as [string, Embedded, Uint8Array, string];
  assert.deepEqual([text, toHex(bytes), after], ['z', '01', long]);
  assert.equal(toHex(embedded.encoded), 'd8185b0000000000000001f6');
  assert.equal(toHex(embedded.content), 'f6');
});

test('what is read does not change with the bytes it was read from, and they stay as they were', () => {
  const bytes = concatBytes(fromHex('ffff'), fromHex('82d81841014102'), fromHex('ffff')).subarray(
    2,
    -2,
  );
  const value = readCbor(bytes, MDOC_RULES) as [Embedded, Uint8Array];
  assert.equal(toHex(bytes), '82d81841014102');
  assert.deepEqual(Object.keys(bytes).length, bytes.length);
  bytes.fill(0);
  assert.equal(toHex(value[0].encoded), 'd8184101');
  assert.equal(toHex(value[1]), '02');
});

test('eight-byte integers that are small are numbers, as keys too', () => {
  assert.deepEqual(
    read('a21b0000000000000001003b000000000000000101'),
    new Map([
      [1, 0],
      [-2, 1],
    ]),
  );
});

test('writes objects and maps with sorted keys', () => {
  assert.equal(write({ bb: 1, a: 2, aa: 3 }), 'a3616102626161036262' + '6201');
  const keys = new Map<CborKey, CborInput>([
    ['a', 0],
    [-1, 0],
    [1000, 0],
    [10n, 0],
    [2n ** 40n, 0],
  ]);
  assert.equal(write(keys), 'a50a001903e8001b00000100000000000020006161' + '00');
});

test('writes an array of items as they are', () => {
  assert.equal(toHex(writeArray([fromHex('1801'), fromHex('f6')])), '821801f6');
  assert.equal(toHex(writeArray([])), '80');
  assert.equal(
    toHex(writeArray(Array.from({ length: 24 }, () => fromHex('0a')))).slice(0, 6),
    '98180a',
  );
});

test('does not write what has no deterministic encoding here', () => {
  const wide = readCbor(fromHex('d818580100'), MDOC_RULES);
  for (const value of [
    1.5,
    Number.NaN,
    2 ** 53,
    2n ** 64n,
    -(2n ** 64n) - 1n,
    undefined,
    { a: undefined },
    () => 0,
    Symbol('s'),
    '\ud800',
    '\ufefftext',
    new Map<CborKey, CborInput>([
      [1, 0],
      [1n, 0],
    ]),
    wide,
  ] as CborInput[]) {
    assert.throws(() => writeCbor(value), TypeError);
  }
});
