/**
 * `id-verify/node`: between Node's HTTP server, alone or under Express and its like, and handlers
 * that speak Request and Response.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problemResponse } from '../verifier/http.ts';
import { IdVerifyError } from '../wire/error.ts';

/** A verifier, or a handler of a site's own that has one inside. */
export interface Fetching {
  /** Where its pages are. */
  readonly origins?: readonly string[];
  fetch(request: Request, from: { readonly address?: string }): Promise<Response>;
}

export interface NodeHandlerOptions {
  /**
   * Answers these origins alone, by the request's `Host`, and 421 to any other name of this server.
   * Without it every request is taken to be for the verifier's own origins: the one `Host` names,
   * else the first.
   */
  readonly origins?: readonly string[] | (() => readonly string[]);
  /**
   * How many proxies of your own stand in front and append to `X-Forwarded-For`: the address is the
   * one the outermost of them saw. Default 0: the address of the socket, whatever a header says.
   */
  readonly trustedProxies?: number;
  /**
   * Milliseconds an idle connection is kept, longer than any proxy in front does: a request that is
   * sent just when this side closes is lost. Default 75 s; Google's load balancer wants 620 s.
   */
  readonly keepAliveTimeout?: number;
}

/** For `createServer` of `node:http`, or as a middleware that comes before any body parser. */
export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** RFC 9110 section 9.3.8: nobody may have what was sent reflected; `Request` refuses them too. */
const FORBIDDEN = ['TRACE', 'TRACK', 'CONNECT'];
const KEEP_ALIVE = 75_000;
/** Of a body nobody wants: so much is still taken in, so that whoever sends it sees the answer. */
const LEFTOVER = 256 * 1024;

/**
 * @example
 * createServer(nodeHandler(verifier)).listen(3000);
 * app.use('/id-verify', nodeHandler(verifier)); // Express, before any body parser
 */
export function nodeHandler(site: Fetching, options: NodeHandlerOptions = {}): NodeHandler {
  const { keepAliveTimeout = KEEP_ALIVE, trustedProxies = 0 } = options;
  return (incoming, outgoing) => {
    const leaving = new AbortController();
    outgoing.on('close', () => leaving.abort());
    // After the server's own listener, which sets its shorter one.
    outgoing.on('finish', () => incoming.socket.setTimeout(keepAliveTimeout));
    void answer(site, options, trustedProxies, incoming, leaving.signal)
      .then((response) => send(response, incoming, outgoing))
      // The other side left in the middle, or a handler failed and said so in its log.
      .catch(() => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(500).end()))
      .finally(() => leaveRest(incoming));
  };
}

async function answer(
  site: Fetching,
  { origins }: NodeHandlerOptions,
  trustedProxies: number,
  incoming: IncomingMessage,
  signal: AbortSignal,
): Promise<Response> {
  const { method = 'GET' } = incoming;
  if (FORBIDDEN.includes(method)) {
    return new Response(null, { status: 405, headers: { allow: METHODS.join(', ') } });
  }
  if (!METHODS.includes(method)) return new Response(null, { status: 501 });
  const known = (typeof origins === 'function' ? origins() : origins) ?? site.origins ?? [];
  const named = known.find((one) => new URL(one).host === incoming.headers.host);
  if (named === undefined && origins !== undefined) return new Response(null, { status: 421 });
  const url = urlOf(incoming, named ?? known[0] ?? 'http://localhost');
  if (url === undefined) return new Response(null, { status: 400 });
  const hasBody = method !== 'GET' && method !== 'HEAD';
  if (hasBody && isEaten(incoming)) return problemResponse(eaten());
  const request = new Request(url, {
    method,
    headers: headersOf(incoming),
    body: hasBody ? bodyOf(incoming) : null,
    signal,
    duplex: 'half',
  } as RequestInit);
  const address = addressOf(incoming, trustedProxies);
  return site.fetch(request, address === undefined ? {} : { address });
}

const eaten = () =>
  new IdVerifyError(
    'config/body',
    'the body was read before it came here: mount this handler before express.json() and any other body parser',
  );

/** A body was announced, and somebody has read of it. */
const isEaten = ({ headers, readableDidRead }: IncomingMessage): boolean =>
  readableDidRead &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/**
 * The target's path and query at our origin. A target may be a whole URL (RFC 9112 section 3.2.2) or
 * begin with two slashes; whatever it names, the host is ours.
 */
function urlOf(incoming: IncomingMessage, origin: string): URL | undefined {
  const { originalUrl, url }: { originalUrl?: string; url?: string | undefined } = incoming;
  const target = (originalUrl ?? url ?? '').replace(/^https?:\/\/[^/?#]*/i, '');
  // Express strips the path a handler is mounted at from `url` alone.
  const path = target === '' ? '/' : target;
  if (!path.startsWith('/') || !URL.canParse(origin + path)) return undefined;
  return new URL(origin + path);
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

/** @returns undefined where a proxy wrote what is no address */
function addressOf({ socket, headers }: IncomingMessage, proxies: number): string | undefined {
  const forwarded = proxies > 0 ? String(headers['x-forwarded-for'] ?? '').split(',') : [];
  const hops = [...forwarded.filter((hop) => hop.trim()), socket.remoteAddress ?? ''];
  const hop = (hops[Math.max(0, hops.length - 1 - proxies)] ?? '').trim();
  const address = hop
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? undefined : address;
}

/**
 * Taken in as it is asked for, and left alone when nobody asks any more. (`Readable.toWeb` throws
 * outside of any handler when its reader leaves early, which ends the process.)
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

async function send(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  if (isLong(incoming)) outgoing.setHeader('connection', 'close');
  if (response.body === null) return void outgoing.end();
  outgoing.flushHeaders();
  await pipeline(
    Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
    outgoing,
  );
}

/** More is to come than would be taken in for nothing. */
const isLong = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && !(Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= LEFTOVER);

/** The rest of a short body makes room for the connection's next request; a long one ends it. */
function leaveRest(incoming: IncomingMessage): void {
  if (incoming.readableEnded || incoming.destroyed) return;
  let left = LEFTOVER;
  incoming.removeAllListeners('readable');
  incoming.on('data', ({ length }: Uint8Array) => {
    left -= length;
    if (left < 0) incoming.destroy();
  });
  incoming.resume();
}

export { packageFiles } from './files.ts';
