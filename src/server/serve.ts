/**
 * `id-verify serve`: the verifier as a service of its own, for sites in any language. Pages talk to
 * one port, the site's own servers to another.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createVerifier, type LogEvent, type Verifier } from '../verifier/index.ts';
import { checked, type ServeConfig, storeOf } from './config.ts';
import { Metrics } from './metrics.ts';
import { nodeHandler } from './node.ts';
import { serviceHandler } from './service.ts';

/** One line of the log; nothing about a person, no tokens, no addresses. */
export type ServeEvent =
  | LogEvent
  | { readonly event: 'listening'; readonly pages: string; readonly service: string }
  | { readonly event: 'service.called'; readonly key: string; readonly operation: string }
  | { readonly event: 'draining' | 'stopped' };

export interface Serving {
  /** Where pages reach it, and where the site's servers do. */
  readonly pages: string;
  readonly service: string;
  readonly verifier: Verifier;
  /** In three steps: not ready, no new connections, nothing under way. Safe to repeat. */
  stop(): Promise<void>;
}

const SWEEP_EVERY = 30_000;
/** Sweeps that failed for so long make an instance unready. */
const SWEEP_OVERDUE = 300_000;
const DRAIN = 5_000;
const IMPATIENCE = 10_000;

/**
 * Resolves when requests are answered; stops when the signal aborts.
 * @throws Mistakes with everything that is wrong in the config, `IdVerifyError` `config/*` for what
 *   only starting shows; what listening throws
 */
export async function serve(
  config: ServeConfig,
  log: (event: ServeEvent) => void,
  signal?: AbortSignal,
): Promise<Serving> {
  const settings = checked(config);
  const metrics = new Metrics();
  const store = await storeOf(settings);
  const { anonymousUse, options, keys } = settings;
  const verifier = await ready(store, () =>
    createVerifier({
      ...options,
      store,
      ...(store.now && { now: () => store.now?.() ?? Date.now() }),
      ...(anonymousUse === 'allowed' ? { anonymousUse } : { authorize: async () => undefined }),
      log: (event) => {
        metrics.note(event);
        log(event);
      },
    }),
  );
  let draining = false;
  const state: Health = {
    metrics,
    ready: async () =>
      !draining &&
      metrics.swept !== undefined &&
      Date.now() - metrics.swept < SWEEP_OVERDUE &&
      (await store.get('-').then(
        () => true,
        () => false,
      )),
  };
  const { listen = {}, service } = config;
  const pages = createServer(
    nodeHandler(
      {
        origins: verifier.origins,
        fetch: async (request, from) => {
          const requestId = randomUUID();
          const response = await verifier.fetch(request, { ...from, requestId });
          metrics.count('id_verify_requests_total', { status: response.status });
          response.headers.set('x-request-id', requestId);
          return response;
        },
      },
      { trustedProxies: listen.trustedProxies ?? 0 },
    ),
  );
  const { backups } = settings;
  const backUp = async (): Promise<string> => {
    const file = `id-verify-${new Date().toISOString().replaceAll(':', '-')}.sqlite`;
    await store.backup?.(join(backups ?? '', file));
    return file;
  };
  const canBackUp = store.backup !== undefined && backups !== undefined;
  const answer = serviceHandler({ verifier, keys, backUp: canBackUp ? backUp : undefined }, log);
  const inside = createServer(
    nodeHandler({ fetch: async (request) => (await health(request, state)) ?? answer(request) }),
  );
  const stopping = new AbortController();
  const sweep = async (): Promise<void> => {
    await verifier.sweep().then(
      () => (metrics.swept = Date.now()),
      // The store said why when it failed.
      () => log({ event: 'sweep.failed' }),
    );
    if (!stopping.signal.aborted) timer = setTimeout(sweep, SWEEP_EVERY);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    draining = true;
    log({ event: 'draining' });
    await new Promise((resolve) => setTimeout(resolve, config.drainMs ?? DRAIN));
    verifier.close();
    stopping.abort();
    clearTimeout(timer);
    await Promise.all([closed(pages), closed(inside)]);
    await store.close();
    log({ event: 'stopped' });
  };
  try {
    await listening(pages, listen.port ?? 8080, listen.host ?? '127.0.0.1');
    await listening(inside, service.port ?? 8081, service.host ?? '127.0.0.1');
  } catch (error) {
    pages.close();
    await store.close();
    throw error;
  }
  await sweep();
  const serving: Serving = {
    pages: urlOf(pages),
    service: urlOf(inside),
    verifier,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
  signal?.addEventListener('abort', () => void serving.stop(), { once: true });
  log({ event: 'listening', pages: serving.pages, service: serving.service });
  return serving;
}

/** A store that was opened is closed again where the rest cannot start. */
async function ready(store: { close(): Promise<void> }, make: () => Verifier): Promise<Verifier> {
  try {
    const verifier = make();
    await verifier.ready();
    return verifier;
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Health {
  readonly metrics: Metrics;
  ready(): Promise<boolean>;
}

/** For the load balancer and the one who watches; without a key, on the inner port. */
async function health({ url, method }: Request, state: Health): Promise<Response | undefined> {
  if (method !== 'GET') return undefined;
  switch (new URL(url).pathname) {
    case '/healthz':
      return new Response('ok\n');
    case '/readyz':
      return (await state.ready())
        ? new Response('ready\n')
        : new Response('not ready\n', { status: 503, headers: { 'retry-after': '5' } });
    case '/metrics':
      return new Response(state.metrics.text(), {
        headers: { 'content-type': 'text/plain; version=0.0.4' },
      });
    default:
      return undefined;
  }
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** What is being answered is answered, for a while; then connections are cut. */
async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const impatient = setTimeout(() => server.closeAllConnections(), IMPATIENCE);
  await done;
  clearInterval(idle);
  clearTimeout(impatient);
}
