/**
 * A real PostgreSQL: the one `ID_VERIFY_TEST_POSTGRES` names, or Debian's, found or installed, under a
 * user of its own with its own folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface TestPostgres {
  /** A database of its own, empty. @returns its URL */
  database(): Promise<string>;
  /** As a power cut does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const programs = (): string | undefined => globSync('/usr/lib/postgresql/*/bin').sort().at(-1);

function installed(): string | undefined {
  if (programs() === undefined && process.getuid?.() === 0) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'postgresql'], {
        stdio: 'ignore',
        env: environment,
      });
    } catch {}
  }
  return programs();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

let made = 0;

/** @returns undefined where there is none and none can be installed; the tests then skip and say so */
export async function testPostgres(): Promise<TestPostgres | undefined> {
  const { ID_VERIFY_TEST_POSTGRES: given } = process.env;
  if (given) return { ...databasesOf(given), kill: never, start: never, stop: async () => {} };
  const bin = installed();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'id-verify-postgres-'));
  // initdb refuses root.
  const root = process.getuid?.() === 0;
  const owner = root ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (root) chownSync(folder, owner.uid ?? 0, owner.gid ?? 0);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder, stdio: 'ignore' } as const;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '--no-sync'],
    options,
  );
  const port = await freePort();
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  const settings = [
    '-p',
    String(port),
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    '-c',
    'max_connections=200',
    // After a kill, not file by file.
    '-c',
    'recovery_init_sync_method=syncfs',
  ];
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], options);
    await until(() => answers(url));
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  await start();
  return {
    ...databasesOf(url),
    start,
    // The postmaster's "immediate": no checkpoint, recovery at the next start.
    kill: () => end('SIGQUIT'),
    stop: async () => {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true });
    },
  };
}

const never = async (): Promise<void> => {
  throw new Error('the server of ID_VERIFY_TEST_POSTGRES is not ours to stop');
};

const idOf = (which: '-u' | '-g'): number =>
  Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));

const databasesOf = (url: string) => ({
  database: async () => {
    const name = `id_verify_${process.pid}_${made++}`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return url.replace(/\/[^/]*$/, `/${name}`);
  },
});

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    if (await is()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgreSQL does not start');
}
