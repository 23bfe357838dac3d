/** `id-verify dev`: everything a page needs to go the whole way, on this machine. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHandler } from '../../server/node.ts';
import { explain } from '../../verifier/explain.ts';
import type { LogEvent } from '../../verifier/index.ts';
import { type Command, type Io, StartError } from '../command.ts';
import { type DevSettings, readSettings } from './settings.ts';
import { createDevSite, howToList } from './site.ts';

const SWEEP_EVERY = 30_000;

export const command: Command = {
  usage: `id-verify dev [--port 8787] [--origin http://localhost:4321]... [--profile identity] [--config file]

A verifier with a test issuer, a simulated wallet and a simulated JPKI app, for a page of yours on any
port of this machine. Its own page shows what the server saw. Profiles: identity, age20, address,
mismatch; or those of id-verify.config.js (.mjs, .ts) in this folder. How the wallet behaves stands behind the
script's address: id-verify.js?mode=cancel&person=minor&lang=en.
`,
  options: {
    port: { type: 'string' },
    origin: { type: 'string', multiple: true },
    profile: { type: 'string' },
    config: { type: 'string' },
  },
  async run(given, io) {
    const settings = await readSettings(given, process.cwd());
    const server = await listen(settings, io);
    io.out(lines(settings, addressOf(server)));
    if (!io.signal.aborted) await once(io.signal, 'abort');
    server.closeAllConnections();
    server.close();
    return 0;
  },
};

async function listen(settings: DevSettings, { out, signal }: Io): Promise<Server> {
  let fetch = async (_: Request): Promise<Response> => new Response(null, { status: 503 });
  let origins: readonly string[] = [];
  const site = { fetch: (request: Request) => fetch(request) };
  const server = createServer(nodeHandler(site, { origins: () => origins }));
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const taken =
      error.code === 'EADDRINUSE' ? 'is taken; choose another with --port' : error.message;
    throw new StartError(`port ${settings.port} ${taken}`);
  });
  const address = addressOf(server);
  origins = [address, address.replace('localhost', '127.0.0.1')];
  const told = new Set<string>();
  const made = createDevSite(settings, address, {
    log: (event) => out(said(event)),
    unlisted(origin) {
      if (!told.has(origin)) out(`  ✕ ${howToList(origin)}\n`);
      told.add(origin);
    },
  });
  fetch = made.fetch;
  const sweeping = setInterval(() => void made.verifier.sweep(), SWEEP_EVERY);
  signal.addEventListener('abort', () => clearInterval(sweeping));
  return server;
}

const addressOf = (server: Server): string =>
  `http://localhost:${(server.address() as AddressInfo).port}`;

function said({ event, profile, method, code }: LogEvent): string {
  const reason = code && explain({ id: event, code }, 'en')?.operator;
  const about = [profile, method, code].filter((one) => one !== undefined).join(' ');
  return `  ${event.padEnd(18)} ${about}${reason ? `\n      ${reason}` : ''}\n`;
}

function lines({ profile, profiles, pages, config }: DevSettings, address: string): string {
  return `id-verify dev: everything here is a test, on this machine only.

  profiles  ${Object.keys(profiles).join(', ')}${config === undefined ? '' : ` (${config})`}
  pages of  ${[address, ...pages].join(' ')}
            others with --origin

Paste into your page:

<script type="module" crossorigin src="${address}/id-verify.js"></script>
<id-verify endpoint="${address}/id-verify" profile="${profile}"></id-verify>

or try it here: ${address}
`;
}
