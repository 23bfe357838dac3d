/** A site that asks for photos: pages under strict policies, the built script, a verifier, a reviewer. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { DOCUMENT_IDS } from '../../src/methods/photo/documents.ts';
import { nodeHandler } from '../../src/server/node.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { createVerifier, type Profile, type Verifier } from '../../src/verifier/index.ts';

type Handler = (request: Request) => Promise<Response>;

export interface PhotoSite {
  readonly origin: string;
  readonly verifier: Verifier;
  readonly store: Store;
  /** Answers to uploads are cut off, as by a connection that breaks, while this is true. */
  broken: boolean;
  /** How many answers were. */
  cut: number;
  /** Hashes of pictures as they came. */
  readonly came: string[];
  /** Hashes of pictures the store does not find any more. */
  readonly lost: Set<string>;
  /** Files of `dist/cdn` a browser has fetched, each once. */
  readonly fetched: ReadonlySet<string>;
  stop(): Promise<void>;
}

const because = { ja: 'お取引の記録のため' };
const asked = { purpose: because, claims: { name: { purpose: because, retainDays: 1 } } };
const photo = { documents: DOCUMENT_IDS as never, decideWithinHours: 1, gestures: 0 } as const;

const PROFILES = {
  /** Every document, and no movements, which take their time. */
  camera: { ...asked, methods: { photo } },
  movements: { ...asked, methods: { photo: { ...photo, gestures: 1 } } },
  files: { ...asked, methods: { photo: { ...photo, files: 'allow' } } },
  aml: {
    ...asked,
    claims: {
      ...asked.claims,
      address: { purpose: because, retainDays: 1 },
      birth_date: { purpose: because, retainDays: 1 },
    },
    law: 'jp-aml',
    recordsKept: 'elsewhere',
    methods: { photo },
  },
} as const satisfies Record<string, Profile>;

/** Where the page's script comes from, and what its policy lets a worker be. */
export type Script =
  /** The page's own origin. */
  | 'own'
  /** Its own, and no worker at all. */
  | 'no-worker'
  /** Another origin; the policy allows workers from blobs. */
  | 'cdn'
  /** Another origin; the policy does not speak of workers, so that blobs are none. */
  | 'cdn-strict'
  /** The build that is one file, from another origin; workers from blobs are allowed, or not. */
  | 'cdn-all'
  | 'cdn-all-strict';

const WORKERS: Readonly<Record<Script, string>> = {
  own: '',
  'no-worker': "; worker-src 'none'",
  cdn: '; worker-src blob:',
  'cdn-strict': '',
  'cdn-all': '; worker-src blob:',
  'cdn-all-strict': '',
};

/** Each profile has a page of its name; `?script=` names a `Script`. */
export async function startPhotoSite(): Promise<PhotoSite> {
  let serve: Handler = async () => new Response(null, { status: 503 });
  const hosts: string[] = [];
  const server = createServer(
    nodeHandler({ fetch: (request) => serve(request) }, { origins: () => hosts }),
  ).listen(0);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const origin = `http://localhost:${address.port}`;
  // The same server by another name is another origin.
  const cdn = `http://127.0.0.1:${address.port}`;
  hosts.push(origin, cdn);
  const fetched = new Set<string>();
  const lost = new Set<string>();
  const store = memoryStore();
  const getImage = store.getImage.bind(store);
  store.getImage = async (id, hash) => (lost.has(hash) ? undefined : getImage(id, hash));
  const verifier = createVerifier({
    relyingParty: { name: { ja: '株式会社サンプル' } },
    origins: [origin],
    anonymousUse: 'allowed',
    profiles: PROFILES,
    transferPages: [`${origin}/camera`],
    photo: { receiptKey: new Uint8Array(32).fill(7) },
    store,
  });
  const site: PhotoSite = {
    origin,
    verifier,
    store,
    broken: false,
    cut: 0,
    came: [],
    lost,
    fetched,
    async stop() {
      verifier.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  serve = async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (Object.hasOwn(PROFILES, pathname.slice(1))) {
      const script = (searchParams.get('script') ?? 'own') as Script;
      const from = script.startsWith('cdn') ? cdn : origin;
      const file = script.startsWith('cdn-all') ? 'id-verify.all.js' : 'id-verify.js';
      return page(pathname.slice(1), from, file, WORKERS[script]);
    }
    if (pathname.startsWith('/cdn/')) {
      fetched.add(pathname.slice('/cdn/'.length));
      return new Response(await readFile(`dist${pathname}`, 'utf8'), {
        headers: { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' },
      });
    }
    const response = await verifier.fetch(request);
    if (request.method === 'PUT' && response.ok) site.came.push(pathname.split('/').at(-1) ?? '');
    if (site.broken && request.method === 'PUT') {
      site.cut++;
      throw new Error('the connection broke');
    }
    return response;
  };
  return site;
}

/** @param from origin of the script */
function page(profile: string, from: string, file: string, workers: string): Response {
  const policy = `default-src 'none'; script-src ${from}; connect-src 'self'${workers}; require-trusted-types-for 'script'`;
  const html = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>photos</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" crossorigin src="${from}/cdn/${file}"></script>
<id-verify endpoint="/id-verify" profile="${profile}"></id-verify></html>`;
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });
}
