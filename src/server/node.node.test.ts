import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, describe, it } from 'node:test';
import { type Fetching, type NodeHandlerOptions, nodeHandler } from './node.ts';

const ORIGIN = 'https://www.example.jp';
const servers: ReturnType<typeof createServer>[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A site that notes what it sees. */
async function site(
  answer: (request: Request) => Response | Promise<Response> = () => new Response('yes'),
  options?: NodeHandlerOptions,
) {
  const seen: { url: string; method: string; address: string | undefined }[] = [];
  const fetching: Fetching = {
    origins: [ORIGIN],
    fetch: async (incoming, { address }) => {
      seen.push({ url: incoming.url, method: incoming.method, address });
      return answer(incoming);
    },
  };
  return { seen, port: await listening(nodeHandler(fetching, options)) };
}

/** Sends the bytes as they are. @returns all that comes back until the connection is closed */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let got = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    got += piece;
  });
  socket.on('error', () => undefined);
  socket.end(text);
  await once(socket, 'close');
  return got;
}

const asked = (line: string, ...headers: string[]) =>
  [line, 'Host: www.example.jp', 'Connection: close', ...headers, '', ''].join('\r\n');
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

describe('nodeHandler', () => {
  it('answers methods a Request cannot have, and goes on', async () => {
    const { port, seen } = await site();
    assert.equal(statusOf(await raw(port, asked('TRACE /id-verify/x HTTP/1.1'))), 405);
    assert.equal(statusOf(await raw(port, asked('PROPFIND /id-verify/x HTTP/1.1'))), 501);
    assert.equal(statusOf(await raw(port, asked('GET /id-verify/x HTTP/1.1'))), 200);
    assert.deepEqual(
      seen.map(({ method }) => method),
      ['GET'],
    );
  });

  it('takes the host from nobody, whatever the target is', async () => {
    const { port, seen } = await site();
    const targets = [
      '//evil.example/x',
      'http://evil.example/x',
      '//[',
      '/\\evil.example',
      '/a?b=//c',
    ];
    for (const target of targets) await raw(port, asked(`GET ${target} HTTP/1.1`));
    assert.equal(seen.length, targets.length);
    for (const { url } of seen) assert.equal(new URL(url).origin, ORIGIN, url);
    assert.equal(seen[1]?.url, `${ORIGIN}/x`);
    assert.equal(statusOf(await raw(port, asked('OPTIONS * HTTP/1.1'))), 400);
    assert.equal(statusOf(await raw(port, asked('GET @evil.example/ HTTP/1.1'))), 400);
    const foreign = 'GET /x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
    await raw(port, foreign);
    assert.equal(seen.at(-1)?.url, `${ORIGIN}/x`);
  });

  it('answers no other name where origins are listed', async () => {
    const { port } = await site(undefined, { origins: [ORIGIN] });
    assert.equal(statusOf(await raw(port, asked('GET / HTTP/1.1'))), 200);
    const foreign = 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
    assert.equal(statusOf(await raw(port, foreign)), 421);
  });

  it('reads no more of a body that was refused', async () => {
    const { port } = await site(() => new Response('too long', { status: 413 }));
    const sending = request({ port, method: 'POST', headers: { 'content-length': 800_000_000 } });
    sending.on('error', () => undefined);
    const socket = once(sending, 'socket');
    const chunk = Buffer.alloc(65_536);
    const pump = () => {
      while (!sending.destroyed && sending.write(chunk));
    };
    sending.on('drain', pump);
    pump();
    const [response] = await once(sending, 'response');
    assert.equal(response.statusCode, 413);
    assert.equal(response.headers.connection, 'close');
    response.resume();
    const [used] = await socket;
    await new Promise((resolve) => (sending.closed ? resolve(0) : sending.on('close', resolve)));
    assert.ok(used.bytesWritten < 20_000_000, `${used.bytesWritten} bytes were taken`);
  });

  it('keeps the connection for the next request after a short body nobody read', async () => {
    const { port } = await site(() => new Response('no', { status: 401 }));
    const post = 'POST /x HTTP/1.1\r\nHost: www.example.jp\r\nContent-Length: 3\r\n\r\nabc';
    const answers = await raw(port, post + asked('GET /y HTTP/1.1'));
    assert.equal(answers.match(/401 Unauthorized/g)?.length, 2);
  });

  it('keeps every cookie', async () => {
    const { port } = await site(() => {
      const headers = new Headers({ 'x-one': '1' });
      headers.append('set-cookie', 'a=1; Path=/');
      headers.append('set-cookie', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
      return new Response('ok', { headers });
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    assert.deepEqual(response.headers.getSetCookie(), [
      'a=1; Path=/',
      'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    ]);
  });

  it('keeps an idle connection longer than the server by itself does', async () => {
    const { port } = await site(undefined, { keepAliveTimeout: 60_000 });
    const [server] = servers.slice(-1);
    assert.ok(server);
    assert.equal(server.keepAliveTimeout, 5_000, 'what Node does by itself');
    const connected = once(server, 'connection');
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: www.example.jp\r\n\r\n');
    await once(socket, 'data');
    const [ours] = await connected;
    assert.equal(ours.timeout, 60_000);
    socket.destroy();
  });

  it('says so where a parser has eaten the body', async () => {
    const handler = nodeHandler({ fetch: async () => new Response('never') });
    const port = await listening(async (incoming, outgoing) => {
      for await (const _ of incoming);
      handler(incoming, outgoing);
    });
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 500);
    const { code, detail } = await response.json();
    assert.equal(code, 'config/body');
    assert.match(detail, /before express\.json\(\)/);
  });

  it('uses the whole path where a framework has cut it', async () => {
    const { port, seen } = await (async () => {
      const noted: string[] = [];
      const handler = nodeHandler({
        origins: [ORIGIN],
        fetch: async ({ url }) => {
          noted.push(url);
          return new Response();
        },
      });
      const cut: RequestListener = (incoming, outgoing) => {
        Object.assign(incoming, { originalUrl: incoming.url, url: '/cut' });
        handler(incoming, outgoing);
      };
      return { port: await listening(cut), seen: noted };
    })();
    await fetch(`http://127.0.0.1:${port}/id-verify/sessions`);
    assert.deepEqual(seen, [`${ORIGIN}/id-verify/sessions`]);
  });

  it('names the address of the socket, or what trusted proxies saw', async () => {
    const forwarded = 'X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.2';
    const address = async (options: NodeHandlerOptions, ...headers: string[]) => {
      const { port, seen } = await site(undefined, options);
      await raw(port, asked('GET / HTTP/1.1', ...headers));
      return seen[0]?.address;
    };
    assert.equal(await address({}, forwarded), '127.0.0.1');
    assert.equal(await address({ trustedProxies: 1 }, forwarded), '10.0.0.2');
    assert.equal(await address({ trustedProxies: 2 }, forwarded), '203.0.113.9');
    assert.equal(await address({ trustedProxies: 1 }), '127.0.0.1');
    assert.equal(
      await address({ trustedProxies: 1 }, 'X-Forwarded-For: [2001:db8::1]:80'),
      '2001:db8::1',
    );
    assert.equal(await address({ trustedProxies: 1 }, 'X-Forwarded-For: unknown'), undefined);
  });

  it('goes on after a handler that throws and a client that leaves', async () => {
    const { port } = await site(() => {
      throw new Error('no');
    });
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 500);
    const endless = await site(
      () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) })),
    );
    const socket = connect(endless.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 500);
  });
});
