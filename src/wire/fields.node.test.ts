import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CborValue, Tagged } from './cbor.ts';
import {
  asArray,
  asBoolean,
  asBytes,
  asDateTime,
  asEmbedded,
  asInteger,
  asMap,
  asText,
  asTextMap,
  asUint,
  isCalendarDate,
  parseDateTime,
} from './fields.ts';
import { embed } from './writer.ts';

const bytes = Uint8Array.of(1);
const VALUES: Record<string, CborValue | undefined> = {
  map: new Map(),
  array: [],
  text: 'a',
  bytes,
  boolean: false,
  uint: 0,
  embedded: embed(bytes),
  null: null,
  missing: undefined,
  negative: -1,
  bigint: 2n ** 60n,
  tagged: new Tagged(0, 'x'),
};
const READERS = {
  map: asMap,
  array: asArray,
  text: asText,
  bytes: asBytes,
  boolean: asBoolean,
  uint: asUint,
  embedded: asEmbedded,
} as const;

test('each reader takes its own kind, names the place of anything else', () => {
  for (const [kind, read] of Object.entries(READERS)) {
    for (const [name, value] of Object.entries(VALUES)) {
      if (name === kind) assert.equal(read(value, 'here'), value);
      else {
        assert.throws(() => read(value, 'here'), {
          code: 'malformed/structure',
          message: /^here: /,
        });
      }
    }
  }
  for (const read of [asUint, asInteger]) {
    for (const value of [1.5, 2 ** 53, Number.NaN, '1', 2n ** 60n, null, undefined]) {
      assert.throws(() => read(value, 'here'), { code: 'malformed/structure' }, String(value));
    }
    assert.equal(read(7, 'here'), 7);
  }
  assert.equal(asInteger(-7, 'here'), -7);
});

test('a map whose keys are text, each value read', () => {
  const read = asTextMap(new Map([['a', 1]]), 'here', asUint);
  assert.deepEqual(read, new Map([['a', 1]]));
  for (const map of [new Map([[1, 1]]), new Map([['a', 'b']]), [], undefined]) {
    assert.throws(() => asTextMap(map as CborValue, 'here', asUint), {
      code: 'malformed/structure',
    });
  }
});

test('a date-time is tag 0 around one', () => {
  const text = '2026-03-31T15:00:00Z';
  assert.equal(asDateTime(new Tagged(0, text), 'here'), Date.UTC(2026, 2, 31, 15));
  for (const value of [
    text,
    new Tagged(1004, text),
    new Tagged(0, 'x'),
    new Tagged(0, 1),
    { tag: 0, value: text } as never,
    null,
  ]) {
    assert.throws(() => asDateTime(value, 'here'), { code: 'malformed/structure' });
  }
});

test('date-times of RFC 3339 and no others', () => {
  const good = {
    '2026-03-31T15:00:00Z': Date.UTC(2026, 2, 31, 15),
    '2026-03-31T23:59:59+09:00': Date.UTC(2026, 2, 31, 14, 59, 59),
    '2026-03-31T00:00:00-00:30': Date.UTC(2026, 2, 31, 0, 30),
    '2026-03-31T15:00:00.5Z': Date.UTC(2026, 2, 31, 15, 0, 0, 500),
    '2026-03-31T15:00:00.123456789Z': Date.UTC(2026, 2, 31, 15, 0, 0, 123),
  };
  for (const [text, time] of Object.entries(good)) assert.equal(parseDateTime(text), time, text);
  const bad = [
    '2026-03-31',
    '2026-03-31 15:00:00Z',
    '2026-03-31T15:00:00',
    '2026-03-31T24:00:00Z',
    '2026-03-31T15:60:00Z',
    '2026-03-31T15:00:60Z',
    '2026-02-29T15:00:00Z',
    '2026-03-31T15:00:00.Z',
    '2026-03-31T15:00:00.1234567890Z',
    '2026-03-31T15:00:00+24:00',
    '2026-03-31T15:00:00+9:00',
    'x2026-03-31T15:00:00Z',
    '2026-03-31T15:00:00Zx',
    '26-03-31T15:00:00Z',
  ];
  for (const text of bad) assert.equal(parseDateTime(text), undefined, text);
});

test('days of the calendar', () => {
  for (const day of ['2024-02-29', '2026-02-28', '2026-04-30', '2026-12-31', '2000-02-29']) {
    assert.equal(isCalendarDate(day), true, day);
  }
  for (const day of [
    ...['2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-01', '2026-01-00'],
    ...['2026-01-32', '2026-1-01', '2026-01-1', '26-01-01', '2026-01-01T', 'x2026-01-01', ''],
  ]) {
    assert.equal(isCalendarDate(day), false, day);
  }
});
