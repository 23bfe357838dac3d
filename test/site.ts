/**
 * A whole site for scripts that drive a real browser: page, built script, verifier and simulated
 * wallet in one process. Everything is made anew at each start, keys included.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { nodeHandler } from '../src/server/node.ts';
import { memoryStore } from '../src/store/memory.ts';
import { createTestPki, privateKeyPem } from '../src/testing/issuer/pki.ts';
import { pem } from '../src/testing/issuer/x509.ts';
import { createWallet, type WalletCredential } from '../src/testing/wallet/wallet.ts';
import { createVerifier } from '../src/verifier/index.ts';
import type { WalletAnswer } from '../src/wire/contract.ts';
import { handoffOptions } from './handoff/phone.ts';

type Handler = (request: Request) => Promise<Response>;

export interface Site {
  readonly origin: string;
  /** Files of `dist/cdn` that were fetched, in order, each once; to be cleared by whoever counts. */
  readonly fetched: Set<string>;
  /** What the simulated wallet answers to the newest request, or undefined before there is one. */
  answer(): Promise<WalletCredential | undefined>;
  stop(): Promise<void>;
}

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>site</title>
<script type="module" src="/cdn/id-verify.js"></script>
<id-verify endpoint="/id-verify" profile="identity"></id-verify></html>`;
/** What a careful site sends; anything the script does against it shows in the page's console. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

export async function startSite(): Promise<Site> {
  let serve: Handler = async () => new Response(null, { status: 503 });
  const origins: string[] = [];
  const server = createServer(
    nodeHandler({ fetch: (request) => serve(request) }, { origins: () => origins }),
  ).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const origin = `http://localhost:${address.port}`;
  origins.push(origin);
  const pki = createTestPki({ reader: { organization: '株式会社サンプル' } });
  const wallet = createWallet({ pki });
  const fetched = new Set<string>();
  let newest: WalletAnswer | undefined;

  const because = { ja: '本人確認のため' };
  const verifier = createVerifier({
    relyingParty: { name: { ja: '株式会社サンプル' } },
    origins: [origin],
    anonymousUse: 'allowed',
    profiles: {
      identity: {
        purpose: because,
        claims: {
          name: { purpose: because, retainDays: 1 },
          birth_date: { purpose: because, retainDays: 0 },
        },
        methods: {
          wallet: { docType: 'org.iso.23220.1.jp.mnc' },
          jpki: {},
          photo: { documents: ['driving-licence', 'my-number-card'], decideWithinHours: 24 },
        },
      },
    },
    wallet: {
      trustAnchors: [
        { docType: 'org.iso.23220.1.jp.mnc', certificates: [pki.iaca.certificate], test: true },
      ],
      readers: [
        {
          certificates: pem('CERTIFICATE', pki.reader.certificate),
          key: privateKeyPem(pki.reader.keys.privateKey),
        },
      ],
    },
    handoff: handoffOptions({ url: `${origin}/id-verify` }),
    photo: { receiptKey: crypto.getRandomValues(new Uint8Array(32)) },
    store: memoryStore(),
  });

  serve = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return answer(PAGE, 'text/html; charset=utf-8');
    if (pathname.startsWith('/cdn/')) {
      fetched.add(pathname.slice('/cdn/'.length));
      return answer(await compressed(`dist${pathname}`), 'text/javascript', 'br');
    }
    const response = await verifier.fetch(request);
    if (response.ok && pathname.endsWith('/wallet')) newest = await response.clone().json();
    return response;
  };

  return {
    origin,
    fetched,
    async answer() {
      const request = newest?.requests.find(({ protocol }) => protocol === 'org-iso-mdoc');
      return request && wallet.answer(request, { origin });
    },
    async stop() {
      verifier.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const files = new Map<string, Promise<Buffer<ArrayBuffer>>>();
/** Read and made small once, as it is on the servers of a site. */
function compressed(path: string): Promise<Buffer<ArrayBuffer>> {
  const made =
    files.get(path) ?? readFile(path).then((bytes) => Buffer.from(brotliCompressSync(bytes)));
  files.set(path, made);
  return made;
}

function answer(body: BodyInit, type: string, encoding = 'identity'): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-encoding': encoding,
      'content-security-policy': POLICY,
    },
  });
}
