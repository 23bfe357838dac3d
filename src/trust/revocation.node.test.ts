import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { createTestPki, issueIaca, issueSigner, issueStatusSigner } from '../testing/issuer/pki.ts';
import {
  packStatuses,
  STATUS,
  type StatusListPlan,
  statusListCwt,
  statusListJwt,
} from '../testing/issuer/status.ts';
import { type CrlPlan, revocationList } from '../testing/issuer/x509.ts';
import { parseCertificate } from './certificate.ts';
import { crlSource, fixedCrl } from './crl.ts';
import type { RevocationInput, RevocationSource } from './revocation.ts';
import { statusListSource } from './status-list.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const at = (hours: number) => new Date(NOW + hours * HOUR);
const pki = createTestPki();
const LIST = 'https://issuer.test.invalid/status';

async function problemsOf(source: RevocationSource, input: Partial<RevocationInput> = {}) {
  const problems: string[] = [];
  await source(
    {
      signer: parseCertificate(pki.signer.certificate),
      anchor: parseCertificate(pki.iaca.certificate),
      status: new Map([
        [
          'status_list',
          new Map<string, unknown>([
            ['idx', 5],
            ['uri', LIST],
          ]),
        ],
      ]),
      now: NOW,
      crypto: defaultCrypto(),
      ...input,
    },
    (code) => problems.push(code),
  );
  return problems;
}

const serving =
  (body: BodyInit, status = 200) =>
  async () =>
    new Response(body, { status });

const crl = (plan: Partial<CrlPlan> = {}) =>
  revocationList({
    issuer: pki.iaca,
    thisUpdate: at(-1),
    nextUpdate: at(1),
    revoked: [],
    ...plan,
  });
const revoked = [{ certificate: pki.signer.certificate, at: at(-2), reason: 1 }];
const another = issueSigner(pki.iaca).certificate;

const CRLS: readonly [string, Uint8Array | string, readonly string[]][] = [
  ['nobody is revoked', crl(), []],
  ['another signer is revoked', crl({ revoked: [{ certificate: another, at: at(-2) }] }), []],
  ['the signer is revoked', crl({ revoked }), ['revoked/signer']],
  ['out of date', crl({ revoked, nextUpdate: at(-0.5) }), ['undetermined/crl_stale']],
  ['from the future', crl({ thisUpdate: at(0.5) }), ['undetermined/crl_stale']],
  ['without nextUpdate', crl({ nextUpdate: undefined }), ['undetermined/crl_stale']],
  ['of a stranger of the same name', crl({ issuer: issueIaca() }), ['undetermined/crl_signature']],
  ['HTML', '<html></html>', ['undetermined/crl_unreadable']],
];
for (const [name, body, expected] of CRLS) {
  test(`CRL: ${name}`, async () => {
    const fetch = serving(body as BodyInit);
    assert.deepEqual(await problemsOf(crlSource({ fetch })), expected);
  });
}

test('CRL: unreachable, too large, or without an address', async () => {
  const failing = async () => Promise.reject(new TypeError('down'));
  const cases = [
    [crlSource({ fetch: failing }), 'undetermined/crl_unreachable'],
    [crlSource({ fetch: serving('', 404) }), 'undetermined/crl_unreachable'],
    [
      crlSource({ fetch: serving(crl() as BodyInit), maxBytes: 100 }),
      'undetermined/crl_unreadable',
    ],
  ] as const;
  for (const [source, code] of cases) assert.deepEqual(await problemsOf(source), [code]);
  const extensions = { crlDistributionPoint: undefined };
  const iaca = issueIaca({ extensions });
  const nowhere = {
    anchor: parseCertificate(iaca.certificate),
    signer: parseCertificate(issueSigner(iaca, { extensions }).certificate),
  };
  const source = crlSource({ fetch: serving(crl() as BodyInit) });
  assert.deepEqual(await problemsOf(source, nowhere), ['undetermined/crl_unreachable']);
});

test('CRL: kept until it is out of date, and an older one never replaces it', async () => {
  const bodies = [crl({ revoked }), crl({ thisUpdate: at(-3), nextUpdate: at(24) })];
  const asked: string[] = [];
  const source = crlSource({
    fetch: async (request) => {
      asked.push(request.url);
      return new Response((bodies[asked.length - 1] ?? '') as BodyInit);
    },
  });
  assert.deepEqual(await problemsOf(source), ['revoked/signer']);
  assert.deepEqual(await problemsOf(source), ['revoked/signer']);
  assert.equal(asked.length, 1);
  assert.deepEqual(await problemsOf(source, { now: +at(2) }), ['undetermined/crl_stale']);
  assert.equal(asked.length, 2);
});

test('CRL: configured by the operator', async () => {
  assert.deepEqual(await problemsOf(fixedCrl(crl({ revoked }))), ['revoked/signer']);
  assert.throws(() => fixedCrl(new Uint8Array(3)), { code: 'malformed/der' });
});

