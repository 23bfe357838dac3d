/** HTTP edges: bodies in, strictly and within limits; answers out, never cached. */
import { concatBytes } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import { toProblem } from '../wire/problem.ts';
import type { InferOutput, Schema } from '../wire/schema.ts';
import { LIMITS } from './limits.ts';

const COMMON = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export const json = (value: unknown, status = 200): Response =>
  jsonText(JSON.stringify(value), status);

/** For answers whose exact bytes matter. */
export const jsonText = (text: string, status = 200): Response =>
  new Response(text, { status, headers: { ...COMMON, 'content-type': 'application/json' } });

export const empty = (): Response => new Response(null, { status: 204, headers: COMMON });

/** @param requestId tells this occurrence from others (RFC 9457 section 3.1.5) */
export function problemResponse(error: unknown, requestId?: string): Response {
  const instance = requestId && { instance: `urn:uuid:${requestId}` };
  const problem = { ...toProblem(error), ...instance };
  const headers: Record<string, string> = { ...COMMON, 'content-type': 'application/problem+json' };
  if (problem.status === 429 || problem.status === 503) headers['retry-after'] = '5';
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** @throws IdVerifyError `unsupported/content_type` */
export function requireType(request: Request, ...types: readonly string[]): void {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined || !types.includes(type)) {
    throw new IdVerifyError('unsupported/content_type', `expected ${types.join(' or ')}`);
  }
}

/**
 * Reads a body and stops as soon as it is too long, whatever its length says.
 * @throws IdVerifyError `limit/body`, `incomplete/body` for one that breaks off
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLong = () => new IdVerifyError('limit/body', `the body is longer than ${limit} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLong();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  const next = () =>
    reader?.read().catch((cause: unknown) => {
      throw new IdVerifyError('incomplete/body', 'the body broke off', { cause });
    });
  for (let part = await next(); part?.value; part = await next()) {
    length += part.value.length;
    if (length > limit) {
      // Not awaited: cancelling one half of a cloned body waits for the other half.
      void reader?.cancel();
      throw tooLong();
    }
    parts.push(part.value);
  }
  return concatBytes(...parts);
}

/** @throws IdVerifyError `unsupported/content_type`, `limit/body`, `malformed/json`, `malformed/request` */
export async function readJson<const S extends Schema>(
  request: Request,
  schema: S,
): Promise<InferOutput<S>> {
  requireType(request, 'application/json');
  const bytes = await readBytes(request, LIMITS.jsonBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new IdVerifyError('malformed/json', 'the body is not JSON in UTF-8', { cause });
  }
  return parseAs(schema, value, 'malformed/request');
}
