/** A registry on loopback: this package as it would be published, and everything else from upstream. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeHandler } from '../../src/server/node.ts';

export interface Registry {
  readonly url: string;
  /** The packed package. */
  readonly tarball: Buffer;
  stop(): void;
}

/** Packs what `npm run build` made. */
export async function startRegistry(): Promise<Registry> {
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const tarball = pack();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const { name, version } = manifest;
  const path = `/${name}/-/${name}-${version}.tgz`;
  let url = '';
  const own = () => {
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: url + path, integrity };
    return {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
    };
  };
  async function fetching(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname === `/${name}`) return Response.json(own());
    if (pathname === path) return new Response(new Uint8Array(tarball));
    if (request.method !== 'GET') return new Response(null, { status: 404 });
    const accept = request.headers.get('accept') ?? '*/*';
    const answer = await fetch(new URL(`.${pathname}${search}`, upstream), { headers: { accept } });
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return new Response(answer.body, { status: answer.status, headers: { 'content-type': type } });
  }
  const server = createServer(nodeHandler({ fetch: fetching })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tarball,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pack(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const arguments_ = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    execFileSync('npm', arguments_, { cwd: resolve('.') });
    const [file = ''] = readdirSync(folder);
    return readFileSync(join(folder, file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