const plan = (status: number, more: Partial<StatusListPlan> = {}): StatusListPlan => ({
  signer: pki.statusSigner,
  uri: LIST,
  statuses: { 4: STATUS.invalid, 5: status, 6: STATUS.invalid },
  issuedAt: at(-1),
  expiresAt: at(1),
  ...more,
});
const bomb = packStatuses({ ...plan(0), size: 40_000_000 });

const STATUSES: readonly [string, StatusListPlan, readonly string[]][] = [
  ['valid', plan(STATUS.valid), []],
  ['invalid', plan(STATUS.invalid), ['revoked/document']],
  ['suspended', plan(STATUS.suspended), ['revoked/suspended']],
  ['application specific', plan(3), ['undetermined/status_unknown']],
  ['one bit', plan(STATUS.invalid, { bits: 1 }), ['revoked/document']],
  ['eight bits', plan(STATUS.suspended, { bits: 8 }), ['revoked/suspended']],
  ['no such index', plan(0, { size: 4, statuses: {} }), ['undetermined/status_unknown']],
  ['expired', plan(0, { expiresAt: at(-0.5) }), ['undetermined/status_stale']],
  ['from the future', plan(0, { issuedAt: at(0.5) }), ['undetermined/status_stale']],
  ['for another address', plan(0, { uri: `${LIST}2` }), ['undetermined/status_signature']],
  [
    'vouching for itself',
    plan(0, { signer: issueStatusSigner(issueIaca()) }),
    ['undetermined/status_signature'],
  ],
  [
    'signed with a reader certificate',
    plan(0, { signer: pki.reader }),
    ['undetermined/status_signature'],
  ],
  ['of another type', plan(0, { type: 'JWT' }), ['undetermined/status_unreadable']],
  ['not compressed', plan(0, { list: new Uint8Array(9) }), ['undetermined/status_unreadable']],
  ['a decompression bomb', plan(0, { list: bomb }), ['undetermined/status_unreadable']],
];
for (const [name, list, expected] of STATUSES) {
  test(`status list: ${name}`, async () => {
    for (const token of [statusListCwt(list), statusListJwt(list)]) {
      const source = statusListSource({ fetch: serving(token as BodyInit) });
      assert.deepEqual(await problemsOf(source), expected);
    }
  });
}

test('status list: an altered token', async () => {
  const jwt = statusListJwt(plan(STATUS.invalid));
  const [header, , signature] = jwt.split('.');
  const [, payload] = statusListJwt(plan(STATUS.valid)).split('.');
  const source = statusListSource({ fetch: serving(`${header}.${payload}.${signature}`) });
  assert.deepEqual(await problemsOf(source), ['undetermined/status_signature']);
});

test('status list: a document without status, and one with a status nobody knows', async () => {
  const source = statusListSource({ fetch: serving('') });
  assert.deepEqual(await problemsOf(source, { status: undefined }), []);
  const status = new Map([['x', 1]]);
  assert.deepEqual(await problemsOf(source, { status }), ['undetermined/status_unknown']);
});

/** How a server may behave that is slow, broken or hostile; an answer without an end ends with the call. */
const SERVERS: Readonly<Record<string, [string, (answer: ServerResponse) => void]>> = {
  'a redirect': [
    'undetermined/crl_unreachable',
    (it) => it.writeHead(302, { location: '/elsewhere' }).end(),
  ],
  'an error': ['undetermined/crl_unreachable', (it) => it.writeHead(500).end(crl())],
  'no content': ['undetermined/crl_unreachable', (it) => it.writeHead(204).end()],
  'an empty body': ['undetermined/crl_unreadable', (it) => it.end()],
  silence: ['undetermined/crl_unreachable', () => {}],
  'a broken connection': ['undetermined/crl_unreachable', (it) => it.destroy()],
  'a body that breaks off': [
    'undetermined/crl_unreachable',
    (it) => it.writeHead(200, { 'content-length': '5000' }).write(crl(), () => it.destroy()),
  ],
  'a body without an end': [
    'undetermined/crl_unreadable',
    (it) => {
      const more = () => it.write(new Uint8Array(65_536), (error) => error ?? more());
      more();
    },
  ],
  'a small body that grows': [
    'undetermined/crl_unreadable',
    (it) =>
      it.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(new Uint8Array(2_000_000))),
  ],
};

test('lists are fetched with limits, whatever the server does', async () => {
  let behave: (answer: ServerResponse) => void = (it) => it.end(crl());
  const server = createServer((_, answer) => behave(answer));
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;
  const crlDistributionPoint = `http://localhost:${port}/crl`;
  const identity = issueSigner(pki.iaca, { extensions: { crlDistributionPoint } });
  const signer = parseCertificate(identity.certificate);
  try {
    assert.deepEqual(await problemsOf(crlSource(), { signer }), []);
    for (const [what, [code, behaviour]] of Object.entries(SERVERS)) {
      behave = behaviour;
      const source = crlSource({
        timeoutMs: what === 'silence' ? 200 : 30_000,
        maxBytes: 1_000_000,
      });
      assert.deepEqual(await problemsOf(source, { signer }), [code], what);
    }
    behave = () => {};
    const stop = new AbortController();
    const asked = problemsOf(crlSource(), { signer, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await assert.rejects(asked, { message: 'stopped' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
