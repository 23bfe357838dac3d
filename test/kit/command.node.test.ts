/** The command as it is published: what it prints and how it ends, and a page on a port of its own. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Check } from '../../src/methods/method-verifier.ts';
import {
  buildResponse,
  createTestKit,
  createTestPki,
  isoMdocTranscript,
  pem,
  visitByWallet,
  type Wallet,
} from '../../src/testing/index.ts';
import { issueReader, issueReaderCa } from '../../src/testing/issuer/pki.ts';
import { createCards, signWith } from '../../src/testing/phone/card.ts';
import { createVerifier, memoryStore } from '../../src/verifier/index.ts';
import { launchChromium } from '../chromium.ts';
import { vector } from '../vectors.ts';
import { goByWallet } from './person.ts';

const COMMAND = 'dist/command/main.js';
const folder = mkdtempSync(join(tmpdir(), 'command-'));
after(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const idVerify = (...words: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...words], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('id-verify', () => {
  it('says what it can do, and what it did not understand', async () => {
    assert.match((await idVerify()).out, /inspect.*\n.*lint-reader.*\n.*verify-record/);
    assert.equal((await idVerify('nonsense')).code, 2);
    assert.equal((await idVerify('inspect', '--nonsense')).code, 2);
    assert.match((await idVerify('dev', '--help')).out, /--origin/);
  });

  it('says what wallets will refuse of a reader certificate', async () => {
    const named = ['--name', '株式会社サンプル', '--origin', 'https://www.example.jp'];
    const short = issueReader(issueReaderCa(), { organization: '別の会社' });
    const path = file('reader.pem', pem('CERTIFICATE', short.certificate));
    const told = await idVerify('lint-reader', path, ...named, '--json');
    assert.equal(told.code, 1);
    const found: { what: string }[] = JSON.parse(told.out);
    assert.ok(found.some(({ what }) => what === 'name'));
    assert.match((await idVerify('lint-reader', path, ...named)).out, /: name: /);
    assert.deepEqual(await idVerify('lint-reader', path, '--name', '別の会社'), {
      code: 0,
      out: 'Nothing that a wallet is known to refuse.\n',
      err: '',
    });
    assert.equal((await idVerify('lint-reader', file('no.pem', 'nothing'))).code, 2);
    assert.equal((await idVerify('lint-reader', path, '--origin', 'www.example.jp')).code, 2);
    assert.equal((await idVerify('lint-reader', join(folder, 'absent.pem'))).code, 2);
  });

  it('explains a code to operator and person', async () => {
    const { code, out } = await idVerify('explain', 'digest/mismatch', '--lang', 'ja', '--json');
    assert.equal(code, 0);
    assert.match(JSON.parse(out).person.heading, /カード/);
    assert.equal((await idVerify('explain', 'nonsense/x')).code, 2);
  });

  const pki = createTestPki();
  const sessionTranscript = isoMdocTranscript('gmVkY2FwaaA', 'http://localhost');
  const response = buildResponse({ pki, sessionTranscript });
  const checked = () => [
    '--anchors',
    file('root.pem', pem('CERTIFICATE', pki.iaca.certificate)),
    '--transcript',
    file('transcript', sessionTranscript),
  ];

  it('inspects a response with its checks, and a tampered one', async () => {
    const good = await idVerify('inspect', file('good', response), ...checked(), '--json');
    assert.equal(good.code, 0, good.err);
    const { kind, tree, refused } = JSON.parse(good.out);
    assert.deepEqual(
      [kind, tree.offset, tree.length, refused],
      ['DeviceResponse', 0, response.length, []],
    );
    const at = Buffer.from(response).indexOf('番号');
    const bad = response.with(at + 2, (response[at + 2] ?? 0) ^ 1);
    const found = await idVerify('inspect', file('bad', bad), ...checked());
    assert.equal(found.code, 1);
    assert.match(found.out, /✕ mdoc\.digests {2}digest\/mismatch/);
  });

  it('shows a request of our own, name by name', async () => {
    const origin = 'http://localhost:8080';
    const purpose = { ja: 'お名前の確認のため' };
    const methods = { wallet: { docType: 'org.iso.23220.1.jp.mnc' } } as const;
    const kit = createTestKit({ origin, name: '株式会社サンプル' });
    const { fetch } = createVerifier({
      ...kit.options,
      authorize: async () => ({ subject: 'member-1', profiles: ['name'] }),
      profiles: { name: { purpose, claims: { name: { purpose, retainDays: 0 } }, methods } },
      store: memoryStore(),
    });
    const asked: unknown[] = [];
    const wallet: Wallet = {
      ...kit.simulatedWallet,
      answer(request, options) {
        asked.push(Object(request.data).deviceRequest);
        return kit.simulatedWallet.answer(request, options);
      },
    };
    await visitByWallet({ fetch, wallet, origin, profile: 'name', protocol: 'org-iso-mdoc' });
    const { code, out } = await idVerify('inspect', String(asked[0]));
    assert.equal(code, 0);
    assert.match(out, /^DeviceRequest, \d+ bytes/);
    assert.match(out, / docType: "org\.iso\.23220\.1\.jp\.mnc"\n/);
    assert.match(out, / full_name_unicode: false\n/);
    assert.match(out, / readerAuthAll: array of 1\n/);
  });

  it('shows the response and the request of ISO/IEC 18013-5 Annex D', async (context) => {
    const annexD = vector('iso18013-5-annex-d.json');
    if (annexD === undefined) return context.skip('vectors folder missing');
    const {
      ISO_18013_5_ANNEX_D_DEVICE_RESPONSE: response,
      ISO_18013_5_ANNEX_D_DEVICE_REQUEST: request,
    } = JSON.parse(annexD);
    const answered = await idVerify('inspect', response);
    assert.equal(answered.code, 0);
    assert.match(answered.out, /^DeviceResponse, 3562 bytes\n/);
    assert.match(answered.out, /^ +25 +30 +docType: "org\.iso\.18013\.5\.1\.mDL"$/m);
    assert.match(answered.out, /Nothing in the bytes is refused\.\n$/);
    assert.match((await idVerify('inspect', request)).out, /^DeviceRequest, /);
  });

  it('shows a 署名用電子証明書 with what it says of the person, and checks what it has signed', async () => {
    const { cards, roots } = createCards();
    const certificate = pem('CERTIFICATE', cards.good.certificate);
    const { out, code } = await idVerify('inspect', file('card.pem', certificate));
    assert.equal(code, 0, out);
    for (const said of [
      /氏名 \(1\.2\.392\.200149\.8\.5\.5\.1\)/,
      /"番号　花子"/,
      /"319710901"/,
      /署名用電子証明書 of a test card/,
      /✓ jpki\.profile/,
      /needs --anchors, --signature and --signed/,
    ]) {
      assert.match(out, said);
    }
    const signed = [
      '--anchors',
      file('roots.pem', roots.map(({ certificate }) => pem('CERTIFICATE', certificate)).join('')),
      '--signature',
      file('signature', signWith(cards.good, '同意します。')),
      '--signed',
    ];
    const good = await idVerify(
      ...['inspect', file('card.pem', certificate), ...signed],
      ...[file('signed', '同意します。'), '--json'],
    );
    assert.equal(good.code, 0, good.out);
    const checks = JSON.parse(good.out).checks.map(({ id, outcome }: Check) => `${id} ${outcome}`);
    assert.ok(checks.includes('jpki.signature passed') && checks.includes('jpki.chain passed'));
    const bad = await idVerify(
      ...['inspect', file('card.pem', certificate), ...signed, file('other', '同意しません。')],
    );
    assert.equal(bad.code, 1);
    assert.match(bad.out, /✕ jpki\.signature {2}device_binding\/transaction/);
  });

  it('shows where bytes are refused, and goes on', async () => {
    // {"a": 1, "a": indefinite [1], "b": 0x1800}
    const hex = 'a361610161619f01ff61621800';
    const { code, out } = await idVerify('inspect', hex, '--json');
    assert.equal(code, 1);
    const marks: [number, string][] = [];
    const walk = (part: { offset: number; refused: string[]; parts: never[] }) => {
      for (const one of part.refused) marks.push([part.offset, one]);
      part.parts.forEach(walk);
    };
    walk(JSON.parse(out).tree);
    assert.deepEqual(marks, [[4, 'malformed/indefinite_length']]);
  });

  it('takes a megabyte, and no more', async () => {
    const long = file('long', new Uint8Array(2 ** 20 + 1));
    assert.equal((await idVerify('inspect', long)).code, 2);
    const deep = await idVerify('inspect', file('deep', new Uint8Array(2 ** 20).fill(0x81)));
    assert.equal(deep.code, 1);
  });

  it('makes a reader key with its request, which OpenSSL reads, and overwrites nothing', async () => {
    const words = [
      'new-keys',
      'reader',
      '--domain',
      'www.example.jp',
      '--organization',
      'サンプル',
      '--out',
      folder,
    ];
    assert.equal((await idVerify(...words)).code, 0);
    assert.equal(statSync(join(folder, 'reader.key')).mode & 0o777, 0o600);
    const openssl = new Promise<string>((resolve, reject) => {
      const options = ['req', '-noout', '-verify', '-text', '-in', join(folder, 'reader.csr')];
      execFile('openssl', options, (error, out, err) =>
        error ? reject(error) : resolve(out + err),
      );
    });
    assert.match(
      await openssl,
      /verify OK[\s\S]*DNS:www\.example\.jp|DNS:www\.example\.jp[\s\S]*verify OK/,
    );
    const before = readFileSync(join(folder, 'reader.key'), 'utf8');
    assert.equal((await idVerify(...words)).code, 3);
    assert.equal(readFileSync(join(folder, 'reader.key'), 'utf8'), before);
  });
});

describe('id-verify dev', () => {
  it('serves a page on a port of its own, until verified, with the lines it prints', async () => {
    const browser = await launchChromium();
    let html = '';
    const pages = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end(html);
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const page = `http://localhost:${(pages.address() as AddressInfo).port}`;
    const words = [COMMAND, 'dev', '--port', '0', '--origin', page];
    const server = spawn(process.execPath, words);
    let printed = '';
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    try {
      while (!printed.includes('or try it here')) await once(server.stdout, 'data');
      const [lines = ''] = /<script[\s\S]*<\/id-verify>/.exec(printed) ?? [];
      html = `<!doctype html><html lang="ja"><meta charset="utf-8">${lines}`;
      const tab = await browser.newPage();
      await tab.goto(page);
      await goByWallet(tab, 'ja');
      assert.match(printed, /session\.verified +identity wallet/);
    } finally {
      server.kill();
      pages.close();
      await browser.close();
    }
  });
});
