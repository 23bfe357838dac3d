/** The built files of this package a page loads, for servers that have no bundler. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** `dist`, in which this file is one folder deep. */
const BUILT = join(import.meta.dirname, '..');
/** `cdn` is the element; `testing` the simulated wallet and its page. */
const FOLDERS = { '/cdn/': 'cdn', '/testing/': 'testing/page' } as const;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Serves `/cdn/id-verify.js` with its chunks and, for development, `/testing/wallet.js`, the
 * simulated wallet. Pages of any origin may load them.
 * @returns 404 for any other request
 */
export async function packageFiles(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const headers = {
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  };
  const path = locate(pathname);
  const type = path && TYPES[extname(path)];
  const bytes = path && type ? await readFile(path).catch(() => undefined) : undefined;
  if (!bytes || !type) return new Response('not found', { status: 404, headers });
  return new Response(bytes, { headers: { ...headers, 'content-type': type } });
}

function locate(pathname: string): string | undefined {
  const folder = Object.entries(FOLDERS).find(([prefix]) => pathname.startsWith(prefix));
  if (folder === undefined || /%(2f|5c|00)/i.test(pathname)) return undefined;
  const [prefix, directory] = folder;
  const base = join(BUILT, directory);
  const path = normalize(join(base, pathname.slice(prefix.length)));
  return path.startsWith(base + sep) ? path : undefined;
}
