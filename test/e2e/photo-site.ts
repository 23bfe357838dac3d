/** A site that asks for photos: pages under strict policies, the built script, a verifier, a reviewer. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from 'puppeteer-core';
import { type Handler, httpServer } from '../../demo/node-http.ts';
import { createVerifier, type Verifier } from '../../src/verifier/index.ts';
import { memoryStore } from '../../src/verifier/memory.ts';

export interface PhotoSite {
  readonly origin: string;
  readonly verifier: Verifier;
  /** Answers to uploads are cut off, as by a connection that breaks, while this is true. */
  broken: boolean;
  /** Files of `dist/cdn` a browser has fetched, each once. */
  readonly fetched: ReadonlySet<string>;
  stop(): Promise<void>;
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const because = { ja: 'お取引の記録のため' };

const page = (profile: string) => `<!doctype html><html lang="ja"><meta charset="utf-8">
<title>photos</title><script type="module" src="/cdn/id-verify.js"></script>
<id-verify endpoint="/id-verify" profile="${profile}"></id-verify></html>`;

/** Pages: `/camera`, `/files`, and `/camera?workers=none` whose policy allows no worker. */
export async function startPhotoSite(): Promise<PhotoSite> {
  let serve: Handler = async () => new Response(null, { status: 503 });
  const origins: string[] = [];
  const server = httpServer(
    (request) => serve(request),
    () => origins,
  ).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const origin = `http://localhost:${address.port}`;
  origins.push(origin);
  const fetched = new Set<string>();
  const photo = {
    documents: ['driving-licence', 'passport', 'my-number-card'],
    decideWithinHours: 1,
    gestures: 1,
  } as const;
  const asked = { purpose: because, claims: { name: { purpose: because, retainDays: 1 } } };
  const verifier = createVerifier({
    relyingParty: { name: { ja: '株式会社サンプル' } },
    origins,
    anonymousUse: 'allowed',
    profiles: {
      camera: { ...asked, methods: { photo } },
      files: { ...asked, methods: { photo: { ...photo, files: 'allow' } } },
    },
    photo: { receiptKey: new Uint8Array(32).fill(7) },
    store: memoryStore(),
  });
  const site: PhotoSite = {
    origin,
    verifier,
    broken: false,
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
    if (pathname === '/camera' || pathname === '/files') {
      const workers = searchParams.get('workers') === 'none' ? "; worker-src 'none'" : '';
      return answer(page(pathname.slice(1)), 'text/html; charset=utf-8', POLICY + workers);
    }
    if (pathname.startsWith('/cdn/')) {
      fetched.add(pathname.slice('/cdn/'.length));
      return answer(await readFile(`dist${pathname}`, 'utf8'), 'text/javascript', POLICY);
    }
    const response = await verifier.fetch(request);
    if (site.broken && pathname.includes('/images/')) throw new Error('the connection broke');
    return response;
  };
  return site;
}

const answer = (body: string, type: string, policy: string): Response =>
  new Response(body, { headers: { 'content-type': type, 'content-security-policy': policy } });

/** Puts drawn scenes in the place of the page's cameras; `camera.scene` says which. */
export async function drawCamera(tab: Page): Promise<void> {
  const file = new URL('../tools/fake-camera.ts', import.meta.url);
  const script = stripTypeScriptTypes(await readFile(file, 'utf8')).replaceAll('export ', '');
  await tab.evaluateOnNewDocument(`{ ${script}; globalThis.camera = fakeCamera(); }`);
}

/** One second of the drawn card, as Motion JPEG. */
export async function cardFilm(tab: Page): Promise<Buffer> {
  await tab.goto('about:blank');
  const file = new URL('../tools/fake-camera.ts', import.meta.url);
  const script = stripTypeScriptTypes(await readFile(file, 'utf8')).replaceAll('export ', '');
  const frames = (await tab.evaluate(`(async () => { ${script}
    const canvas = document.createElement('canvas');
    canvas.width = 1280; canvas.height = 720;
    const context = canvas.getContext('2d');
    const card = drawCard();
    const frames = [];
    for (let frame = 0; frame < 10; frame++) {
      paintScene(context, card, 'card');
      context.fillStyle = 'hsl(' + frame * 36 + ' 30% 30%)';
      context.fillRect(0, 700, 40, 20);
      frames.push(canvas.toDataURL('image/jpeg', 0.92).split(',')[1]);
    }
    return frames;
  })()`)) as string[];
  return Buffer.concat(frames.map((frame) => Buffer.from(frame, 'base64')));
}
