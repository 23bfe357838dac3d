import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Mistakes, type ServeConfig, secret } from '../../src/server/index.ts';
import { type Serving, serve } from '../../src/server/serve.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import type { ConfirmAnswer } from '../../src/wire/contract.ts';
import { json, Page, post, refused, ORIGIN as SITE, type Site, site } from '../verifier/harness.ts';
import { KEY, ORIGIN, sha256, testConfig } from './config.ts';

const pki = createTestPki({ reader: { organization: 'テスト商店', dnsNames: ['localhost'] } });
const { folder, config } = testConfig(pki);
const running = new Set<Serving>();
const lines: object[] = [];
afterEach(async () => {
  for (const one of running) await one.stop();
  running.clear();
});
after(() => rmSync(folder, { recursive: true }));

async function started(changes: Partial<ServeConfig> = {}): Promise<Serving> {
  const serving = await serve({ ...config, ...changes }, (line) => lines.push(line));
  running.add(serving);
  return serving;
}

/** A page of the site, which reaches the service over HTTP. */
function pagesOf({ pages }: Serving): Site {
  // Of this test's issuer, whose root the service has.
  const wallet = createWallet({ pki, allowUnsigned: true });
  const send: Site['send'] = (path, { origin = SITE, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (origin !== null) headers.set('origin', origin);
    return fetch(`${pages}/id-verify/${path}`, { ...init, headers });
  };
  return { ...site(), wallet, send };
}

const call = ({ service }: Serving, path: string, body: unknown, key = KEY): Promise<Response> =>
  fetch(service + path, post(body, { authorization: `Bearer ${key}` }));

const minting = { subject: 'member-1', profile: 'identity', origin: ORIGIN, externalId: 'order-7' };

/** Code blocks of the operator's page, by language. */
function shown(language: string): readonly string[] {
  const text = readFileSync('demo/docs/operator.md', 'utf8');
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return [...blocks].map(([, code = '']) => code.replaceAll('https://www.example.jp', ORIGIN));
}

async function printed(file: string, args: string[], env: Record<string, string>) {
  const { PATH = '' } = process.env;
  return (await promisify(execFile)(file, args, { env: { PATH, ...env } })).stdout;
}

describe('id-verify serve', () => {
  it('mints, is used by a page, and gives the result, to whoever has the key', async () => {
    const serving = await started();
    const env = { SERVICE: serving.service, KEY, REF: '' };
    const [, make = '', mint = '', redeem = '', , erase = ''] = shown('sh');
    assert.match(await printed('sh', ['-c', make], {}), /^[0-9a-f]{64}\n$/);
    const minted = JSON.parse(await printed('sh', ['-c', mint], env));
    const pages = pagesOf(serving);
    const page = await Page.claim(pages, minted.token);
    assert.equal(page.view.id, minted.sessionId);
    await page.evidence(await page.present(await page.requests()));
    const { status } = await page.confirm<ConfirmAnswer>();
    assert.ok(status.ref);
    env.REF = status.ref;

    await refused(
      await call(serving, '/results', { ref: env.REF, subject: 'member-1', profile: 'identity' }),
      403,
      'policy/test_result',
    );
    const test = (code: string) =>
      code.replace(/"profile\\":\\"identity\\"/, '$&,\\"acceptTest\\":true');
    const result = JSON.parse(await printed('sh', ['-c', test(redeem)], env));
    assert.equal(result.status, 'verified');
    assert.equal(result.externalId, 'order-7');
    const byId = await call(serving, '/results', {
      sessionId: minted.sessionId,
      subject: 'member-1',
      profile: 'identity',
      acceptTest: true,
    });
    assert.deepEqual(await json(byId), result);
    const other = { sessionId: minted.sessionId, subject: 'member-2', profile: 'identity' };
    await refused(await call(serving, '/results', other), 401, 'session/subject');

    const erased = JSON.parse(await printed('sh', ['-c', erase], env));
    assert.deepEqual(erased, { erased: [minted.sessionId], kept: [] });
    const again = await call(serving, '/erasures', { subject: 'member-1' });
    assert.deepEqual(await json(again), { erased: [], kept: [] });
    await serving.stop();
  });

  for (const [language, command, before, flag, print] of [
    ['php', 'php', '', '-r', 'echo json_encode([$minted, $result]);'],
    ['python', 'python3', '', '-c', 'print(json.dumps([minted, result]))'],
  ] as const) {
    it(`is asked from ${language} as the page shows`, async (test) => {
      const there = await printed(command, ['--version'], {}).catch(() => undefined);
      if (there === undefined) return test.skip(`${command} is not installed`);
      const serving = await started({ anonymousUse: 'allowed' });
      const pages = pagesOf(serving);
      const { token } = await json<{ token: string }>(
        await call(serving, '/sessions', minting),
        201,
      );
      const page = await Page.claim(pages, token);
      await page.evidence(await page.present(await page.requests()));
      const { status } = await page.confirm<ConfirmAnswer>();
      const accept: Record<string, string> = {
        php: "'profile' => 'identity', 'acceptTest' => true]);\n",
        python: '"profile": "identity", "acceptTest": True})\n',
      };
      const [code = ''] = shown(language);
      const last = /(['"])profile\1(?: =>|:) \1identity\1[\]}]\);?\n$/;
      assert.match(code, last);
      const source = before + code.replace(last, accept[language] ?? '') + print;
      const env = { SERVICE: serving.service, KEY, REF: status.ref ?? '' };
      const [minted, result] = JSON.parse(await printed(command, [flag, source], env));
      assert.match(minted.token, /^[\w-]{22}\.[\w-]{43}$/);
      assert.equal(result.status, 'verified');
      await serving.stop();
    });
  }

  it('lets each key do what it is for, and describes itself', async () => {
    const second = sha256('the-next-key');
    const { keys } = config.service;
    const shop = { sha256: second, scopes: ['mint'] } as const;
    const serving = await started({ service: { port: 0, keys: { ...keys, 'shop-2': shop } } });
    assert.equal((await call(serving, '/sessions', minting)).status, 201);
    assert.equal((await call(serving, '/sessions', minting, 'the-next-key')).status, 201);
    await refused(await call(serving, '/sessions', minting, 'guess'), 401, 'session/unauthorized');
    await refused(await fetch(`${serving.service}/reviews`), 401, 'session/unauthorized');
    const desk = await call(serving, '/sessions', minting, 'key-of-the-desk');
    await refused(desk, 403, 'policy/scope');
    const withKey = { headers: { authorization: 'Bearer key-of-the-desk' } };
    assert.deepEqual(await json(await fetch(`${serving.service}/reviews`, withKey)), []);
    const { openapi, paths } = await json<{ openapi: string; paths: object }>(
      await fetch(`${serving.service}/openapi.json`, withKey),
    );
    assert.match(openapi, /^3\.1/);
    assert.ok('/sessions' in paths && '/results' in paths && '/erasures' in paths);
    assert.doesNotMatch(JSON.stringify(lines), /key-of-the-shop|member-1/);
    // Nothing of it on the port of the pages.
    assert.equal((await fetch(`${serving.pages}/sessions`, { method: 'POST' })).status, 404);
    assert.equal((await fetch(`${serving.pages}/metrics`)).status, 404);
    await serving.stop();
  });

  it('is backed up while it runs, by the key for it, and goes on from the copy', async () => {
    const backups = mkdtempSync(join(folder, 'backups-'));
    const database = { sqlite: join(folder, 'backed-up.sqlite'), backups };
    const keys = {
      ...config.service.keys,
      cron: { sha256: sha256('key-of-cron'), scopes: ['backup'] },
    } as const;
    const serving = await started({ database, service: { port: 0, keys } });
    const { sessionId } = await json<{ sessionId: string }>(
      await call(serving, '/sessions', minting),
      201,
    );
    await refused(await call(serving, '/backups', {}), 403, 'policy/scope');
    const [, , , , backUp = ''] = shown('sh');
    const env = { SERVICE: serving.service, KEY: 'key-of-cron' };
    const { file } = JSON.parse(await printed('sh', ['-c', backUp], env));
    await serving.stop();

    const restored = await started({ database: { sqlite: join(backups, file) } });
    const expected = { sessionId, subject: 'member-1', profile: 'identity' };
    const unknown = { ...expected, sessionId: 'A'.repeat(22) };
    assert.notEqual((await call(restored, '/results', unknown)).status, 403);
    // It knows the session, which is one of tests.
    await refused(await call(restored, '/results', expected), 403, 'policy/test_result');
    assert.equal((await call(restored, '/backups', {})).status, 404, 'without a folder');
    await assert.rejects(started({ database: { ...database, backups: join(folder, 'none') } }), {
      message: /^database\.backups: .*none is no folder$/,
    });
  });

  it('opens no session that was not minted, unless it says so by name', async () => {
    const serving = await started();
    const opening = await pagesOf(serving).send('sessions', post({ profile: 'identity' }));
    const requestId = opening.headers.get('x-request-id');
    const { code, instance } = await opening.json();
    assert.deepEqual([code, instance], ['session/unauthorized', `urn:uuid:${requestId}`]);
    assert.ok(lines.some((line) => 'request' in line && line.request === requestId));
    await serving.stop();
    const open = await started({ anonymousUse: 'allowed' });
    const opened = await pagesOf(open).send('sessions', post({ profile: 'identity' }));
    assert.equal(opened.status, 201);
    await open.stop();
  });

  it('names every mistake before it listens', async () => {
    const wrong = {
      ...config,
      listen: { port: 70_000 },
      database: {},
      service: { keys: { shop: { sha256: KEY, scopes: ['everything'] } } },
      wallet: {
        trustAnchors: [{ docType: 'org.iso.23220.1.jp.mnc', files: ['/nowhere.pem'] }],
        readers: [
          { file: '/nowhere.pem', key: secret('NO_SUCH_KEY') },
          { file: '/nowhere.pem', key: 'a literal' },
        ],
      },
    } as unknown as ServeConfig;
    const mistakes = await serve(wrong, () => undefined).then(
      () => [],
      (error: unknown) => (error instanceof Mistakes ? error.list : [String(error)]),
    );
    for (const named of [
      /^service\.keys\.shop\.sha256: /,
      /^service\.keys\.shop\.scopes: /,
      /^listen\.port: /,
      /^database: /,
      /^wallet\.trustAnchors\[0\]\.files: .*nowhere/,
      /^wallet\.readers\[0\]\.file: .*nowhere/,
      /^NO_SUCH_KEY: /,
      /^wallet\.readers\[1\]\.key: secret\(/,
    ]) {
      assert.ok(
        mistakes.some((mistake) => named.test(mistake)),
        `${named} in ${mistakes.join('\n')}`,
      );
    }
    const unknown = { ...config, colour: 'red' } as ServeConfig;
    await assert.rejects(
      serve(unknown, () => undefined),
      { code: 'config/option' },
    );
    await assert.rejects(
      serve({ ...config, origins: [] }, () => undefined),
      { code: 'config/origins' },
    );
  });

  it('says how it is, and goes in three steps', async () => {
    const serving = await started({ drainMs: 150 });
    const at = (path: string) => fetch(serving.service + path);
    assert.equal((await at('/healthz')).status, 200);
    assert.equal((await at('/readyz')).status, 200);
    await pagesOf(serving).send('nothing');
    const metrics = await (await at('/metrics')).text();
    assert.match(metrics, /^id_verify_requests_total\{status="404"\} 1$/m);
    assert.match(
      metrics,
      /^id_verify_events_total\{event="request.refused",code="unsupported\/path"\} 1$/m,
    );
    assert.match(metrics, /^id_verify_last_sweep_seconds \d+$/m);
    const stopping = serving.stop();
    assert.equal((await at('/readyz')).status, 503);
    assert.equal((await pagesOf(serving).send('openapi.json')).status, 200, 'still answers');
    await stopping;
    await assert.rejects(at('/healthz'));
  });
});
