/** What is inside an envelope: CBOR maps and byte strings, checked like JSON. */
import { parseAs } from './parse.ts';
import * as v from './schema.ts';

/** A CBOR map with nothing but text keys, read like an object. */
// @__NO_SIDE_EFFECTS__
export const textMap = <S extends v.Schema>(schema: S): v.Schema<v.InferOutput<S>> => ({
  shape: schema.shape,
  read(input) {
    const named = input instanceof Map && [...input.keys()].every((key) => typeof key === 'string');
    return v.parse(schema, named ? Object.fromEntries(input) : undefined);
  },
});

/** A CBOR map with exactly these text keys, as an object. For use inside other schemas too. */
// @__NO_SIDE_EFFECTS__
export const cborMap = <const E extends v.Entries>(entries: E) => textMap(v.strictObject(entries));

/** A CBOR byte string, of this many bytes if given. */
// @__NO_SIDE_EFFECTS__
export function cborBytes(length?: number) {
  return v.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && (length === undefined || value.length === length),
  );
}

/**
 * Checks the decoded body of an envelope.
 * @throws IdVerifyError `malformed/envelope_body`
 */
export function parseBody<const S extends v.Schema>(schema: S, body: unknown): v.InferOutput<S> {
  return parseAs(schema, body, 'malformed/envelope_body');
}
