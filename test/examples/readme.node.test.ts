/** What `demo/docs` shows is run as it stands there, against the built package; README's in `test/kit`. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import {
  type IdVerifyError,
  JPKI_SIGNING_POLICIES,
  type JpkiPerson,
  type Result,
  type Verifier,
} from '../../src/verifier/index.ts';
import { result } from '../../src/verifier/result.ts';
import { json, ORIGIN, Page, type Site, SUBJECT } from '../verifier/harness.ts';
import { blocksOf, runBlock, type Shown } from './readme.ts';
import { pki } from './surroundings.ts';

const readme = readFileSync('README.md', 'utf8');
/** Run in `test/kit`, as files of their own. */
const ELSEWHERE = ['demo/docs/testing.md'];
const documents = globSync('demo/docs/*.md').filter((page) => !ELSEWHERE.includes(page));
const blocks = new Map(
  documents.toSorted().flatMap((page) => [...blocksOf(readFileSync(page, 'utf8'), 'js')]),
);
const shown = (heading: string): Shown => {
  const block = blocks.get(heading);
  assert.ok(block, `no page has a block under "${heading}"`);
  return block;
};

/** A page of the site the documents' server belongs to. */
function siteOf(verifier: Verifier): Pick<Site, 'origin' | 'verifier' | 'wallet' | 'send'> {
  return {
    origin: ORIGIN,
    verifier,
    wallet: createWallet({ pki }),
    send: (path, { origin, ...init } = {}) => {
      const headers = new Headers(init.headers);
      headers.set('origin', origin ?? ORIGIN);
      return verifier.fetch(new Request(`${ORIGIN}/id-verify/${path}`, { ...init, headers }));
    },
  };
}

describe('the documents', () => {
  it('shows nothing that is not run here', () => {
    assert.deepEqual([...blocks.keys()].toSorted(), [
      "A JPKI app on the person's phone",
      'A whole server',
      'By itself',
      'Mounting it',
      'Parts by themselves',
      'Parts by themselves (2)',
      'Photos, and the person who looks at them',
    ]);
  });

  it('has a signature of a card that is verified, and tells whose it is', async () => {
    type Verified = { person: JpkiPerson; policy: string };
    const { person, policy } = await runBlock<Verified>(shown('By itself'), {
      'const {': 'export const {',
    });
    assert.deepEqual([person.name, person.birthDate], ['番号　花子', '1971-09-01']);
    assert.equal(policy, JPKI_SIGNING_POLICIES.phone);
  });

  it('leave README at most 120 lines long', () => {
    assert.ok(readme.split('\n').length <= 121);
  });

  it('has a server that verifies a document and redeems the result', async () => {
    type Shop = { verifier: Verifier; redeemed(ref: string, subject: string): Promise<Result> };
    const { verifier, redeemed } = await runBlock<Shop>(shown('A whole server'), {
      'const result = await': 'export { verifier };\nexport const redeemed = (ref, subject) =>',
      "'id-verify.db'": "':memory:'",
    });
    const page = await Page.open(siteOf(verifier) as Site);
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm();
    assert.ok(status.ref);
    const result = await redeemed(status.ref, SUBJECT);
    assert.equal(result.status, 'verified');
    assert.deepEqual(Object.keys(result.claims).sort(), ['birth_date', 'name']);
    const other = (error: IdVerifyError) => error.code === 'session/subject';
    await assert.rejects(redeemed(status.ref, 'somebody else'), other);
    verifier.close();
  });

  it('names members of a result that there are', async () => {
    const server = readFileSync('demo/docs/server.md', 'utf8');
    const named = /`result` is `\{ ([^}]*), … \}`/.exec(server)?.[1]?.split(', ') ?? [];
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(result.shape.entries, name)),
      [],
    );
  });

  it('mounts it in plain Node', async () => {
    const { server } = await runBlock<{ server: Server }>(shown('Mounting it'), {
      '': "import { verifier } from './surroundings.ts';",
    });
    server.listen(0, '127.0.0.1');
    after(() => server.close());
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/id-verify`;
    const { openapi } = await json<{ openapi: string }>(await fetch(`${base}/openapi.json`));
    assert.match(openapi, /^3\.1/);
    const opened = await fetch(`${base}/sessions`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify({ profile: 'identity' }),
    });
    const { token } = await json<{ token: string }>(opened, 201);
    assert.match(token, /^[\w-]{22}\.[\w-]{43}$/);
    server.closeAllConnections();
  });

  it('has a deployment with handoffs that starts', async () => {
    const block = shown("A JPKI app on the person's phone");
    const { verifier } = await runBlock<{ verifier: Verifier }>(block, {
      'const verifier': 'export const verifier',
    });
    verifier.close();
  });

  it('has a deployment with photos, and a reviewer who finds nothing waiting', async () => {
    const block = shown('Photos, and the person who looks at them');
    const { verifier } = await runBlock<{ verifier: Verifier }>(block, {
      'const verifier': 'export const verifier',
    });
    assert.deepEqual(await verifier.reviews.list(), []);
    verifier.close();
  });

  it('verifies a DeviceResponse, and judges a frame', async (context) => {
    const logged = context.mock.method(console, 'log', () => {});
    await runBlock(shown('Parts by themselves'));
    await runBlock(shown('Parts by themselves (2)'));
    const lines = logged.mock.calls.map((call) => call.arguments);
    assert.deepEqual(lines[0], ['番号　花子']);
    assert.deepEqual(lines[1]?.[2], 'not_found');
  });
});
