import { type Category, type Code, IdVerifyError, isCode } from './error.ts';
import { type Problem, problem } from './opening.ts';
import * as v from './schema-core.ts';

/** HTTP status of each category, RFC 9110 section 15. */
const STATUS: Record<Category, number> = {
  malformed: 400,
  limit: 413,
  unsupported: 422,
  request_mismatch: 422,
  digest: 422,
  validity: 422,
  issuer_signature: 422,
  untrusted_issuer: 422,
  revoked: 422,
  undetermined: 503,
  device_binding: 422,
  decryption: 422,
  session: 401,
  config: 500,
  policy: 403,
  blocked: 403,
  unavailable: 503,
  incomplete: 422,
};

/** What differs from its category. */
const CASE_STATUS: Readonly<Partial<Record<Code, number>>> = {
  'session/unknown': 404,
  'session/conflict': 409,
  'session/used': 409,
  'session/expired': 410,
  'session/ended': 410,
  'session/request_expired': 410,
  'unsupported/path': 404,
  'unsupported/verb': 405,
  'unsupported/content_type': 415,
  'incomplete/image': 404,
  'limit/rate': 429,
  'undetermined/internal': 500,
};

/**
 * The answer to a failed call, `application/problem+json` (RFC 9457). Whatever is not an
 * `IdVerifyError` becomes `undetermined/internal` and says nothing about its cause.
 */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof IdVerifyError)) {
    return { title: 'Internal error', status: 500, code: 'undetermined/internal' };
  }
  const { code, category, message } = error;
  return {
    title: category.replaceAll('_', ' '),
    status: CASE_STATUS[code] ?? STATUS[category],
    code,
    detail: message,
  };
}

/** The error behind a problem answer; `undefined` where the answer is not one of ours. */
export function fromProblem(input: unknown): IdVerifyError | undefined {
  const result = v.safeParse(problem, input);
  if (!result.success) return undefined;
  const { code, title, detail } = result.output;
  return isCode(code) ? new IdVerifyError(code, detail ?? title) : undefined;
}
