/**
 * Exact listed origins, never credentials: authority is a bearer token, so a foreign page has
 * nothing to ride on, and an endpoint on another site works.
 */
import type { Core } from './core.ts';

export function preflight(core: Core, request: Request): Response {
  const headers = new Headers({
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  });
  return withCors(core, request, new Response(null, { status: 204, headers }));
}

/** Adds what lets a listed origin, and no other, read the answer. */
export function withCors(core: Core, request: Request, response: Response): Response {
  const origin = request.headers.get('origin');
  response.headers.append('vary', 'Origin');
  if (origin !== null && core.origins.includes(origin)) {
    response.headers.set('access-control-allow-origin', origin);
    response.headers.set('access-control-expose-headers', 'retry-after');
  }
  return response;
}
