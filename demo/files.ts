/** The demo's own files and the built script, under the policy a careful site sends. */
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'permissions-policy': 'digital-credentials-get=(self), camera=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  // Erasable syntax only: what is left after erasing is the script.
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** URL prefixes and their folders. */
const FOLDERS = { '/cdn/': 'dist/cdn', '/demo/': 'demo', '/src/testing/': 'src/testing' } as const;

/** @returns undefined where there is no such file */
export async function staticFile(request: Request): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const { pathname } = new URL(request.url);
  const path = locate(pathname === '/' ? '/demo/index.html' : pathname);
  const type = path && TYPES[extname(path)];
  if (!path || !type) return undefined;
  const headers: Record<string, string> = { ...HEADERS, 'content-type': type };
  // The script and its chunks are for pages of any origin.
  if (pathname.startsWith('/cdn/')) headers['access-control-allow-origin'] = '*';
  try {
    const bytes = await readFile(path);
    return new Response(extname(path) === '.ts' ? erased(bytes) : bytes, { headers });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function locate(pathname: string): string | undefined {
  const folder = Object.entries(FOLDERS).find(([prefix]) => pathname.startsWith(prefix));
  if (folder === undefined) return undefined;
  const [prefix, directory] = folder;
  const base = join(ROOT, directory);
  const path = normalize(join(base, decodeURIComponent(pathname.slice(prefix.length))));
  return path.startsWith(base + sep) ? path : undefined;
}

const erased = (source: Uint8Array): string =>
  stripTypeScriptTypes(new TextDecoder().decode(source));
