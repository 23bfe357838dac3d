/**
 * Schemas: one value is the type (`InferOutput`), the strict check of what came from outside
 * (`read`), and its description (`shape`, from which the verifier makes JSON Schema). These are the
 * words the first screen's messages are written with; `schema.ts` has all of them.
 */

/** What a schema says of itself, for documentation. */
export type Shape =
  | { readonly type: 'string' | 'number' | 'boolean' | 'unknown' | 'never' | 'custom' }
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  | { readonly type: 'picklist'; readonly options: readonly string[] }
  | { readonly type: 'array'; readonly item: Schema }
  | { readonly type: 'tuple' | 'union'; readonly options: readonly Schema[] }
  | { readonly type: 'record'; readonly key: Schema; readonly value: Schema }
  | { readonly type: 'object'; readonly entries: Entries; readonly rest: Schema | undefined }
  | { readonly type: 'pipe'; readonly schema: Schema; readonly rules: readonly Condition[] };

export interface Schema<Output = unknown> {
  readonly shape: Shape;
  /** What stands for a key that is absent; without it the key must be there. */
  readonly absent?: 'nothing' | 'default';
  /** @throws Mismatch */
  read(input: unknown): Output;
}

/** A schema whose key may be absent from the object read as well. */
export interface Optional<Output> extends Schema<Output> {
  readonly absent: 'nothing';
}

export type Entries = Readonly<Record<string, Schema>>;

/** A condition by the word JSON Schema has for it, if any. */
export interface Condition {
  readonly word?: 'minLength' | 'maxLength' | 'minimum' | 'pattern' | 'integer';
  readonly limit?: number | RegExp;
}

/** A further condition on what a schema has read. */
export interface Check<in Value> extends Condition {
  readonly test: (value: Value) => boolean;
}

export type InferOutput<S extends Schema> = ReturnType<S['read']>;

type Flat<T> = { [Key in keyof T]: T[Key] };
type OptionalKeys<E> = {
  [Key in keyof E]: E[Key] extends Optional<unknown> ? Key : never;
}[keyof E];
export type ObjectOutput<E extends Entries> = Flat<
  { -readonly [Key in Exclude<keyof E, OptionalKeys<E>>]: InferOutput<E[Key]> } & {
    -readonly [Key in OptionalKeys<E>]?: InferOutput<E[Key]>;
  }
>;
export interface ObjectSchema<Output, E extends Entries = Entries> extends Schema<Output> {
  readonly shape: {
    readonly type: 'object';
    readonly entries: E;
    readonly rest: Schema | undefined;
  };
}

/** It does not fit. */
export class Mismatch extends Error {
  /** The place, by names and numbers the schema knows: never what the other side wrote. */
  readonly path: (string | number)[] = [];
}

/** Whether a value fits. */
export const is = <S extends Schema>(schema: S, input: unknown): input is InferOutput<S> =>
  safeParse(schema, input).success;

/** @throws Mismatch */
export const parse = <S extends Schema>(schema: S, input: unknown) =>
  schema.read(input) as InferOutput<S>;

export function safeParse<S extends Schema>(
  schema: S,
  input: unknown,
):
  | { readonly success: true; readonly output: InferOutput<S> }
  | { readonly success: false; readonly path: Mismatch['path'] } {
  try {
    return { success: true, output: parse(schema, input) };
  } catch (error) {
    if (error instanceof Mismatch) return { success: false, path: error.path };
    throw error;
  }
}

// @__NO_SIDE_EFFECTS__
export function guard<Output>(shape: Shape, fits: (input: unknown) => boolean): Schema<Output> {
  return {
    shape,
    read(input) {
      if (!fits(input)) throw new Mismatch();
      return input as Output;
    },
  };
}

/** Adds the place to what goes wrong below it. */
export function at<Output>(key: string | number, schema: Schema<Output>, input: unknown): Output {
  try {
    return schema.read(input);
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(key);
    throw error;
  }
}

export function asObject(input: unknown): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || !input || Array.isArray(input)) throw new Mismatch();
  return input as Record<string, unknown>;
}

// @__NO_SIDE_EFFECTS__
const primitive = <Output>(type: 'string' | 'number' | 'boolean'): Schema<Output> =>
  guard({ type }, (input) => typeof input === type && !Number.isNaN(input));

// @__NO_SIDE_EFFECTS__
export const string = <Text extends string = string>() => primitive<Text>('string');

// @__NO_SIDE_EFFECTS__
export const number = () => primitive<number>('number');

// @__NO_SIDE_EFFECTS__
export const boolean = () => primitive<boolean>('boolean');

// @__NO_SIDE_EFFECTS__
export const never = () => guard<never>({ type: 'never' }, () => false);

// @__NO_SIDE_EFFECTS__
export const literal = <const Value extends string | number | boolean>(value: Value) =>
  guard<Value>({ type: 'literal', value }, (input) => input === value);

