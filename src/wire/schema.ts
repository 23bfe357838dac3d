/**
 * All words schemas are written with: those of `schema-core.ts`, and the ones the first screen can do
 * without. What a page does not use is not shipped to it.
 */
import {
  asObject,
  at,
  type Entries,
  guard,
  type InferOutput,
  is,
  Mismatch,
  never,
  type ObjectOutput,
  type ObjectSchema,
  type Optional,
  object,
  objectOf,
  parse,
  type Schema,
} from './schema-core.ts';

export * from './schema-core.ts';

// @__NO_SIDE_EFFECTS__
export const unknown = () => guard<unknown>({ type: 'unknown' }, () => true);

/** What JSON has no word for. */
// @__NO_SIDE_EFFECTS__
export const custom = <Output>(fits: (input: unknown) => boolean) =>
  guard<Output>({ type: 'custom' }, fits);

// @__NO_SIDE_EFFECTS__
export const tuple = <const Options extends readonly Schema[]>(
  options: Options,
): Schema<{ -readonly [Key in keyof Options]: InferOutput<Options[Key]> }> => ({
  shape: { type: 'tuple', options },
  read(input) {
    if (!Array.isArray(input) || input.length !== options.length) throw new Mismatch();
    return options.map((option, index) => at(index, option, input[index])) as {
      -readonly [Key in keyof Options]: InferOutput<Options[Key]>;
    };
  },
});

// @__NO_SIDE_EFFECTS__
export const objectWithRest = <const E extends Entries, S extends Schema>(entries: E, rest: S) =>
  objectOf<ObjectOutput<E> & { [key: string]: InferOutput<S> }, E>(entries, rest);

/** The key may be absent; undefined is no value. */
// @__NO_SIDE_EFFECTS__
export const exactOptional = <S extends Schema>(schema: S): Optional<InferOutput<S>> => ({
  ...(schema as Schema<InferOutput<S>>),
  absent: 'nothing',
});

/** The object whose `key` fits, so that what is wrong with the rest of it has a place. */
// @__NO_SIDE_EFFECTS__
export const variant = <const Options extends readonly ObjectSchema<unknown>[]>(
  key: string,
  options: Options,
): Schema<InferOutput<Options[number]>> => ({
  shape: { type: 'union', options },
  read(input) {
    const kind = asObject(input)[key];
    const fitting = options.find(({ shape }) => is(shape.entries[key] ?? never(), kind));
    return parse(fitting ?? object({ [key]: never() }), input) as InferOutput<Options[number]>;
  },
});

/** What a schema reads, made into something else. */
// @__NO_SIDE_EFFECTS__
export const transform = <S extends Schema, Output>(
  schema: S,
  change: (value: InferOutput<S>) => Output,
): Schema<Output> => ({ shape: schema.shape, read: (input) => change(parse(schema, input)) });
