/**
 * A verifier with handoffs in a process of its own, on a database file; the operator is elsewhere.
 * Prints its port once it answers. Settings come by environment.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHandler } from '../../src/server/node.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { createVerifier, directoryCrl, platformOperator } from '../../src/verifier/index.ts';
import { options } from '../verifier/harness.ts';
import { account } from './site.ts';

const {
  PORT = '0',
  AHEAD = '0',
  DATABASE = '',
  OPERATOR = '',
  API_KEY = '',
  CLIENT_ID = '',
  ROOT = '',
} = process.env;

let handler = async (_: Request): Promise<Response> => new Response(null, { status: 503 });
let origin = '';
const server = createServer(
  nodeHandler({ fetch: (request) => handler(request) }, { origins: () => [origin] }),
);
server.listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
origin = `http://127.0.0.1:${port}`;
const verifier = createVerifier(
  options(sqliteStore(DATABASE), {
    profiles: { identity: account },
    now: () => Date.now() + Number(AHEAD),
    handoff: {
      url: `${origin}/id-verify`,
      providers: [
        platformOperator({
          rungs: ['jpki', 'jpki-mobile', 'ic-chip'],
          app: { ja: 'テストアプリ', en: 'Test app' },
          environment: 'test',
          url: `${OPERATOR}/demo/phone/api`,
          apiKey: API_KEY,
          clientId: CLIENT_ID,
        }),
      ],
      trustAnchors: [{ certificate: Buffer.from(ROOT, 'base64'), test: true }],
      revocation: {
        sources: [
          directoryCrl(async (_, signal) => {
            const response = await fetch(`${OPERATOR}/demo/phone/jpki.crl`, {
              signal: signal ?? null,
            });
            return new Uint8Array(await response.arrayBuffer());
          }),
        ],
      },
    },
  }),
);
await verifier.ready();
handler = (request) => verifier.fetch(request);
process.stdout.write(`${port}\n`);