// @__NO_SIDE_EFFECTS__
export const picklist = <const Options extends readonly string[]>(options: Options) =>
  guard<Options[number]>({ type: 'picklist', options }, (input) =>
    options.some((option) => option === input),
  );

// @__NO_SIDE_EFFECTS__
export const array = <S extends Schema>(item: S): Schema<InferOutput<S>[]> => ({
  shape: { type: 'array', item },
  read(input) {
    if (!Array.isArray(input)) throw new Mismatch();
    return input.map((one, index) => at(index, item, one) as InferOutput<S>);
  },
});

// @__NO_SIDE_EFFECTS__
export const record = <Key extends string, S extends Schema>(
  key: Schema<Key>,
  value: S,
): Schema<
  string extends Key ? Record<string, InferOutput<S>> : { [K in Key]?: InferOutput<S> }
> => ({
  shape: { type: 'record', key, value },
  read: (input) =>
    Object.fromEntries(
      Object.entries(asObject(input)).map(([name, one]) => [key.read(name), value.read(one)]),
    ) as string extends Key ? Record<string, InferOutput<S>> : { [K in Key]?: InferOutput<S> },
});

// @__NO_SIDE_EFFECTS__
export function objectOf<Output, E extends Entries>(
  entries: E,
  rest?: Schema,
): ObjectSchema<Output, E> {
  return {
    shape: { type: 'object', entries, rest },
    read(input) {
      const object = asObject(input);
      const found: [string, unknown][] = [];
      for (const [key, schema] of Object.entries(entries)) {
        const present = Object.hasOwn(object, key);
        if (!present && !schema.absent) at(key, never(), undefined);
        if (present) found.push([key, at(key, schema, object[key])]);
        else if (schema.absent === 'default') found.push([key, schema.read(undefined)]);
      }
      for (const key of rest ? Object.keys(object) : []) {
        if (!Object.hasOwn(entries, key)) found.push([key, rest?.read(object[key])]);
      }
      return Object.fromEntries(found) as Output;
    },
  };
}

/** Keys that are not named are left out. */
// @__NO_SIDE_EFFECTS__
export const object = <const E extends Entries>(entries: E) =>
  objectOf<ObjectOutput<E>, E>(entries);

/** A key that is not named is refused. */
// @__NO_SIDE_EFFECTS__
export const strictObject = <const E extends Entries>(entries: E) =>
  objectOf<ObjectOutput<E>, E>(entries, never());

interface OptionalSchema {
  <S extends Schema>(schema: S): Optional<InferOutput<S> | undefined>;
  <S extends Schema>(schema: S, fallback: InferOutput<S>): Schema<InferOutput<S>>;
}

/** The key may be absent, or its value undefined; with a fallback it never is in what is read. */
// @__NO_SIDE_EFFECTS__
export const optional = ((schema: Schema, fallback?: unknown) => ({
  shape: schema.shape,
  absent: fallback === undefined ? 'nothing' : 'default',
  read: (input: unknown) => (input === undefined ? fallback : schema.read(input)),
})) as OptionalSchema;

/** The first schema that fits. */
// @__NO_SIDE_EFFECTS__
export const union = <const Options extends readonly Schema[]>(
  options: Options,
): Schema<InferOutput<Options[number]>> => ({
  shape: { type: 'union', options },
  read(input) {
    const fitting = options.find((option) => is(option, input));
    if (!fitting) throw new Mismatch();
    return parse(fitting, input) as InferOutput<Options[number]>;
  },
});

/** A schema with further conditions. */
// @__NO_SIDE_EFFECTS__
export const pipe = <S extends Schema>(
  schema: S,
  ...rules: readonly Check<InferOutput<S>>[]
): Schema<InferOutput<S>> => ({
  shape: { type: 'pipe', schema, rules },
  read(input) {
    const value = parse(schema, input);
    if (!rules.every((rule) => rule.test(value))) throw new Mismatch();
    return value;
  },
});

/** A condition JSON Schema has no word for. */
// @__NO_SIDE_EFFECTS__
export const check = <Value>(test: (value: Value) => boolean): Check<Value> => ({ test });

// @__NO_SIDE_EFFECTS__
export const regex = (limit: RegExp): Check<string> => ({
  word: 'pattern',
  limit,
  test: (text) => limit.test(text),
});

type Sized = string | readonly unknown[];

// @__NO_SIDE_EFFECTS__
export const minLength = (limit: number): Check<Sized> => ({
  word: 'minLength',
  limit,
  test: ({ length }) => length >= limit,
});

// @__NO_SIDE_EFFECTS__
export const maxLength = (limit: number): Check<Sized> => ({
  word: 'maxLength',
  limit,
  test: ({ length }) => length <= limit,
});

// @__NO_SIDE_EFFECTS__
export const minValue = (limit: number): Check<number> => ({
  word: 'minimum',
  limit,
  test: (value) => value >= limit,
});

// @__NO_SIDE_EFFECTS__
export const safeInteger = (): Check<number> => ({ word: 'integer', test: Number.isSafeInteger });
