/** `id-verify serve` as it is published, by the config of the operator's page. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, describe, it } from 'node:test';
import { createTestPki, pem } from '../../src/testing/index.ts';
import { privateKeyPem } from '../../src/testing/issuer/pki.ts';

const ORIGIN = 'http://localhost:8080';
const KEY = 'key-of-the-shop';

const folder = mkdtempSync(join(tmpdir(), 'serve-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(resolve('.'), join(folder, 'node_modules/id-verify'));

const pki = createTestPki({
  reader: { organization: '株式会社サンプル', dnsNames: ['localhost'] },
});
const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
write('root.pem', pem('CERTIFICATE', pki.iaca.certificate));
write('reader.pem', pem('CERTIFICATE', pki.reader.certificate));
write('reader.key', privateKeyPem(pki.reader.keys.privateKey));

const [, SHOWN = ''] =
  /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync('demo/docs/operator.md', 'utf8')) ?? [];
const configWith = (changes: readonly (readonly [string, string])[] = []): string =>
  [
    ['https://www.example.jp', ORIGIN],
    ["files: ['root.pem']", "files: ['root.pem'], test: true"],
    ['port: 8080', 'port: 0'],
    ['port: 8081', 'port: 0'],
    ...changes,
  ].reduce((text, [from = '', to = '']) => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  }, SHOWN);

const env = {
  PATH: process.env['PATH'],
  READER_KEY_FILE: 'reader.key',
  SHOP_KEY_SHA256: createHash('sha256').update(KEY).digest('hex'),
};

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function serve(...words: string[]) {
  const command = [resolve('dist/command/main.js'), 'serve', ...words];
  const child = spawn(process.execPath, command, { cwd: folder, env });
  running.add(child);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const lines: Record<string, string>[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(JSON.parse(line)));
  const ended = once(child, 'close').then(([code]) => ({ code: Number(code), err }));
  const line = async (event: string) => {
    for (;;) {
      const found = lines.find((one) => one['event'] === event);
      if (found) return found;
      await Promise.race([once(reader, 'line'), ended]);
      if (child.exitCode !== null && !lines.some((one) => one['event'] === event)) {
        assert.fail(`ended without ${event}: ${err}`);
      }
    }
  };
  return { child, lines, line, ended };
}

describe('id-verify serve, as published', () => {
  it('serves by the config of its page, and goes when it is told to', async () => {
    write('id-verify.config.ts', configWith([['trustedProxies: 1', 'trustedProxies: 0']]));
    const { child, line, lines, ended } = serve();
    const { pages, service } = await line('listening');
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
    const minted = await fetch(`${service}/sessions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ subject: 'member-1', profile: 'identity', origin: ORIGIN }),
    });
    assert.equal(minted.status, 201, await minted.text());
    assert.equal((await fetch(`${pages}/id-verify/openapi.json`)).status, 200);
    const second = await serve().ended;
    assert.equal(second.code, 3);
    assert.match(second.err, /id-verify\.sqlite is open in another process/);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, { code: 0, err: '' });
    const events = lines.map(({ event }) => event);
    assert.deepEqual(events.slice(-2), ['draining', 'stopped']);
    assert.doesNotMatch(JSON.stringify(lines), /member-1|key-of-the-shop/);
    assert.match(String(lines[0]?.['at']), /^20\d\d-/);
  });

  it('names every mistake before it listens', async () => {
    const wrong = configWith([
      ["['root.pem']", "['nowhere.pem']"],
      ["secret('READER_KEY')", "secret('NO_SUCH_KEY')"],
      ["'mint', 'results'", "'everything'"],
      ['trustedProxies: 1', 'trustedProxy: 1'],
      ['keys: {', 'prot: 1, keys: {'],
    ]);
    write('wrong.config.mjs', wrong);
    const { code, err } = await serve('--config', join(folder, 'wrong.config.mjs')).ended;
    assert.equal(code, 3);
    for (const named of [
      /wallet\.trustAnchors\[0\]\.files: .*nowhere\.pem/,
      /NO_SUCH_KEY: set it in the environment/,
      /service\.keys\.shop\.scopes: /,
      /listen: no option trustedProxy/,
      /service: no option prot/,
    ]) {
      assert.match(err, named);
    }
  });

  it('says of a file what is wrong with it', async () => {
    assert.equal((await serve('--config', 'none.mjs').ended).code, 2);
    write('empty.mjs', '');
    assert.match((await serve('--config', 'empty.mjs').ended).err, /no default export/);
    write('broken.mjs', 'export default {');
    assert.match(
      (await serve('--config', 'broken.mjs').ended).err,
      /broken\.mjs: .*Unexpected end/,
    );
    const place = [['id-verify.sqlite', 'no/such/folder.sqlite']] as const;
    write('place.mjs', configWith(place));
    assert.match((await serve('--config', 'place.mjs').ended).err, /does its folder exist/);
    write('text.mjs', configWith([['id-verify.sqlite', 'root.pem']]));
    assert.match(
      (await serve('--config', 'text.mjs').ended).err,
      /root\.pem is no SQLite database/,
    );
  });

  it('says that another process has its port', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    write('port.mjs', configWith().replace('port: 0', `port: ${port}`));
    const { code, err } = await serve('--config', 'port.mjs').ended;
    assert.equal(code, 3);
    assert.match(err, new RegExp(`127\\.0\\.0\\.1:${port} is taken`));
  });
});
