/** What `id-verify dev` answers: the verifier, the wallet and phone, the element's files, its page. */
import { packageFiles } from '../../server/files.ts';
import { createTestSite } from '../../testing/site.ts';
import type { LogEvent, Verifier } from '../../verifier/index.ts';
import { isLoopback } from '../../wire/opening.ts';
import type { DevSettings } from './settings.ts';

/** The one file a page loads: first the wallet, then the element that asks it. */
const both = (query: string): string =>
  `import './testing/wallet.js${/^\?[\w=&-]+$/.test(query) ? query : ''}';\nimport './cdn/id-verify.js';\n`;

export interface DevSite {
  readonly verifier: Verifier;
  fetch(request: Request): Promise<Response>;
}

export interface DevEvents {
  readonly log: (event: LogEvent) => void;
  /** A page of this origin asked, and is not among those listed. */
  readonly unlisted: (origin: string) => void;
}

export function createDevSite(
  { pages, relyingParty, profiles }: DevSettings,
  origin: string,
  { log, unlisted }: DevEvents,
): DevSite {
  const own = [origin, origin.replace('localhost', '127.0.0.1')];
  const origins = [...own, ...pages];
  const site = createTestSite({
    origin,
    pages: origins.slice(1),
    relyingParty,
    profiles,
    log,
  });
  return {
    verifier: site.verifier,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const page = request.headers.get('origin');
      if (page !== null && !origins.includes(page) && !isFile(pathname)) {
        if (request.method !== 'OPTIONS') unlisted(page);
        return notListed(page, request.method === 'OPTIONS');
      }
      return (await site.fetch(request)) ?? file(request);
    },
  };
}

export const howToList = (origin: string): string =>
  `${origin} is not listed. Here: id-verify dev --origin ${origin}; in your own server: ` +
  `createVerifier({ origins: [..., '${origin}'] })`;

/** Readable by the page, if it is one of this machine, so that its console says it too. */
function notListed(origin: string, isPreflight: boolean): Response {
  const detail = howToList(origin);
  const local = URL.canParse(origin) && isLoopback(new URL(origin).hostname);
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (local) {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-allow-headers', 'authorization, content-type');
  }
  // A preflight has to pass for the page to read the answer that follows.
  if (isPreflight) return new Response(null, { status: 204, headers });
  const problem = {
    title: 'This origin is not listed',
    status: 403,
    code: 'policy/origin',
    detail,
  };
  return new Response(JSON.stringify(problem), { status: 403, headers });
}

const isFile = (pathname: string): boolean => /^\/(id-verify\.js$|cdn\/|testing\/)/.test(pathname);

/** Scripts are for pages of any origin; what they ask is not. */
function file(request: Request): Promise<Response> | Response {
  const { pathname, search } = new URL(request.url);
  if (pathname === '/')
    return packageFiles(new Request(new URL('/testing/index.html', request.url)));
  if (pathname !== '/id-verify.js') return packageFiles(request);
  const headers = {
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache',
    'content-type': 'text/javascript',
  };
  return new Response(both(search), { headers });
}
