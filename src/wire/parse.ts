import { type Code, IdVerifyError } from './error.ts';
import * as v from './schema-core.ts';

/**
 * Checks a JSON message from the other side.
 * @param side what it is: a `request` at the server, an `answer` in the browser
 * @throws IdVerifyError `malformed/request`, or `blocked/answer`: what the page does not understand
 *   is never taken for success
 */
export function parseJson<const S extends v.Schema>(
  schema: S,
  input: unknown,
  side: 'request' | 'answer',
): v.InferOutput<S> {
  return parseAs(schema, input, side === 'request' ? 'malformed/request' : 'blocked/answer');
}

/**
 * Checks anything untrusted against its schema.
 * @throws IdVerifyError with the given code
 */
export function parseAs<const S extends v.Schema>(
  schema: S,
  input: unknown,
  code: Code,
): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const place = result.path.length === 0 ? '' : ` at ${result.path.join('.')}`;
  throw new IdVerifyError(code, `not of the expected shape${place}`);
}
