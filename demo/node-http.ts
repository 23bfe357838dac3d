/** Between Node's HTTP server and handlers that speak Request and Response. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type Handler = (request: Request) => Promise<Response>;

/** @param origins the only ones answered, so that another name for this address gets nothing */
export function httpServer(handler: Handler, origins: () => readonly string[]): Server {
  return createServer(async (incoming, outgoing) => {
    const origin = origins().find((one) => new URL(one).host === incoming.headers.host);
    if (origin === undefined) return void outgoing.writeHead(421).end();
    const leaving = new AbortController();
    outgoing.on('close', () => leaving.abort());
    try {
      const request = toRequest(incoming, origin, leaving.signal);
      await send(await handler(request), outgoing);
    } catch {
      // The other side left in the middle, or a handler failed and said so in the log.
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    } finally {
      // The rest of a body nobody wanted makes room for the connection's next request.
      if (!incoming.readableEnded) incoming.removeAllListeners('readable').resume();
    }
  });
}

function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(incoming);
  const url = new URL(incoming.url ?? '/', origin);
  return new Request(url, { method, headers, body, signal, duplex: 'half' } as RequestInit);
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

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) return void outgoing.end();
  outgoing.flushHeaders();
  await pipeline(
    Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
    outgoing,
  );
}
