import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decoder, Encoder } from 'cbor-x';
import { decode } from 'cborg';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { toHex } from './bytes.ts';
import { type CborValue, Embedded, Float, Tagged } from './cbor.ts';
import { MDOC_RULES } from './cbor-rules.ts';
import { cborValue, text } from './generated.helper.ts';
import { readCbor } from './reader.ts';
import { embed, writeCbor } from './writer.ts';

/** The same value whatever the order of its maps. */
function canonical(value: CborValue): unknown {
  if (value instanceof Map) {
    return new Map(
      [...value]
        .map(([key, item]) => [key, canonical(item)] as const)
        .sort(([a], [b]) => (`${typeof a}${a}` < `${typeof b}${b}` ? -1 : 1)),
    );
  }
  if (value instanceof Tagged) return ['tag', value.tag, canonical(value.value)];
  return Array.isArray(value) ? value.map(canonical) : value;
}

test('any value comes back as it was written, by the strictest rules', () => {
  const rules = { ...MDOC_RULES, deterministic: true, floats: false };
  fc.assert(
    fc.property(cborValue, (value) => {
      const bytes = writeCbor(value);
      const back = readCbor(bytes, rules);
      assert.deepEqual(canonical(back), canonical(value));
      assert.deepEqual(writeCbor(back), bytes);
    }),
    { numRuns: 2_000 },
  );
});

/** cborg as a second opinion: everything strict that it offers. */
function secondOpinion(bytes: Uint8Array): unknown {
  const tag = (number: number) => (content: () => unknown) => {
    const value = content();
    return number === 24 ? embed(value as Uint8Array) : new Tagged(number, value as CborValue);
  };
  return decode(bytes, {
    useMaps: true,
    rejectDuplicateMapKeys: true,
    allowIndefinite: false,
    allowUndefined: false,
    tags: Object.fromEntries([...MDOC_RULES.tags.keys()].map((n) => [n, tag(n)])),
  });
}

/** What cborg has no opinion on. */
const OURS_ALONE = [
  'malformed/text_utf8',
  'malformed/text_bom',
  'malformed/key_type',
  'malformed/tag_content',
  'limit/depth',
  'limit/items',
  'limit/map_entries',
];

const comparable = (value: unknown): unknown => {
  if (value instanceof Embedded) return ['embedded', toHex(value.content)];
  if (value instanceof Tagged) return ['tag', value.tag, comparable(value.value)];
  if (value instanceof Float) return value.value;
  if (value instanceof Map) return [...value].map(([k, v]) => ['entry', k, comparable(v)]);
  return Array.isArray(value)
    ? value.map(comparable)
    : value instanceof Uint8Array
      ? toHex(value)
      : value;
};

function compare(bytes: Uint8Array): 'read' | 'refused' {
  let ours: CborValue | undefined;
  const code = refusal(() => {
    ours = readCbor(bytes, MDOC_RULES);
  });
  if (code !== undefined && OURS_ALONE.includes(code)) return 'refused';
  let theirs: unknown;
  let reason: unknown;
  try {
    theirs = secondOpinion(bytes);
  } catch (error) {
    reason = error;
  }
  assert.equal(reason === undefined, code === undefined, `${toHex(bytes)}: ${code} / ${reason}`);
  if (code !== undefined) return 'refused';
  assert.deepEqual(comparable(ours), comparable(theirs), toHex(bytes));
  return 'read';
}

test('agrees with cborg on random bytes and on valid bytes with a few changed', () => {
  let count = { read: 0, refused: 0 };
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 });
  const changed = fc.tuple(cborValue, changes).map(([value, edits]) => {
    const bytes = writeCbor(value);
    for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 24 })), (bytes) => {
      const outcome = compare(bytes);
      count = { ...count, [outcome]: count[outcome] + 1 };
    }),
    { numRuns: 10_000 },
  );
  assert.ok(count.read > 500 && count.refused > 500, JSON.stringify(count));
});

/** cbor-x as a third: it knows no strictness and makes a bigint of every eight-byte integer. */
const codec = {
  mapsAsObjects: false,
  useRecords: false,
  variableMapSize: true,
  tagUint8Array: false,
};

test('cbor-x reads what we write, and we read what cbor-x writes', () => {
  const plain = fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.integer(),
      text,
      fc.boolean(),
      fc.constant(null),
      fc.double().filter((number) => !Object.is(number, -0)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.array(fc.tuple(text, tie('value')), { maxLength: 20 }).map((e) => new Map(e)),
    ),
  }));
  const theirs = { encoder: new Encoder(codec), decoder: new Decoder(codec) };
  fc.assert(
    fc.property(plain.value, (value) => {
      const read = readCbor(new Uint8Array(theirs.encoder.encode(value)), MDOC_RULES);
      assert.deepEqual(comparable(read), comparable(value));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(), text, fc.boolean())), (value) => {
      assert.deepEqual(theirs.decoder.decode(writeCbor(value)), value);
    }),
    { numRuns: 2_000 },
  );
});
