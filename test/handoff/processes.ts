/** The operator over HTTP in this process, the verifier in another that can be killed. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeHandler } from '../../src/server/node.ts';
import { createPhone, type Phone } from '../../src/testing/phone/server.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { ORIGIN, options, pki, type Site } from '../verifier/harness.ts';

export interface Deployment {
  /** Pages of the site reach the verifier over HTTP. */
  readonly site: Site;
  /** Kills the verifier as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again: same port, same database file, its clock ahead by so many milliseconds. */
  restart(ahead?: number): Promise<void>;
  readonly operator: Phone;
  /** Comes before each request to the operator, or in its place. */
  before(request: Request): Promise<Response | undefined>;
  stop(): Promise<void>;
}

export async function deploy(): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'id-verify-handoff-'));
  let operatorOrigin = '';
  let handle = async (_: Request): Promise<Response | undefined> => undefined;
  const server = createServer(
    nodeHandler(
      { fetch: async (request) => (await handle(request)) ?? new Response(null, { status: 404 }) },
      { origins: () => [operatorOrigin] },
    ),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  operatorOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const operator = createPhone({ origin: operatorOrigin });
  handle = async (request) => (await deployment.before(request)) ?? operator.handle(request);

  let port = '0';
  let child: ChildProcess;
  async function launch(ahead = 0): Promise<void> {
    child = spawn(process.execPath, ['verifier-process.ts'], {
      cwd: import.meta.dirname,
      env: {
        PORT: port,
        AHEAD: String(ahead),
        DATABASE: join(folder, 'sessions.sqlite'),
        OPERATOR: operatorOrigin,
        API_KEY: operator.apiKey,
        CLIENT_ID: operator.clientId,
        ROOT: Buffer.from(operator.cards.root.certificate).toString('base64'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.ok(child.stdout);
    const [line] = await once(createInterface(child.stdout), 'line');
    port = String(line);
  }
  async function kill(): Promise<void> {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  await launch();
  const store = memoryStore();
  const deployment: Deployment = {
    site: {
      origin: ORIGIN,
      store,
      log: [],
      clock: { ahead: 0 },
      wallet: createWallet({ pki, allowUnsigned: true }),
      verifier: createVerifier(options(store)),
      send: (path, { origin = ORIGIN, ...init } = {}) => {
        const headers = new Headers(init.headers);
        if (origin !== null) headers.set('origin', origin);
        headers.set('cookie', 'login=1');
        return fetch(`http://127.0.0.1:${port}/id-verify/${path}`, { ...init, headers });
      },
    },
    operator,
    kill,
    restart: launch,
    before: async () => undefined,
    stop: async () => {
      await kill();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
  return deployment;
}
