/** A process that takes photos into a file, until it is killed. Prints its port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeHandler } from '../../src/server/node.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { createVerifier } from '../../src/verifier/index.ts';
import { photoProfile, receiptKey } from './photographer.ts';

const [file = '', origin = '', port = '0'] = process.argv.slice(2);
const { wallet: _, ...methods } = photoProfile.methods;
const verifier = createVerifier({
  relyingParty: { name: { ja: 'テスト商店' } },
  origins: [origin],
  anonymousUse: 'allowed',
  profiles: { identity: { ...photoProfile, methods } },
  photo: { receiptKey },
  store: sqliteStore(file),
});
let here: string;
const server = createServer(
  nodeHandler({ fetch: (request) => verifier.fetch(request) }, { origins: () => [here] }),
);
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
process.stdout.write(`${here}\n`);
