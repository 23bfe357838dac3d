import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { fromHex } from './bytes.ts';
import { ENVELOPE_RULES, MDOC_RULES, type ReaderRules } from './cbor-rules.ts';
import { keyValue, mapKeys } from './generated.helper.ts';
import { readCbor } from './reader.ts';
import { READER_REFUSALS, type ReaderCode } from './reader-refusals.ts';

const readHex = (hex: string, rules: ReaderRules = MDOC_RULES) =>
  refusal(() => readCbor(fromHex(hex.replaceAll(' ', '')), rules));

/** Hand-made bytes for every refusal. */
const REFUSED: Record<ReaderCode, [hex: string, rules?: ReaderRules][]> = {
  'limit/bytes': [
    ['83 01 02 03', { ...MDOC_RULES, maxBytes: 3 }],
    ['5a 00200001 00'],
    ['5b ffffffffffffffff'],
    ['7b 0000000100000000'],
  ],
  'limit/depth': [
    [`${'81'.repeat(17)}00`],
    [`${'a100'.repeat(17)}00`],
    ['82 00 81 81 00', { ...MDOC_RULES, maxDepth: 2 }],
  ],
  'limit/items': [
    ['83 00 00 00', { ...MDOC_RULES, maxItems: 3 }],
    ['a1 00 00', { ...MDOC_RULES, maxItems: 2 }],
    ['c0 60', { ...MDOC_RULES, maxItems: 1 }],
    ['9b 0000000100000000 00'],
    ['9a ffffffff 00'],
    ['ba ffffffff 00'],
    ['bb 8000000000000001 00 00'],
  ],
  'limit/map_entries': [['a2 00 00 01 00', { ...MDOC_RULES, maxMapEntries: 1 }], ['b9 0401 00']],
  'malformed/truncated': [
    [''],
    ['18'],
    ['19 01'],
    ['1a 000000'],
    ['1b 00000000000000'],
    ['42 00'],
    ['61'],
    ['5a 00200000 00'],
    ['79 ffff'],
    ['81'],
    ['99 c34f 00'],
    ['a1 00'],
    ['b9 0400 00'],
    ['c0'],
    ['d8 18'],
    ['f9 00'],
    ['fb 00000000000000'],
  ],
  'malformed/trailing_bytes': [['00 00'], ['80 80'], ['60 60']],
  'malformed/reserved_head': [['1c'], ['3d'], ['5e'], ['7c'], ['9d'], ['be'], ['dc'], ['fe']],
  'malformed/indefinite_length': [
    ['1f'],
    ['5f 40 ff'],
    ['7f ff'],
    ['9f ff'],
    ['bf ff'],
    ['ff'],
    ['81 ff'],
  ],
  'malformed/non_minimal': [
    ['18 17', ENVELOPE_RULES],
    ['39 00ff', ENVELOPE_RULES],
    ['1a 0000ffff', ENVELOPE_RULES],
    ['1b 00000000ffffffff', ENVELOPE_RULES],
    ['58 01 00', ENVELOPE_RULES],
    ['78 01 61', ENVELOPE_RULES],
    ['98 00', ENVELOPE_RULES],
    ['b8 00', ENVELOPE_RULES],
    ['d9 0012 80', ENVELOPE_RULES],
  ],
  'malformed/key_order': [
    ['a2 01 00 00 00', ENVELOPE_RULES],
    ['a2 20 00 01 00', ENVELOPE_RULES],
    ['a2 61 61 00 20 00', ENVELOPE_RULES],
    ['a2 62 6161 00 61 62 00', ENVELOPE_RULES],
    ['a2 61 62 00 61 61 00', ENVELOPE_RULES],
  ],
  'malformed/key_type': [
    ['a1 40 00'],
    ['a1 80 00'],
    ['a1 a0 00'],
    ['a1 c0 60 00'],
    ['a1 f5 00'],
    ['a1 f9 0000 00'],
  ],
  'malformed/duplicate_key': [
    ['a2 01 00 01 00'],
    ['a2 01 00 18 01 00'],
    ['a2 1b 0000000000000001 00 01 00'],
    ['a3 61 62 00 61 61 00 61 62 00'],
    ['a3 61 62 00 61 61 00 78 01 62 00'],
    ['a3 20 00 00 00 20 00'],
    ['a2 1b ffffffffffffffff 00 1b ffffffffffffffff 00'],
    ['81 a2 00 a0 00 a0'],
    ['a2 01 00 01 00', ENVELOPE_RULES],
  ],
  'malformed/bignum': [['c2 41 01'], ['c3 40'], ['da 00000002 40'], ['82 00 c2 40']],
  'malformed/tag': [
    ['c1 00'],
    ['d8 1b 80'],
    ['d8 40 40'],
    ['d9 0103 a0'],
    ['d9 d9f7 00'],
    ['db 0000000100000018 40'],
    ['d8 18 40', ENVELOPE_RULES],
  ],
  'malformed/tag_content': [['c0 00'], ['d8 18 60'], ['d9 03ec 00'], ['d2 a0'], ['c0 c0 60']],
  'malformed/simple_value': [['e0'], ['f3'], ['f7'], ['f8 00'], ['f8 16'], ['f8 ff']],
  'malformed/float': [
    ['f9 0000', ENVELOPE_RULES],
    ['fa 47c35000', ENVELOPE_RULES],
    ['fb 3ff199999999999a', ENVELOPE_RULES],
  ],
  'malformed/text_utf8': [
    ['61 80'],
    ['61 c3'],
    ['62 c3 28'],
    ['62 c0 80'],
    ['63 e0 80 80'],
    ['63 ed a0 80'],
    ['64 f0 80 80 80'],
    ['64 f4 90 80 80'],
    ['64 f5 80 80 80'],
    ['82 61 e2 62 8882'],
  ],
  'malformed/text_bom': [['63 ef bb bf'], ['a1 64 efbbbf61 00']],
};

