import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { fromHex } from './bytes.ts';
import { type CborInput, readCbor } from './cbor.ts';
import { MDOC_RULES } from './reader.ts';
import { READER_REFUSALS } from './reader-refusals.ts';
import { readRequestCbor } from './request-reader.ts';
import { embed, writeCbor } from './writer.ts';

const text = fc
  .string({ unit: 'binary', maxLength: 300 })
  .filter((s) => s.isWellFormed() && !s.startsWith('\ufeff'));
const integer = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }),
);
const { value: anyValue } = fc.letrec<{ value: CborInput }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    integer,
    text,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => embed(bytes)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(integer, text), tie('value')), { maxLength: 20 })
      .map((entries) => new Map(entries)),
  ),
}));

test('reads whatever a request can hold as the general reader does', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const bytes = writeCbor(value);
      assert.deepEqual(readRequestCbor(bytes), readCbor(bytes, MDOC_RULES));
    }),
    { numRuns: 1_000 },
  );
});

test('takes nothing that the general reader refuses, and never fails otherwise', () => {
  const damaged = fc
    .tuple(anyValue.map(writeCbor), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }))
    .map(([bytes, changes]) => {
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 40 })), (bytes) => {
      const code = refusal(() => readRequestCbor(bytes));
      if (code) assert.ok(code in READER_REFUSALS, code);
      else assert.deepEqual(readRequestCbor(bytes), readCbor(bytes, MDOC_RULES));
    }),
    { numRuns: 20_000 },
  );
});

test('refuses what a request has no use for, and what would be read in two ways', () => {
  const refused: Readonly<Record<string, string>> = {
    '': 'malformed/truncated',
    '6261': 'malformed/truncated',
    '9affffffff': 'malformed/truncated',
    '0000': 'malformed/trailing_bytes',
    '9f00ff': 'malformed/indefinite_length',
    '1c': 'malformed/reserved_head',
    '1b0000000000000001': 'malformed/reserved_head',
    a200000000: 'malformed/duplicate_key',
    a2000018000100: 'malformed/duplicate_key',
    a14000: 'malformed/key_type',
    a1f500: 'malformed/key_type',
    f93c00: 'malformed/simple_value',
    f7: 'malformed/simple_value',
    c074: 'malformed/tag',
    d81800: 'malformed/tag_content',
    '61ff': 'malformed/text_utf8',
    '63efbbbf': 'malformed/text_bom',
    [`${'81'.repeat(17)}00`]: 'limit/depth',
  };
  for (const [hex, code] of Object.entries(refused)) {
    assert.throws(() => readRequestCbor(fromHex(hex)), { code }, hex);
  }
});
