import { type Code, IdVerifyError } from './error.ts';
import * as v from './schema-core.ts';

/**
 * Checks anything untrusted against its schema: a message at the server is else
 * `malformed/request`, an answer in the page `blocked/answer`, for what the page does not understand
 * is never taken for success.
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
