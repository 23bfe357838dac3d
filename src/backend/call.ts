/**
 * One HTTP call: sent to the pinned endpoint only, with a time limit, and its answer parsed strictly.
 * What comes out is a value of the contract or an error. Light: the first screen waits for it.
 */
import { anySignal } from '../wire/abortable.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';
import { fromProblem } from '../wire/problem.ts';
import type { Schema } from '../wire/schema-core.ts';

export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Relative to the endpoint. */
  readonly path: string;
  /** The shape of the answer; without it the answer is not read. */
  readonly answer?: Schema<T>;
  readonly json?: unknown;
  readonly bytes?: { readonly type: string; readonly value: Uint8Array<ArrayBuffer> };
  readonly token?: () => Promise<string>;
  /** Asking twice does no more than asking once. */
  readonly repeatable: boolean;
  /** The site's own sign-in may be needed: only for opening, and only on the page's origin. */
  readonly cookies?: boolean;
  /** Outlives the page. */
  readonly keepalive?: boolean;
  /** Milliseconds one attempt may take; for calls that carry much. */
  readonly timeLimit?: number;
}

export interface Answer<T> {
  readonly value: T;
  /** The body as received. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Transport {
  readonly endpoint: string;
  readonly fetch: typeof fetch;
}

const REQUEST_TIMEOUT_MS = 15_000;
const BUSY = [429, 502, 503, 504];

/** Milliseconds of a `Retry-After`, RFC 9110 section 10.2.3; undefined where there is none. */
export function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Sends one request. Never follows a redirect: the endpoint is pinned. */
export async function send<T>(
  { endpoint, fetch }: Transport,
  call: Call<T>,
  accept: string,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { accept };
  if (call.token) headers.authorization = `Bearer ${await call.token()}`;
  if (call.bytes) headers['content-type'] = call.bytes.type;
  else if (call.json !== undefined) headers['content-type'] = 'application/json';
  const body = call.bytes?.value ?? (call.json === undefined ? null : JSON.stringify(call.json));
  const response = await fetch(`${endpoint}/${call.path}`, {
    method: call.method,
    headers,
    body,
    signal,
    redirect: 'manual',
    cache: 'no-store',
    credentials: call.cookies ? 'same-origin' : 'omit',
    ...(call.keepalive && { keepalive: true }),
  });
  if (response.type === 'opaqueredirect' || response.redirected) {
    throw new IdVerifyError('blocked/redirect', 'the endpoint answered with a redirect');
  }
  return response;
}

/** Nothing was decided: the question may be asked again. */
export class Unanswered extends IdVerifyError {
  /** The server asks for patience. */
  readonly busy: boolean;
  /** Milliseconds the server named. */
  readonly wait: number | undefined;

  constructor(code: Code, cause: unknown, busy = false, wait?: number) {
    super(code, 'the endpoint gave no answer', { cause });
    this.busy = busy;
    this.wait = wait;
  }
}

/**
 * Asks once.
 * @throws Unanswered `unavailable/*` where nothing was decided; IdVerifyError `blocked/*` where the
 *   answer is not one of the contract, else the server's own code. An abort rejects with the signal's
 *   reason.
 */
export async function once<T>(
  transport: Transport,
  call: Call<T>,
  signal: AbortSignal,
): Promise<Answer<T>> {
  const limit = AbortSignal.timeout(call.timeLimit ?? REQUEST_TIMEOUT_MS);
  const either = anySignal([signal, limit]);
  let response: Response;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    response = await send(transport, call, 'application/json', either);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    signal.throwIfAborted();
    // `fetch` speaks of the network by these two; anything else is a mistake, of ours or the page's.
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause;
    throw new Unanswered(limit.aborted ? 'unavailable/timeout' : 'unavailable/network', cause);
  }
  if (response.ok && !call.answer) return { value: undefined as T, bytes };
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const json = type === 'application/json' || type === 'application/problem+json';
  if (!response.ok) {
    const own = json ? fromProblem(read(bytes)) : undefined;
    // A verifier without its store, or one that closes, has decided nothing either.
    const away = !own || own.category === 'unavailable';
    if (response.status === 429 || (BUSY.includes(response.status) && away)) {
      throw new Unanswered('unavailable/busy', own, true, retryAfter(response));
    }
    // Without a code of ours the backend is broken, not the person's session.
    throw (
      own ??
      new IdVerifyError(
        'unavailable/backend',
        `answered ${response.status}: is a verifier at this endpoint?`,
      )
    );
  }
  // A captive portal or a proxy's page: not our server, and it may be gone in a moment.
  if (type === 'text/html') {
    throw new IdVerifyError('unavailable/backend', 'the endpoint answered with a web page');
  }
  if (!json || !call.answer) {
    throw new IdVerifyError('blocked/content_type', `the endpoint answered with ${type}`);
  }
  return { value: parseAs(call.answer, read(bytes), 'blocked/answer'), bytes };
}

function read(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
