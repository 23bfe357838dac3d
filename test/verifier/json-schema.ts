/** As much of JSON Schema 2020-12 as the description uses, written from the specification. */
type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
};

const KNOWN = new Set([
  'type',
  'const',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'items',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'anyOf',
  'oneOf',
  'allOf',
  '$schema',
  'description',
]);

/** @returns what does not fit, by path; throws for a keyword this validator does not know */
export function validate(schema: unknown, value: unknown, path = '$'): string[] {
  if (schema === true || schema === undefined) return [];
  if (!isObject(schema)) return [`${path}: nothing is allowed`];
  const unknown = Object.keys(schema).find((keyword) => !KNOWN.has(keyword));
  if (unknown !== undefined) throw new Error(`${path}: keyword ${unknown}`);
  return [
    ...scalar(schema, value, path),
    ...(Array.isArray(value) ? list(schema, value, path) : []),
    ...(isObject(value) ? members(schema, value, path) : []),
    ...choices(schema, value, path),
  ];
}

function scalar(schema: Schema, value: unknown, path: string): string[] {
  const problems: string[] = [];
  const {
    type,
    const: constant,
    enum: values,
    pattern,
    minLength,
    maxLength,
    minimum,
    maximum,
  } = schema;
  if (typeof type === 'string' && !TYPES[type]?.(value)) problems.push(`${path}: not ${type}`);
  if (constant !== undefined && constant !== value) problems.push(`${path}: not the constant`);
  if (Array.isArray(values) && !values.includes(value)) problems.push(`${path}: not in the list`);
  if (typeof value === 'string') {
    const tooShort = typeof minLength === 'number' && value.length < minLength;
    const tooLong = typeof maxLength === 'number' && value.length > maxLength;
    if (tooShort || tooLong) problems.push(`${path}: length`);
    if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
      problems.push(`${path}: not like ${pattern}`);
    }
  }
  if (typeof value === 'number') {
    const tooSmall = typeof minimum === 'number' && value < minimum;
    if (tooSmall || (typeof maximum === 'number' && value > maximum))
      problems.push(`${path}: range`);
  }
  return problems;
}

function list({ items, minItems, maxItems }: Schema, value: unknown[], path: string): string[] {
  const tooFew = typeof minItems === 'number' && value.length < minItems;
  const tooMany = typeof maxItems === 'number' && value.length > maxItems;
  return [
    ...(tooFew || tooMany ? [`${path}: ${value.length} items`] : []),
    ...value.flatMap((item, index) => validate(items, item, `${path}[${index}]`)),
  ];
}

function members(schema: Schema, value: Schema, path: string): string[] {
  const { properties, required, additionalProperties, propertyNames } = schema;
  const known = isObject(properties) ? properties : {};
  const missing = Array.isArray(required) ? required.filter((name) => !(name in value)) : [];
  return [
    ...missing.map((name) => `${path}: ${name} is missing`),
    ...Object.entries(value).flatMap(([name, item]) => [
      ...validate(propertyNames, name, `${path} name`),
      ...validate(name in known ? known[name] : additionalProperties, item, `${path}.${name}`),
    ]),
  ];
}

function choices({ anyOf, oneOf, allOf }: Schema, value: unknown, path: string): string[] {
  const fits = (options: unknown[]) =>
    options.filter((option) => validate(option, value, path).length === 0).length;
  return [
    ...(Array.isArray(anyOf) && fits(anyOf) === 0 ? [`${path}: none of the choices`] : []),
    ...(Array.isArray(oneOf) && fits(oneOf) !== 1 ? [`${path}: not exactly one choice`] : []),
    ...(Array.isArray(allOf) ? allOf.flatMap((option) => validate(option, value, path)) : []),
  ];
}
