import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from '../wire/schema.ts';
import { jsonSchema } from './json-schema.ts';

test('each word of a schema has its JSON Schema', () => {
  const schema = v.strictObject({
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(9), v.regex(/^\w+$/)),
    count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    kind: v.picklist(['a', 'b']),
    always: v.literal(true),
    list: v.optional(v.pipe(v.array(v.boolean()), v.minLength(1), v.maxLength(2))),
    pair: v.exactOptional(v.tuple([v.string(), v.number()])),
    texts: v.record(v.pipe(v.string(), v.regex(/^[a-z]+$/)), v.unknown()),
    either: v.union([v.string(), v.object({ a: v.number() })]),
    even: v.pipe(
      v.number(),
      v.check((value) => value % 2 === 0),
    ),
  });
  assert.deepEqual(jsonSchema(schema), {
    type: 'object',
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 9, pattern: '^\\w+$' },
      count: { type: 'integer', minimum: 0 },
      kind: { enum: ['a', 'b'] },
      always: { const: true },
      list: { type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 2 },
      pair: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'number' }],
        items: false,
      },
      texts: {
        type: 'object',
        propertyNames: { type: 'string', pattern: '^[a-z]+$' },
        additionalProperties: {},
      },
      either: {
        anyOf: [
          { type: 'string' },
          { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
        ],
      },
      even: { type: 'number' },
    },
    required: ['id', 'count', 'kind', 'always', 'texts', 'either', 'even'],
    additionalProperties: false,
  });
});
