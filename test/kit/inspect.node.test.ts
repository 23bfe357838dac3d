/** `id-verify inspect`, as published, on each kind of message that is not a document. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pem, STATUS, statusListCwt, statusListJwt, vical } from '../../src/testing/index.ts';
import {
  createTestPki,
  issueStatusSigner,
  issueVicalSigner,
} from '../../src/testing/issuer/pki.ts';
import { sealEnvelope } from '../../src/wire/envelope.ts';
import { createKey, sign } from '../../src/wire/session-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const inspect = (...words: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const command = ['dist/command/main.js', 'inspect', ...words];
    execFile(process.execPath, command, { timeout: 20_000, maxBuffer: 2 ** 26 }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out });
    });
  });

const pki = createTestPki();
const now = new Date();
/** One bit of the last byte, which is of the signature. */
const changed = (bytes: Uint8Array): Uint8Array =>
  bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);

describe('a VICAL', () => {
  const list = vical({
    signer: issueVicalSigner(pki.iaca),
    date: now,
    authorities: [{ certificate: pki.iaca.certificate, docTypes: ['org.iso.18013.5.1.mDL'] }],
  });
  const anchors = ['--anchors', file('root.pem', pem('CERTIFICATE', pki.iaca.certificate))];

  it('is shown with its authorities, and checked against a root', async () => {
    const { code, out } = await inspect(file('vical', list), ...anchors);
    assert.equal(code, 0, out);
    assert.match(out, /^VICAL, \d+ bytes\n/);
    assert.match(out, /vicalProvider: "TEST VICAL provider"/);
    assert.match(out, /"org\.iso\.18013\.5\.1\.mDL"/);
    assert.match(out, /✓ vical/);
  });

  it('says what is wrong with a changed one, in the language asked for', async () => {
    const bad = file('changed', changed(list));
    const english = await inspect(bad, ...anchors, '--lang', 'en');
    const japanese = await inspect(bad, ...anchors, '--lang', 'ja');
    assert.deepEqual([english.code, japanese.code], [1, 1]);
    assert.match(english.out, /✕ vical/);
    assert.doesNotMatch(english.out, /[ぁ-ん]/);
    assert.match(japanese.out, /[ぁ-ん]/);
  });
});

describe('a status list', () => {
  const plan = {
    signer: issueStatusSigner(pki.iaca),
    uri: 'https://issuer.example/status',
    issuedAt: now,
    ttl: 3600,
    statuses: { 7: STATUS.invalid },
  };

  it('as CWT is shown by the names of its claims', async () => {
    const { code, out } = await inspect(file('status.cwt', statusListCwt(plan)));
    assert.equal(code, 0, out);
    assert.match(out, /^status list, \d+ bytes\n/);
    for (const name of ['sub', 'iat', 'ttl', 'status_list']) assert.match(out, new RegExp(name));
    assert.match(out, /"https:\/\/issuer\.example\/status"/);
  });

  it('as JWT is shown by its parts, with where each stands', async () => {
    const token = statusListJwt(plan);
    const { code, out } = await inspect(token, '--json');
    assert.equal(code, 0, out);
    const { kind, tree } = JSON.parse(out);
    const names = tree.parts.map(({ name }: { name: string }) => name);
    assert.deepEqual([kind, names], ['JWT', ['header', 'payload', 'signature']]);
    assert.equal(tree.parts[1].offset, token.indexOf('.') + 1);
  });
});

describe('an envelope', async () => {
  const key = await createKey();
  const envelope = await sealEnvelope(
    {
      v: 1,
      sid: 'A'.repeat(22),
      challenge: new Uint8Array(32),
      aud: 'https://shop.example',
      origin: 'https://shop.example',
      method: 'wallet',
      seq: 0,
      prev: new Uint8Array(32),
      at: now.getTime(),
      widget: 'test',
      body: {},
    },
    (data) => sign(key, data),
  );
  const jwk = JSON.stringify(await crypto.subtle.exportKey('jwk', key.publicKey));
  const publicKey = ['--public-key', file('key.jwk', jwk)];

  it('is shown, and checked by the key of its session', async () => {
    const { code, out } = await inspect(file('envelope', envelope), ...publicKey);
    assert.equal(code, 0, out);
    assert.match(out, /^envelope, \d+ bytes\n/);
    assert.match(out, /aud: "https:\/\/shop\.example"/);
    assert.match(out, /✓ envelope\.signature/);
  });

  it('without the key says what a check would need; a changed one is refused', async () => {
    assert.match((await inspect(file('envelope', envelope))).out, /needs --public-key/);
    const bad = await inspect(file('other', changed(envelope)), ...publicKey);
    assert.equal(bad.code, 1);
    assert.match(bad.out, /✕ envelope\.signature/);
  });
});

describe('what is made to be slow', () => {
  const megabyte = 2 ** 20;
  // Both end at a limit of the reader's own, long before the time of `inspect` above is over.
  for (const [name, bytes] of Object.entries({
    'a megabyte of arrays in arrays': new Uint8Array(megabyte).fill(0x81),
    // An array of 983,040 items.
    'a megabyte of small numbers': Buffer.concat([
      Uint8Array.of(0x9a, 0x00, 0x0f, 0x00, 0x00),
      new Uint8Array(megabyte - 5).fill(0x01),
    ]),
  })) {
    it(`${name} ends, with its exit code`, async () => {
      const { code, out } = await inspect(file('slow', bytes), '--json');
      assert.equal(code, 1);
      assert.ok(JSON.parse(out).refused.length > 0);
    });
  }
});
