/**
 * The reference server: one process, one database file. Mounts the verifier under `/id-verify` and,
 * while no real issuer is configured, the simulated wallet under `/demo/wallet`.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHandler } from '../src/server/node.ts';
import { sqliteStore } from '../src/store/sqlite.ts';
import { issuerHandler } from '../src/testing/issuer/server.ts';
import { createPhone } from '../src/testing/phone/server.ts';
import { ACCOUNTS, isScenario, memberOf, profilesWith } from '../src/testing/scenarios.ts';
import { inspectHandler } from '../src/testing/seen.ts';
import { walletHandler } from '../src/testing/wallet/server.ts';
import { createWallet } from '../src/testing/wallet/wallet.ts';
import {
  createVerifier,
  crlSource,
  type RevocationPolicy,
  type Sender,
  statusListSource,
  type Verifier,
} from '../src/verifier/index.ts';
import { type Config, readConfig } from './config.ts';
import { staticFile } from './files.ts';
import { demoHandoff, type Handler, lanAddress, onlyForPhones } from './handoff.ts';
import { log, logWarnings } from './log.ts';
import { demoPhoto } from './photo.ts';
import { reviewerHandler } from './reviewer/server.ts';
import { fixedWindow, siteHandler } from './site.ts';

const SWEEP_EVERY = 30_000;
/** Calls that cost something and that anybody may make. */
const LIMITED = ['openSession', 'startHandoff', 'openHandoff'];

export interface Running {
  readonly origin: string;
  /** Where phones in the own network reach it. */
  readonly phoneOrigin?: string;
  readonly verifier: Verifier;
  stop(): Promise<void>;
}

/** Resolves when requests are answered. @throws IdVerifyError `config/*`, or what listening throws */
export async function start(config: Config): Promise<Running> {
  let handler: Handler = async () => new Response(null, { status: 503 });
  let origins: readonly string[] = [];
  let phoneOrigin = '';
  const server = createServer(
    nodeHandler(
      { fetch: (request, from) => handler(request, from) },
      { origins: () => [...origins, phoneOrigin].filter((one) => one !== '') },
    ),
  );
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const folder = config.database ? undefined : mkdtempSync(join(tmpdir(), 'id-verify-'));
  const store = sqliteStore(config.database ?? join(folder ?? '', 'sessions.sqlite'));
  const { port } = server.address() as AddressInfo;
  origins = config.origins ?? [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const site = origins[0] ?? '';
  phoneOrigin = config.lan ? `http://${lanAddress()}:${port}` : site;
  const phone = config.pki && createPhone({ origin: phoneOrigin });
  const allow = fixedWindow(config.sessionsPerMinute, 60_000);
  const verifier = createVerifier({
    relyingParty: config.relyingParty,
    origins,
    authorize: async (_, { profile }) =>
      isScenario(profile) ? { subject: memberOf(profile), profiles: [profile] } : undefined,
    accounts: async (subject) => ACCOUNTS[subject],
    profiles: profilesWith({ handoffs: phone !== undefined, photos: config.pki !== undefined }),
    wallet: { ...config.wallet, revocation: revocationOf(config) },
    ...(phone && { handoff: demoHandoff(phone, phoneOrigin) }),
    ...(config.pki && { photo: demoPhoto(config.database) }),
    transferPages: origins.map((origin) => `${origin}/`),
    store,
    rateLimit: (_, operation, { subject }) =>
      subject !== undefined || !LIMITED.includes(operation) || allow(operation),
    log,
  });
  await verifier.ready();
  handler = handlerOf(
    config,
    verifier,
    [...(phone ? [phone.handle] : []), inspectHandler(store), siteHandler(verifier)],
    site,
  );
  if (config.lan) handler = onlyForPhones(handler);
  verifier.sweepEvery(SWEEP_EVERY);
  return {
    origin: site,
    ...(config.lan && { phoneOrigin }),
    verifier,
    stop: async () => {
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

type Part = (
  request: Request,
  from: Sender,
) => Promise<Response | undefined> | Response | undefined;

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
        reviewerHandler(verifier),
      ]
    : [];
  const all: readonly Part[] = [...test, ...parts, staticFile];
  return async (request, from) => {
    try {
      if (new URL(request.url).pathname.startsWith('/id-verify/')) {
        return await verifier.fetch(request, from);
      }
      for (const part of all) {
        const response = await part(request, from);
        if (response !== undefined) return response;
      }
      return new Response('not found', { status: 404 });
    } catch (error) {
      log({ event: 'request.failed', error: error instanceof Error ? error.name : typeof error });
      return new Response(null, { status: 500 });
    }
  };
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

/** A line says what is wrong with the settings; there is nothing to see in a stack. */
async function started(): Promise<Running & Pick<Config, 'say'>> {
  try {
    const config = readConfig(process.env, process.argv.slice(2));
    return { ...(await start(config)), say: config.say };
  } catch (error) {
    log({ event: 'not.started', reason: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

if (import.meta.main) {
  logWarnings();
  const running = await started();
  const { origin: url, phoneOrigin, say } = running;
  if (say) process.stdout.write(`Open ${url}${phoneOrigin ? ` (phones: ${phoneOrigin})` : ''}\n`);
  else log({ event: 'listening', url, ...(phoneOrigin && { phones: phoneOrigin }) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      await running.stop();
      log({ event: 'stopped', signal });
    });
  }
}
