/**
 * The reference server as a site runs it: a process of its own, its database in a file, its anchors
 * and reader certificate in PEM files. The issuer and the wallet stay with the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  issueIaca,
  issueReader,
  issueReaderCa,
  issueSigner,
  issueStatusSigner,
  privateKeyPem,
  type TestPki,
} from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import { createWallet, type Wallet } from '../../src/testing/wallet/wallet.ts';
import { type Front, startFront } from './front.ts';

const NAME = '株式会社サンプル';

export interface Deployment {
  /** Of the server itself; serves `/id-verify`, `/cdn`, the demo page and `/demo/redeem`. */
  readonly server: string;
  /** A web server before it: pages of the test, and everything else passed on. */
  readonly front: Front;
  readonly wallet: Wallet;
  /** Everything the server process has written, line by line. */
  readonly log: readonly string[];
  /** What the site's server gets for a reference: a result, or `{ code }`. */
  redeem(ref: string, scenario?: string): Promise<Redeemed>;
  /** Ends the process; `SIGKILL` leaves it no time to say goodbye. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again, with the same database, keys and port; nothing where it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Redeemed {
  readonly status?: string;
  readonly code?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly checks?: readonly { id: string; outcome: string }[];
  readonly [name: string]: unknown;
}

export async function deploy(): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  const pki = authority();
  const port = await freePort();
  const server = `http://localhost:${port}`;
  const front = await startFront(server);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const env = {
    PORT: String(port),
    ID_VERIFY_ORIGINS: [server, front.origin, front.otherOrigin].join(','),
    ID_VERIFY_DB: join(folder, 'sessions.sqlite'),
    ID_VERIFY_NAME: NAME,
    ID_VERIFY_TRUST_ANCHORS: file('anchors.pem', pem('CERTIFICATE', pki.iaca.certificate)),
    ID_VERIFY_READER_CERTIFICATE: file('reader.pem', pem('CERTIFICATE', pki.reader.certificate)),
    ID_VERIFY_READER_KEY: file('reader.key', privateKeyPem(pki.reader.keys.privateKey)),
  };
  const log: string[] = [];
  let child: ChildProcess | undefined;

  const running = () => child && child.exitCode === null && child.signalCode === null;
  async function start(): Promise<void> {
    if (!running()) child = await serve(env, log);
  }
  async function kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!child || !running()) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  await start();

  return {
    server,
    front,
    wallet: createWallet({ pki }),
    log,
    async redeem(ref, scenario = 'identity') {
      const response = await fetch(`${server}/demo/redeem`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ref, scenario }),
      });
      return response.json();
    },
    kill,
    start,
    async stop() {
      await kill();
      await front.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface Demo {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The reference server as `npm start` runs it: its own issuer, the simulated wallet, nothing set. */
export async function startDemo(): Promise<Demo> {
  const log: string[] = [];
  const child = await serve({ PORT: '0' }, log);
  const { url } = JSON.parse(log[0] ?? '');
  return {
    origin: url,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** Certificates without lists of revocations: nobody is asked over the network. */
function authority(): TestPki {
  const extensions = { crlDistributionPoint: undefined };
  const iaca = issueIaca({ curve: 'P-384', extensions });
  const readerCa = issueReaderCa();
  return {
    iaca,
    signer: issueSigner(iaca, { extensions }),
    statusSigner: issueStatusSigner(iaca, { extensions }),
    readerCa,
    reader: issueReader(readerCa, { organization: NAME }),
  };
}

/** Resolves once the server listens. */
async function serve(env: Record<string, string>, log: string[]): Promise<ChildProcess> {
  const script = join(import.meta.dirname, '../../demo/server.ts');
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const output = createInterface(child.stdout);
  output.on('line', (line) => log.push(line));
  await Promise.race([once(output, 'line'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`the server does not start: ${log.join('\n')}`);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
