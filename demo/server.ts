/**
 * The reference server: one process, one database file. Mounts the verifier under `/id-verify` and,
 * while no real issuer is configured, the simulated wallet under `/demo/wallet`.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createVerifier,
  crlSource,
  type RevocationPolicy,
  statusListSource,
  type Verifier,
} from '../src/verifier/index.ts';
import { sqliteStore } from '../src/verifier/sqlite.ts';
import { type Config, readConfig } from './config.ts';
import { inspectHandler } from './inspect.ts';
import { issuerHandler } from './issuer/server.ts';
import { log, logWarnings } from './log.ts';
import { type Handler, httpServer } from './node-http.ts';
import { ACCOUNTS, isScenario, memberOf, PROFILES } from './scenarios.ts';
import { fixedWindow, siteHandler } from './site.ts';
import { staticFile } from './static.ts';
import { walletHandler } from './wallet/server.ts';
import { createWallet } from './wallet/wallet.ts';

const SWEEP_EVERY = 30_000;

export interface Running {
  readonly origin: string;
  readonly verifier: Verifier;
  stop(): Promise<void>;
}

/** Resolves when requests are answered. @throws IdVerifyError `config/*`, or what listening throws */
export async function start(config: Config): Promise<Running> {
  const folder = config.database ? undefined : mkdtempSync(join(tmpdir(), 'id-verify-'));
  const store = sqliteStore(config.database ?? join(folder ?? '', 'sessions.sqlite'));
  let handler: Handler = async () => new Response(null, { status: 503 });
  let origins: readonly string[] = [];
  const server = httpServer(
    (request) => handler(request),
    () => origins,
  );
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  origins = config.origins ?? [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const allow = fixedWindow(600, 60_000);
  const verifier = createVerifier({
    relyingParty: { name: { ja: config.name }, mark: config.name.at(-1) ?? '〇' },
    origins,
    authorize: async (_, { profile }) =>
      isScenario(profile) ? { subject: memberOf(profile), profiles: [profile] } : undefined,
    accounts: async (subject) => ACCOUNTS[subject],
    profiles: PROFILES,
    wallet: { ...config.wallet, revocation: revocationOf(config) },
    store,
    rateLimit: (_, operation) => operation !== 'openSession' || allow(operation),
    log,
  });
  await verifier.ready();
  handler = handlerOf(
    config,
    verifier,
    [inspectHandler(store), siteHandler(verifier)],
    origins[0] ?? '',
  );
  const sweeping = setInterval(() => void sweep(verifier), SWEEP_EVERY);
  return {
    origin: origins[0] ?? '',
    verifier,
    stop: async () => {
      clearInterval(sweeping);
      verifier.close();
      await closed(server);
      await store.close();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** The test issuer's lists are asked in this process; a real issuer's where its certificates say. */
function revocationOf({ pki }: Config): RevocationPolicy {
  const issuer = pki && issuerHandler(pki);
  const lists = issuer && {
    fetch: async (request: Request) => {
      const { pathname } = new URL(request.url);
      const url = new URL(pathname.replace(/^\/iaca/, '/demo/issuer/iaca'), request.url);
      const { headers } = request;
      return issuer(new Request(url, { headers })) ?? new Response(null, { status: 404 });
    },
  };
  // Whether documents of a real issuer carry a status is not published: a list that cannot be had
  // is recorded, and the operator decides.
  return {
    sources: [crlSource(lists), statusListSource(lists)],
    onUndetermined: pki ? 'refuse' : 'accept',
  };
}

type Part = (request: Request) => Promise<Response | undefined> | Response | undefined;

function handlerOf(
  { pki }: Config,
  verifier: Verifier,
  parts: readonly Part[],
  origin: string,
): Handler {
  const test: Part[] = pki
    ? [
        walletHandler(createWallet({ pki, statusList: `${origin}/demo/issuer/status` })),
        issuerHandler(pki),
      ]
    : [];
  const all: readonly Part[] = [...test, ...parts, staticFile];
  return async (request) => {
    try {
      if (new URL(request.url).pathname.startsWith('/id-verify/')) {
        return await verifier.fetch(request);
      }
      for (const part of all) {
        const response = await part(request);
        if (response !== undefined) return response;
      }
      return new Response('not found', { status: 404 });
    } catch (error) {
      log({ event: 'request.failed', error: error instanceof Error ? error.name : typeof error });
      return new Response(null, { status: 500 });
    }
  };
}

async function sweep(verifier: Verifier): Promise<void> {
  const swept = await verifier.sweep();
  if (swept.expired + swept.erased > 0) log({ event: 'swept', ...swept });
}

/** What is being answered is answered, for a moment; then connections are cut. */
async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const impatient = setTimeout(() => server.closeAllConnections(), 3_000);
  await done;
  clearInterval(idle);
  clearTimeout(impatient);
}

if (import.meta.main) {
  logWarnings();
  const running = await start(readConfig(process.env));
  log({ event: 'listening', url: running.origin });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      await running.stop();
      log({ event: 'stopped', signal });
    });
  }
}
