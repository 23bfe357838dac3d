/**
 * A web server before the real one, as sites have: it serves the test's pages and passes everything
 * else on, in whatever weather the test asks for.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** A call on its way to the server. */
export interface PassedCall {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/** What happens to a call. */
export type Weather =
  /** Never arrives. */
  | 'lost'
  /** Arrives, and the answer is lost. */
  | 'answer-lost'
  /** Arrives, and the answer never comes. */
  | 'answer-held'
  /** Somebody else answers. */
  | {
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly location?: string;
    }
  | { readonly delayMs: number }
  /** The answer arrives altered. */
  | { readonly alter: (answer: string) => string };

export interface PageOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Front {
  /** The same server by two names, which makes two origins. */
  readonly origin: string;
  readonly otherOrigin: string;
  /** Every call passed on, or meant to be. */
  readonly calls: PassedCall[];
  /** Asked for each call; undefined is fair weather. */
  weather: (call: PassedCall) => Weather | undefined;
  /** Serves a page. @returns its path */
  page(html: string, options?: PageOptions): string;
  stop(): Promise<void>;
}

export async function startFront(server: string): Promise<Front> {
  const pages = new Map<string, { html: string; headers: Readonly<Record<string, string>> }>();
  const calls: PassedCall[] = [];
  const listener = createServer(async (incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (path === '/favicon.ico') return void outgoing.writeHead(204).end();
    const page = pages.get(path);
    if (page) {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
      return void outgoing.end(page.html);
    }
    const call = { method: incoming.method ?? 'GET', path, body: await buffer(incoming) };
    if (!path.startsWith('/id-verify/')) return pass(server, incoming, call, outgoing);
    calls.push(call);
    const weather = front.weather(call);
    if (weather === 'lost') return void outgoing.destroy();
    if (typeof weather === 'object' && 'status' in weather) {
      const { status, type, location } = weather;
      outgoing.writeHead(status, { 'content-type': type, ...(location && { location }) });
      return void outgoing.end(weather.body);
    }
    if (typeof weather === 'object' && 'delayMs' in weather) await pause(weather.delayMs);
    const alter = typeof weather === 'object' && 'alter' in weather ? weather.alter : undefined;
    const swallow = weather === 'answer-lost' || weather === 'answer-held' ? weather : undefined;
    return pass(server, incoming, call, outgoing, swallow, alter);
  });
  // By both names of this machine.
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const front: Front = {
    origin: `http://localhost:${address.port}`,
    otherOrigin: `http://127.0.0.1:${address.port}`,
    calls,
    weather: () => undefined,
    page(html, { headers = {} } = {}) {
      const path = `/page-${pages.size}`;
      pages.set(path, { html, headers });
      return path;
    },
    async stop() {
      listener.closeAllConnections();
      listener.close();
      await once(listener, 'close');
    },
  };
  return front;
}

/** To the server and back; streams stay streams. */
function pass(
  server: string,
  incoming: IncomingMessage,
  { method, path, body }: PassedCall,
  outgoing: ServerResponse,
  swallow?: 'answer-lost' | 'answer-held',
  alter?: (answer: string) => string,
): void {
  const headers = { ...incoming.headers, host: new URL(server).host };
  const onward = request(`${server}${path}`, { method, headers, agent: false });
  outgoing.on('close', () => onward.destroy());
  onward.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    if (outgoing.destroyed) return;
    outgoing.writeHead(502, { 'content-type': 'text/html' });
    outgoing.end('<!doctype html><title>502</title><h1>Bad Gateway</h1>');
  });
  onward.on('response', async (answer) => {
    const { statusCode = 502, headers } = answer;
    if (swallow) {
      // A server that dies on the way has not said more.
      await buffer(answer).catch(() => undefined);
      if (swallow === 'answer-lost') outgoing.destroy();
      return;
    }
    if (alter) {
      const { 'content-length': _, ...rest } = headers;
      outgoing.writeHead(statusCode, rest);
      outgoing.end(alter(String(await buffer(answer))));
      return;
    }
    outgoing.writeHead(statusCode, headers);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.end(body);
}
