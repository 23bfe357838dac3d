/** One table of calls: what is routed is what is described, and nothing else answers. */
import { IdVerifyError } from '../wire/error.ts';
import type { Schema } from '../wire/schema.ts';
import type { Core } from './core.ts';
import { preflight, withCors } from './cors.ts';
import { problemResponse } from './http.ts';
import { logFailure } from './log.ts';
import type { Sender } from './options.ts';

export interface Call {
  readonly core: Core;
  readonly request: Request;
  readonly operation: string;
  readonly from: Sender;
  readonly params: Readonly<Record<string, string>>;
}

export interface Route {
  readonly operation: string;
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base path, for example `/sessions/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Who may call: a page the site authorizes, the holder of a token, the site's server, anybody. */
  readonly caller: 'page' | 'opening' | 'session' | 'results' | 'anybody';
  /** Schema of a JSON body, or the content types of another. */
  readonly body?: Schema | readonly string[] | undefined;
  readonly status: 200 | 201 | 204;
  /** Schema of the JSON answer, or the content type of another; absent with 204. */
  readonly answer?: Schema | string;
  handle(call: Call): Promise<Response>;
}

/** The values of `{…}` in a path, or undefined if it is another path. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{') && value !== '') params[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}

/** Answers every request, whatever happens. */
export async function dispatch(
  core: Core,
  routes: readonly Route[],
  request: Request,
  from: Sender,
  ready: () => Promise<void>,
): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(core, request);
  try {
    if (core.closing.aborted)
      throw new IdVerifyError('unavailable/closing', 'the server is closing');
    await ready();
    return withCors(core, request, await answer(core, routes, request, from));
  } catch (error) {
    // What was not read is not wanted; a body that was read refuses this.
    void request.body?.cancel().catch(() => undefined);
    const { requestId } = from;
    if (error instanceof IdVerifyError) {
      core.log({ event: 'request.refused', code: error.code, request: requestId });
    } else logFailure(core, error, { request: requestId });
    return withCors(core, request, problemResponse(error, requestId));
  }
}

async function answer(
  core: Core,
  routes: readonly Route[],
  request: Request,
  from: Sender,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  const path = pathname.startsWith(`${core.basePath}/`) ? pathname.slice(core.basePath.length) : '';
  const here = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (here.length === 0) throw new IdVerifyError('unsupported/path', 'no such call');
  const found = here.find(({ route }) => route.verb === request.method);
  if (found === undefined) throw new IdVerifyError('unsupported/verb', 'not this HTTP method');
  const { route, params } = found;
  const call: Call = { core, request, operation: route.operation, from, params };
  await requireRate(call);
  return route.handle(call);
}

/** @throws IdVerifyError `limit/rate` where the site has had enough of this sender, or of this member */
export async function requireRate(
  { core, request, operation, from }: Call,
  subject?: string,
): Promise<void> {
  if ((await core.options.rateLimit?.(request, operation, { ...from, subject })) === false) {
    throw new IdVerifyError('limit/rate', 'too many requests');
  }
}
