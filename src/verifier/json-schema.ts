/** JSON Schema 2020-12, which OpenAPI 3.1 uses as it is, of the schemas the wire is written with. */
import type { Condition, Schema } from '../wire/schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Conditions JSON Schema has no word for are left out; the server still makes them. */
export function jsonSchema({ shape }: Schema): JsonSchema {
  switch (shape.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: shape.type };
    case 'literal':
      return { const: shape.value };
    case 'picklist':
      return { enum: shape.options };
    case 'array':
      return { type: 'array', items: jsonSchema(shape.item) };
    case 'tuple':
      return { type: 'array', prefixItems: shape.options.map(jsonSchema), items: false };
    case 'union':
      return { anyOf: shape.options.map(jsonSchema) };
    case 'record':
      return {
        type: 'object',
        propertyNames: jsonSchema(shape.key),
        additionalProperties: jsonSchema(shape.value),
      };
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(shape.entries).map(([key, schema]) => [key, jsonSchema(schema)]),
        ),
        required: Object.entries(shape.entries).flatMap(([key, schema]) =>
          schema.absent ? [] : [key],
        ),
        ...(shape.rest && {
          additionalProperties: shape.rest.shape.type !== 'never' && jsonSchema(shape.rest),
        }),
      };
    case 'pipe': {
      const schema = jsonSchema(shape.schema);
      return Object.assign({}, schema, ...shape.rules.map((rule) => keyword(rule, schema)));
    }
    case 'never':
      return { not: {} };
    case 'unknown':
    case 'custom':
      return {};
  }
}

function keyword({ word, limit }: Condition, { type }: JsonSchema): JsonSchema {
  if (word === undefined) return {};
  if (word === 'integer') return { type: 'integer' };
  const items = type === 'array' && { minLength: 'minItems', maxLength: 'maxItems' };
  const name = items && word in items ? items[word as keyof typeof items] : word;
  return { [name]: limit instanceof RegExp ? limit.source : limit };
}
