/**
 * The verifier in a runtime without Node: bundled with web APIs alone, run in a worker of a browser
 * page.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { build } from 'vite';
import { buildResponse, type ResponsePlan } from '../../src/testing/issuer/mdoc.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki, issueSigner } from '../../src/testing/issuer/pki.ts';
import { isoMdocTranscript } from '../../src/testing/issuer/transcript.ts';
import { launchChromium } from '../chromium.ts';
import type { Done } from './entry.ts';

/** One file, and the runtime's modules it would need: none. */
async function bundle(): Promise<string> {
  const needed: string[] = [];
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'test/worker/entry.ts', formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
    plugins: [
      {
        name: 'nothing of Node',
        enforce: 'pre',
        resolveId(id) {
          if (id.startsWith('node:')) needed.push(id);
        },
      },
    ],
  });
  assert.deepEqual(needed, []);
  const [first] = Array.isArray(built) ? built : [built];
  assert.ok(first && 'output' in first && first.output.length === 1);
  const { code } = first.output[0];
  assert.ok(!/^\s*import\s+[^(]|\b(import|require)\(\s*["']/m.test(code), 'it imports something');
  return code;
}

const script = await bundle();
const server = createServer((request, response) => {
  const isScript = request.url === '/worker.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? script : '<!doctype html><title>worker</title>');
}).listen(0, 'localhost');
await once(server, 'listening');
const address = server.address();
assert.ok(address !== null && typeof address === 'object');
const browser = await launchChromium();
after(async () => {
  await browser.close();
  server.close();
});
const page = await browser.newPage();
await page.goto(`http://localhost:${address.port}/`);

const pki = createTestPki();
const [encryptionInfo, origin] = ['gmVkY2FwaaA', 'https://rp.example'];

/** Has a worker verify what a plan makes. */
async function inWorker(plan: ResponsePlan): Promise<Done> {
  const sessionTranscript = isoMdocTranscript(encryptionInfo, origin);
  const deviceResponse = buildResponse({ pki, sessionTranscript, ...plan });
  const job = {
    deviceResponse: [...deviceResponse],
    encryptionInfo,
    origin,
    root: [...pki.iaca.certificate],
    docType: MNC,
  };
  return page.evaluate(
    ({ deviceResponse, root, ...rest }) =>
      new Promise<Done>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        const bytes = {
          deviceResponse: Uint8Array.from(deviceResponse),
          root: Uint8Array.from(root),
        };
        worker.postMessage({ ...rest, ...bytes });
      }),
    job,
  );
}

test('a worker without Node accepts a good document, and serves the calls', async () => {
  const { node, name, statuses } = await inWorker({});
  assert.equal(node, false);
  assert.equal(name, '番号　花子');
  assert.deepEqual(statuses, [200, 403]);
});

test('a worker without Node knows brainpool curves', async () => {
  const signer = issueSigner(pki.iaca, { curve: 'brainpoolP384r1' });
  assert.equal((await inWorker({ signer })).name, '番号　花子');
});

test('a worker without Node refuses lies by the same codes', async () => {
  assert.equal((await inWorker({ status: 10 })).code, 'request_mismatch/status');
  const edits: ResponsePlan['edits'] = { issuerAuth: ([p, u, b]) => [p, u, b, new Uint8Array(64)] };
  assert.equal((await inWorker({ edits })).code, 'issuer_signature/invalid');
});
