import * as v from 'valibot';
import { type Code, IdVerifyError } from './error.ts';

/** A CBOR map with exactly these text keys, as an object. For use inside other schemas too. */
export function cborMap<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.instance(Map),
    v.check((map) => [...map.keys()].every((key) => typeof key === 'string')),
    v.transform((map): unknown => Object.fromEntries(map)),
    v.strictObject(entries),
  );
}

/** A CBOR byte string, of this many bytes if given. */
export function cborBytes(length?: number) {
  return v.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && (length === undefined || value.length === length),
  );
}

/**
 * Checks a JSON message from the other side.
 * @param side what it is: a `request` at the server, an `answer` in the browser
 * @throws IdVerifyError `malformed/request`, or `blocked/answer`: what the page does not understand
 *   is never taken for success
 */
export function parseJson<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  side: 'request' | 'answer',
): v.InferOutput<Schema> {
  return parseAs(schema, input, side === 'request' ? 'malformed/request' : 'blocked/answer');
}

/**
 * Checks the decoded body of an envelope.
 * @throws IdVerifyError `malformed/envelope_body`
 */
export function parseBody<const Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  return parseAs(schema, body, 'malformed/envelope_body');
}

/**
 * Checks anything untrusted against its schema.
 * @throws IdVerifyError with the given code
 */
export function parseAs<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  code: Code,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  throw new IdVerifyError(code, `not of the expected shape${place(result.issues[0])}`);
}

/**
 * The place of an issue, by the names and numbers the schema knows; what the other side wrote, be it
 * a value or a key, is never repeated.
 */
function place(issue: v.BaseIssue<unknown>): string {
  const known = (issue.path ?? []).filter(
    (step) => step.type === 'array' || (step.type === 'object' && step.origin === 'value'),
  );
  return known.length === 0 ? '' : ` at ${known.map((step) => String(step.key)).join('.')}`;
}
