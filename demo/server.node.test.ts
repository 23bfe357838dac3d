import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fromBase64url } from '../src/wire/bytes.ts';
import type {
  ClaimAnswer,
  EvidenceAnswer,
  OpenAnswer,
  WalletAnswer,
} from '../src/wire/contract.ts';
import { sealEnvelope } from '../src/wire/envelope.ts';
import { createKey, proveKey, sign } from '../src/wire/session-key.ts';

/** A server process on a free port, with what it logged. */
async function launch(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['server.ts'], {
    cwd: import.meta.dirname,
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  await Promise.race([once(output, 'line'), once(child, 'exit')]);
  assert.ok(lines[0], complaints);
  const { event, url } = JSON.parse(lines[0]);
  assert.equal(event, 'listening');
  return {
    origin: String(url),
    lines,
    async stop(signal: NodeJS.Signals) {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = await exited;
      assert.equal(complaints, '');
      return code;
    },
  };
}

/** A server process that ends by itself. */
async function finished(env: Record<string, string>) {
  const child = spawn(process.execPath, ['server.ts'], { cwd: import.meta.dirname, env });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await once(child, 'exit');
  const [stdout, stderr] = await output;
  return { status, stdout, stderr };
}

describe('reference server', () => {
  it('says to a person where to open it', async () => {
    const settings = { cwd: import.meta.dirname, env: { PORT: '0' } };
    const child = spawn(process.execPath, ['server.ts', '--say'], settings);
    const exited = once(child, 'exit');
    const [line] = await once(createInterface(child.stdout), 'line');
    child.kill('SIGTERM');
    await exited;
    assert.match(line, /^Open http:\/\/localhost:\d+$/);
  });

  it('that cannot start says why in one line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const settings: readonly (readonly [env: Record<string, string>, reason: RegExp])[] = [
      [{ PORT: String(port) }, /EADDRINUSE.*127\.0\.0\.1/],
      [{ PORT: 'http' }, /^PORT: a whole number/],
      [{ ID_VERIFY_TRUST_ANCHORS: '/nowhere/roots.pem' }, /ENOENT.*\/nowhere\/roots\.pem/],
      [{ ID_VERIFY_ORIGINS: 'http://shop.example' }, /^origins: http:\/\/shop\.example/],
    ];
    for (const [env, reason] of settings) {
      const { status, stdout, stderr } = await finished({ PORT: '0', ...env });
      assert.equal(status, 1);
      assert.equal(stderr, '');
      const [line = '', ...more] = stdout.trim().split('\n');
      assert.deepEqual(more, []);
      assert.equal(JSON.parse(line).event, 'not.started');
      assert.match(JSON.parse(line).reason, reason);
    }
    taken.close();
  });

  it('serves page, script and calls, shows what it saw, and stops cleanly in mid-stream', async () => {
    const server = await launch();
    const { origin } = server;
    const json = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
      const headers = { origin, ...(init.headers as Record<string, string> | undefined) };
      const response = await fetch(origin + path, { ...init, headers });
      const text = await response.text();
      assert.ok(response.ok, `${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    };
    const body = (value: unknown, token?: string): RequestInit => ({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(value),
    });

    const source = await fetch(`${origin}/src/testing/wallet/labels.ts`);
    assert.equal(source.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.match(source.headers.get('content-security-policy') ?? '', /^default-src 'none';/);
    assert.doesNotMatch(await source.text(), /^export type/m);
    assert.equal((await fetch(`${origin}/demo/../package.json`)).status, 404);
    assert.equal((await fetch(`${origin}/demo/%2e%2e/package.json`)).status, 404);

    const opened = await json<OpenAnswer>('/id-verify/sessions', body({ profile: 'identity' }));
    const key = await createKey();
    const { id } = opened.session;
    const path = `/id-verify/sessions/${id}`;
    const proof = await proveKey(key, id, opened.token, origin);
    const { token, session } = await json<ClaimAnswer>(`${path}/claim`, body(proof, opened.token));
    const stream = await fetch(`${origin}${path}/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');

    const asked = await json<WalletAnswer>(`${path}/wallet`, body({}, token));
    const [request] = asked.requests;
    const credential = await json<{ protocol: string; data: Record<string, string> }>(
      '/demo/wallet',
      body({ ...request, origin }),
    );
    const envelope = await sealEnvelope(
      {
        v: 1,
        sid: id,
        challenge: fromBase64url(session.challenge),
        aud: session.audience,
        origin,
        method: 'wallet',
        seq: session.status.seq,
        prev: fromBase64url(session.status.prev),
        at: Date.now(),
        widget: 'test',
        body: { request: asked.id, ...credential },
      },
      (data) => sign(key, data),
    );
    const verdict = await json<EvidenceAnswer>(`${path}/evidence`, {
      method: 'POST',
      headers: { 'content-type': 'application/cose', authorization: `Bearer ${token}` },
      body: envelope,
    });
    assert.equal(verdict.outcome, 'review', JSON.stringify(verdict.checks));

    const seen = await json<{
      evidence: { checks: { id: string; outcome: string }[]; request: object; envelope: object }[];
      deviceResponse: { version: string };
    }>(`/demo/inspect/${id}`);
    assert.equal(seen.evidence.length, 1);
    assert.ok(seen.evidence[0]?.checks.some((check) => check.id === 'mdoc.digests'));
    assert.match(JSON.stringify(seen.evidence[0]?.request), /full_name_unicode/);
    assert.match(JSON.stringify(seen.deviceResponse), /番号/);

    assert.equal(await server.stop('SIGTERM'), 0);
    const log = server.lines.map((line) => JSON.parse(line));
    assert.equal(log.at(-1)?.event, 'stopped');
    assert.doesNotMatch(server.lines.join(), /番号|花子|member-hanako/);
    assert.equal(server.lines.join().includes(token), false);
  });

  it('stops on SIGINT too, and refuses other names for its address', async () => {
    const server = await launch();
    const { port } = new URL(server.origin);
    const { status } = await fetch(`http://127.0.0.1:${port}/id-verify/openapi.json`);
    assert.equal(status, 200);
    const other = await fetch(`http://127.0.0.2:${port}/`).then(
      (response) => response.status,
      () => 'refused',
    );
    assert.ok(other === 421 || other === 'refused', String(other));
    assert.equal(await server.stop('SIGINT'), 0);
  });

  it('keeps the reviewer’s desk from the network, whatever name is asked for', async (test) => {
    const outside = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    if (outside === undefined) return test.skip('this machine is in no network');
    const server = await launch({ HOST: '0.0.0.0' });
    const { port } = new URL(server.origin);
    const status = async (host: string) => {
      const headers = { host: `localhost:${port}` };
      const asked = get({ host, port, path: '/demo/reviewer/reviews', headers });
      const [response] = await once(asked, 'response');
      response.resume();
      return response.statusCode;
    };
    assert.equal(await status('127.0.0.1'), 200);
    assert.equal(await status(outside), 403);
    assert.equal(await server.stop('SIGTERM'), 0);
  });
});
