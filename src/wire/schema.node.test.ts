import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from './schema.ts';

/** Where it does not fit; undefined where it does. */
const wrong = (schema: v.Schema, input: unknown) => {
  const result = v.safeParse(schema, input);
  return result.success ? undefined : result.path;
};

test('values of another type are refused', () => {
  const schemas = {
    string: v.string(),
    number: v.number(),
    boolean: v.boolean(),
    literal: v.literal('a'),
    picklist: v.picklist(['a', 'b']),
    array: v.array(v.string()),
    record: v.record(v.string(), v.number()),
    object: v.object({ a: v.number() }),
    tuple: v.tuple([v.string(), v.number()]),
  };
  const values: readonly (readonly [unknown, ...(keyof typeof schemas)[]])[] = [
    ['a', 'string', 'literal', 'picklist'],
    ['c', 'string'],
    ['toString', 'string'],
    [1, 'number'],
    [Number.NaN],
    [true, 'boolean'],
    [null],
    [undefined],
    [[], 'array'],
    [['a', 1], 'tuple'],
    [['a', 1, 2]],
    [['a'], 'array'],
    [{}, 'record'],
    [{ a: 1 }, 'record', 'object'],
    [new Map()],
  ];
  for (const [value, ...fitting] of values) {
    const found = Object.entries(schemas).flatMap(([name, schema]) =>
      v.is(schema, value) && !(value instanceof Map) ? [name] : [],
    );
    assert.deepEqual(found, fitting, String(value));
  }
});

test('keys that may be absent, and those with a value of their own', () => {
  const schema = v.strictObject({
    must: v.unknown(),
    may: v.optional(v.string()),
    exact: v.exactOptional(v.string()),
    fallback: v.optional(v.string(), ''),
  });
  assert.deepEqual(v.parse(schema, { must: 1 }), { must: 1, fallback: '' });
  assert.deepEqual(wrong(schema, {}), ['must']);
  assert.equal(wrong(schema, { must: 1, may: undefined }), undefined);
  assert.deepEqual(wrong(schema, { must: 1, exact: undefined }), ['exact']);
  assert.deepEqual(wrong(schema, { must: 1, may: null }), ['may']);
});

test('keys nobody named are refused, left out, or read by the rest', () => {
  const entries = { a: v.number() };
  const odd: unknown = JSON.parse('{ "a": 1, "__proto__": 2, "constructor": 3 }');
  assert.deepEqual(wrong(v.strictObject(entries), odd), []);
  assert.deepEqual(v.parse(v.object(entries), odd), { a: 1 });
  const read = v.parse(v.objectWithRest(entries, v.number()), odd);
  assert.deepEqual(Object.keys(read).sort(), ['__proto__', 'a', 'constructor']);
  assert.equal(Object.getPrototypeOf(read), Object.prototype);
  assert.deepEqual(wrong(v.objectWithRest(entries, v.string()), odd), []);
  // What every object inherits is no value it was sent.
  assert.deepEqual(wrong(v.object({ toString: v.unknown() }), {}), ['toString']);
});

test('the place of what is wrong', () => {
  const schema = v.strictObject({
    list: v.array(
      v.variant('kind', [
        v.strictObject({ kind: v.literal('a'), value: v.number() }),
        v.strictObject({ kind: v.picklist(['b', 'c']), value: v.string() }),
      ]),
    ),
  });
  const at = (...list: unknown[]) => wrong(schema, { list });
  assert.equal(at({ kind: 'a', value: 1 }, { kind: 'c', value: 'x' }), undefined);
  assert.deepEqual(at({ kind: 'a', value: 1 }, { kind: 'b', value: 1 }), ['list', 1, 'value']);
  assert.deepEqual(at({ kind: 'd', value: 1 }), ['list', 0, 'kind']);
  assert.deepEqual(at({}), ['list', 0, 'kind']);
  assert.deepEqual(at('a'), ['list', 0]);
  assert.deepEqual(wrong(v.record(v.string(), v.number()), { secret: 'x' }), []);
});

test('the first of a union that fits', () => {
  const schema = v.union([v.transform(v.string(), (text) => text.length), v.number()]);
  assert.equal(v.parse(schema, 'four'), 4);
  assert.equal(v.parse(schema, 5), 5);
  assert.deepEqual(wrong(schema, null), []);
});

test('conditions, in order, on what was read', () => {
  const text = v.pipe(v.string(), v.minLength(2), v.maxLength(3), v.regex(/^a/));
  assert.deepEqual(
    ['a', 'aa', 'aaa', 'aaaa', 'ba', 1].map((value) => v.is(text, value)),
    [false, true, true, false, false, false],
  );
  const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
  assert.deepEqual(
    [-1, 0, 0.5, 2 ** 53, '1'].map((value) => v.is(count, value)),
    [false, true, false, false, false],
  );
  const even = v.pipe(
    v.number(),
    v.check((value) => value % 2 === 0),
  );
  assert.deepEqual([v.is(even, 2), v.is(even, 3)], [true, false]);
});

test('what a condition itself throws is not taken for a mismatch', () => {
  const broken = v.custom(() => {
    throw new RangeError('broken');
  });
  assert.throws(() => v.safeParse(v.object({ a: broken }), { a: 1 }), RangeError);
});