for (const [code, cases] of Object.entries(REFUSED)) {
  test(`${code}: ${READER_REFUSALS[code as ReaderCode]}`, () => {
    assert.ok(cases.length > 0);
    for (const [hex, rules] of cases) assert.equal(readHex(hex, rules), code, hex);
  });
}

test('accepts what is well formed, non-minimal heads and any key order included', () => {
  for (const hex of [
    ...['00', '1bffffffffffffffff', '3bffffffffffffffff', '1817', '1b0000000000000001', 'f4', 'f6'],
    ...['f93c00', 'fa47c35000', 'fb3ff199999999999a', '40', '60', '63e6b0b4', '64f0908591', '5800'],
    ...[
      '80',
      'a0',
      'a2010000f4',
      'a2616200616100',
      'a22000' + '1bffffffffffffffff00',
      '9b0000000000000000',
    ],
    ...['d8185800', 'd903ec6a313934302d31302d3039', 'd284404040f6', 'da0000001840'],
    ...['c074323031332d30332d32315432303a30343a30305a', `${'81'.repeat(16)}00`],
  ]) {
    assert.equal(readHex(hex), undefined, hex);
  }
});

test('our own rules accept the deterministic encoding', () => {
  for (const hex of [
    'a4 00 00 18 18 00 20 00 60 f5',
    'd2 84 40 a0 40 40',
    '1b0000000100000000',
    '1a00010000',
  ]) {
    assert.equal(readHex(hex, ENVELOPE_RULES), undefined, hex);
  }
});

test('takes a text for UTF-8 exactly when the Encoding Standard does', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const interesting = fc.constantFrom(
    ...[0x00, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1],
    ...[0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
  );
  fc.assert(
    fc.property(fc.array(interesting, { maxLength: 6 }), (content) => {
      let valid = true;
      try {
        decoder.decode(Uint8Array.from(content));
      } catch {
        valid = false;
      }
      const code = refusal(() =>
        readCbor(Uint8Array.from([0x60 + content.length, ...content]), MDOC_RULES),
      );
      if (code !== 'malformed/text_bom')
        assert.equal(code, valid ? undefined : 'malformed/text_utf8');
    }),
    { numRuns: 20_000 },
  );
});

test('finds a duplicate among many keys, wherever it is, and only then', () => {
  fc.assert(
    fc.property(mapKeys, (keys) => {
      const bytes = Uint8Array.from([0xb8, keys.length, ...keys.flatMap((key) => [...key, 0xf6])]);
      const distinct = new Set(keys.map(keyValue)).size === keys.length;
      assert.equal(
        refusal(() => readCbor(bytes, MDOC_RULES)),
        distinct ? undefined : 'malformed/duplicate_key',
      );
    }),
    { numRuns: 3_000 },
  );
});

test('byte strings as keys, only where they are allowed, and each once', () => {
  const rules = { ...MDOC_RULES, byteKeys: true };
  assert.equal(readHex('a1 41 01 00'), 'malformed/key_type');
  assert.equal(readHex('a2 41 01 00 41 02 00', rules), undefined);
  assert.equal(readHex('a2 41 01 00 58 01 01 00', rules), 'malformed/duplicate_key');
  assert.equal(readHex('a2 41 61 00 61 61 00', rules), undefined);
  assert.equal(readHex('a2 01 00 01 00', rules), 'malformed/duplicate_key');
  assert.equal(readHex('a2 40 00 40 00', rules), 'malformed/duplicate_key');
  assert.equal(readHex('a1 80 00', rules), 'malformed/key_type');
  assert.equal(readHex('a1 c0 60 00', rules), 'malformed/key_type');
  assert.equal(readHex('a1 f5 00', rules), 'malformed/key_type');
});

test('what is short and ASCII is read like any other text', () => {
  const read = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    return readCbor(Uint8Array.from([0x78, bytes.length, ...bytes]), MDOC_RULES);
  };
  const texts = ['\u007f', '\u0080', 'é', '水', 'aé', 'x'.repeat(31), 'x'.repeat(32)];
  for (const text of [...texts, 'x'.repeat(33), `${'x'.repeat(31)}é`, `${'x'.repeat(30)}é`]) {
    assert.equal(read(text), text);
  }
});

test('limits are reached and not passed', () => {
  const at = (rules: Partial<ReaderRules>) => ({ ...MDOC_RULES, ...rules });
  assert.equal(readHex('83 01 02 03', at({ maxBytes: 4 })), undefined);
  assert.equal(readHex('82 00 00', at({ maxItems: 3 })), undefined);
  assert.equal(readHex('a2 00 00 01 00', at({ maxMapEntries: 2 })), undefined);
  assert.equal(readHex('c0 60', at({ maxItems: 2 })), undefined);
  assert.equal(readHex('81 81 00', at({ maxDepth: 2 })), undefined);
  assert.equal(readHex('81 81 00', at({ maxDepth: 1 })), 'limit/depth');
  assert.equal(readHex('42 00 00', at({ maxBytes: 3 })), undefined);
});

test('a refusal leaves nothing behind for the next pass', () => {
  assert.equal(readHex('a3 02 00 01 00 03 82 a2 02 00 01 00'), 'malformed/truncated');
  assert.equal(readHex('a3 02 00 01 00 03 00'), undefined);
});
