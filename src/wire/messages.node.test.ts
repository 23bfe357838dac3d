/** What the messages are made of: each form, just inside and just outside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBody } from './body.ts';
import { confirmBody } from './confirm.ts';
import * as wire from './contract.ts';
import { imageAnswer, photoAnswer } from './photo.ts';
import type { Schema } from './schema.ts';
import { is } from './schema.ts';

const letters = (length: number) => 'A'.repeat(length);
const FORMS: Record<string, readonly [schema: Schema, fits: unknown[], not: unknown[]]> = {
  shortText: [wire.shortText, ['a', letters(300)], ['', letters(301), 1]],
  hash: [
    wire.hash,
    [letters(43), '-_09azAZ'.padEnd(43, 'A')],
    [letters(42), letters(44), '+'.repeat(43)],
  ],
  time: [wire.time, [0, 1, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, '0']],
  count: [wire.count, [0, 1], [-1, 0.5, '0']],
  identifier: [wire.identifier, ['a', letters(64), '-_9'], ['', letters(65), 'a b', 'é']],
  code: [
    wire.code,
    ['policy', 'policy/x_1', letters(32).toLowerCase(), `a/${'b'.repeat(48)}`],
    [
      '',
      'Policy',
      'a/',
      'a/b/c',
      '/b',
      'a'.repeat(33),
      `a/${'b'.repeat(49)}`,
      'a/B',
      'a1',
      'x a',
      'a/b ',
    ],
  ],
  token: [
    wire.token,
    [`${letters(22)}.${letters(43)}`],
    [
      letters(66),
      `${letters(21)}.${letters(43)}`,
      `${letters(22)}.${letters(44)}`,
      `x${letters(22)}.${letters(43)}`,
    ],
  ],
  text: [
    wire.text,
    [{ ja: 'x' }, { ja: 'x', en: 'y' }, { ja: 'x', 'zh-Hant': 'y', fil: 'z' }],
    [
      {},
      { en: 'x' },
      { ja: '' },
      { ja: 'x', EN: 'y' },
      { ja: 'x', e: 'y' },
      { ja: 'x', 'en-U': 'y' },
      'x',
    ],
  ],
  link: [
    wire.link,
    [
      'https://a.example/x',
      'http://localhost:1/',
      'http://127.0.0.1/',
      'http://[::1]/',
      `https://a.example/${letters(1_982)}`,
    ],
    [
      'http://a.example/',
      'javascript:alert(1)',
      'x',
      '',
      'ftp://localhost/',
      'http://localhost.example/',
      `https://a.example/${letters(1_983)}`,
    ],
  ],
  deviceLink: [
    wire.deviceLink,
    [
      'https://a.example/',
      'http://10.0.0.1/x',
      'http://192.168.1.2:8080/',
      'http://172.16.0.1/',
      'http://172.31.0.1/',
      'http://172.20.0.1/',
    ],
    [
      'http://11.0.0.1/',
      'http://172.15.0.1/',
      'http://172.32.0.1/',
      'http://10.0.0.1',
      'http://10.0.0.1.example/',
      'xhttp://10.0.0.1/',
      'http://10.999.999.999.9/',
    ],
  ],
  matchCode: [wire.matchCode, ['00', '47'], ['4', '471', 'a1', 47]],
  confirmBody: [
    confirmBody,
    [
      new Map<string, unknown>([['reviewHash', new Uint8Array(32)]]),
      new Map<string, unknown>([
        ['reviewHash', new Uint8Array(32)],
        ['disputed', true],
      ]),
    ],
    [
      new Map(),
      new Map([['reviewHash', new Uint8Array(31)]]),
      new Map([['reviewHash', 'x']]),
      new Map<string, unknown>([
        ['reviewHash', new Uint8Array(32)],
        ['disputed', false],
      ]),
      new Map<unknown, unknown>([
        ['reviewHash', new Uint8Array(32)],
        [1, 2],
      ]),
      { reviewHash: new Uint8Array(32) },
    ],
  ],
  imageAnswer: [
    imageAnswer,
    [
      { receipt: 'a', receivedAt: 0 },
      { receipt: letters(1_000), receivedAt: 0 },
    ],
    [
      { receipt: '', receivedAt: 0 },
      { receipt: letters(1_001), receivedAt: 0 },
      { receipt: 'a b', receivedAt: 0 },
    ],
  ],
};

for (const [name, [schema, fits, not]] of Object.entries(FORMS)) {
  test(`${name}, just inside and just outside`, () => {
    for (const value of fits) assert.ok(is(schema, value), JSON.stringify(value));
    for (const value of not) assert.ok(!is(schema, value), JSON.stringify(value));
  });
}

const opened = {
  id: letters(22),
  status: {
    state: 'awaiting',
    version: 1,
    now: 1,
    expiresAt: 2,
    attemptsLeft: 5,
    seq: 0,
    prev: letters(43),
  },
  challenge: letters(43),
  audience: 'https://a.example/id-verify',
  origin: 'https://a.example',
  profile: 'identity',
  environment: 'production',
  relyingParty: {
    name: { ja: '店' },
    legalName: '株式会社 店',
    mark: '店',
    privacyPolicy: 'https://a.example/privacy',
  },
  purpose: { ja: '確認のため' },
  claims: [{ claim: 'name', purpose: { ja: '確認のため' }, retainDays: 0 }],
  methods: [
    { method: 'wallet' },
    { method: 'jpki', app: { ja: 'アプリ' }, addToWallet: 'https://a.example/add' },
    { method: 'photo', documents: ['passport'], gestures: true, files: false },
  ],
  transferable: true,
  individualNumberBasis: { ja: '法' },
};
const handoffStatus = {
  id: 'h1',
  rung: 'jpki',
  phase: 'waiting',
  expiresAt: 2,
  code: 'policy',
  notice: 'policy',
  payload: 'https://a.example/h',
  transactionDigest: letters(43),
  statementHash: letters(43),
};
const status = {
  ...opened.status,
  method: 'wallet',
  code: 'policy',
  reason: { ja: '理由' },
  handoff: handoffStatus,
  role: 'sole',
  transfer: { phase: 'waiting', expiresAt: 2, code: 'policy', method: 'wallet' },
  ref: `${letters(22)}.${letters(43)}`,
};
const session = {
  ...opened,
  status,
  handedOver: { startedAt: 1, device: 'phone' },
};
const token = `${letters(22)}.${letters(43)}`;

/** Each message, with everything it may hold, and the keys that may be absent. */
const MESSAGES: Record<
  string,
  readonly [schema: Schema, message: object, optional: readonly string[]]
> = {
  openAnswer: [
    wire.openAnswer,
    { token, session: opened },
    ['legalName', 'mark', 'privacyPolicy', 'addToWallet', 'transferable', 'individualNumberBasis'],
  ],
  openBody: [wire.openBody, { profile: 'identity', methods: ['wallet', 'photo'] }, ['methods']],
  claimBody: [
    wire.claimBody,
    {
      publicKey: { kty: 'EC', crv: 'P-256', x: letters(43), y: letters(43) },
      proof: letters(86),
      code: '47',
    },
    ['code'],
  ],
  handoffStatus: [
    wire.handoffStatus,
    handoffStatus,
    ['code', 'notice', 'payload', 'transactionDigest', 'statementHash'],
  ],
  walletAnswer: [
    wire.walletAnswer,
    {
      id: 'q1',
      now: 1,
      expiresAt: 2,
      requests: [
        { protocol: 'org-iso-mdoc', data: { deviceRequest: 'AA', encryptionInfo: 'AA' } },
        { protocol: 'openid4vp-v1-signed', data: { request: 'a.b.c' } },
        {
          protocol: 'openid4vp-v1-multisigned',
          data: { payload: 'AA', signatures: [{ protected: 'AA', signature: 'AA' }] },
        },
      ],
    },
    [],
  ],
  transferBody: [wire.transferBody, { proof: letters(86), method: 'wallet' }, ['method']],
  transferAnswer: [
    wire.transferAnswer,
    { link: 'https://a.example/#id-verify=x', code: '47', now: 1, expiresAt: 2 },
    [],
  ],
  handoffBody: [wire.handoffBody, { rung: 'jpki' }, []],
  handoffAnswer: [
    wire.handoffAnswer,
    {
      id: 'h1',
      rung: 'jpki',
      now: 1,
      expiresAt: 2,
      code: '47',
      links: { qr: 'https://a.example/', here: 'https://a.example/', copy: 'https://a.example/' },
      rotating: false,
      statement: { ja: '同意' },
    },
    ['copy', 'ja'],
  ],
  photoAnswer: [
    photoAnswer,
    {
      id: 'p1',
      now: 1,
      expiresAt: 2,
      documents: [{ id: 'passport', steps: ['data-page', 'face'] }],
      gestures: ['smile'],
      spares: ['closer'],
      limits: { bytes: 1, minLongSide: 1, maxLongSide: 1, tries: 1 },
      files: false,
    },
    [],
  ],
  confirmAnswer: [
    wire.confirmAnswer,
    { outcome: 'verified', code: 'policy', status: opened.status },
    ['code'],
  ],
  evidenceAnswer: [
    wire.evidenceAnswer,
    {
      outcome: 'review',
      checks: [{ id: 'mdoc.digests', outcome: 'passed' }],
      code: 'policy',
      status: opened.status,
    },
    ['code'],
  ],
  reviewAnswer: [
    wire.reviewAnswer,
    {
      method: 'wallet',
      hideAt: 1,
      salt: letters(43),
      items: [
        { kind: 'text', claim: 'name', value: '花子', match: 'match' },
        { kind: 'boolean', claim: 'age_over_20', value: true, match: 'mismatch' },
        { kind: 'image', claim: 'portrait', type: 'image/jpeg', value: 'AA' },
      ],
    },
    ['salt', 'match'],
  ],
};

/** Every message with one thing about it changed, and where. */
function* changed(
  value: unknown,
  path = '',
): Generator<[where: string, changed: unknown, key: string]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [where, other, key] of changed(item, `${path}/${index}`)) {
        yield [where, value.with(index, other), key];
      }
    }
    yield [`${path} as an object`, { ...value }, ''];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      yield [`${path}/${key} left out`, rest, key];
      for (const [where, other, inner] of changed(item, `${path}/${key}`)) {
        yield [where, { ...value, [key]: other }, inner];
      }
    }
    yield [`${path} with more`, { ...value, Unknown: 1 }, ''];
  } else {
    yield [`${path} of another type`, typeof value === 'string' ? 1 : 'x', ''];
    yield [`${path} null`, null, ''];
  }
}

for (const [name, [schema, message, optional]] of Object.entries(MESSAGES)) {
  test(`${name}: as it is, and with nothing else about it`, () => {
    assert.ok(is(schema, message));
    for (const [where, other, key] of changed(message)) {
      const mayBe = where.endsWith(' left out') && optional.includes(key);
      assert.equal(is(schema, other), mayBe, where);
    }
  });
}

test('where a session stands, with all that may be said of it', () => {
  assert.ok(is(wire.sessionStatus, status));
  assert.ok(is(wire.sessionView, session));
  assert.ok(is(wire.claimAnswer, { token, session }));
  for (const key of ['method', 'code', 'reason', 'handoff', 'role', 'transfer', 'ref']) {
    const { [key as 'ref']: _, ...rest } = status;
    assert.ok(is(wire.sessionStatus, rest), key);
    assert.ok(!is(wire.sessionStatus, { ...status, [key]: 1 }), key);
  }
  for (const state of wire.SESSION_STATES) assert.ok(is(wire.sessionStatus, { ...status, state }));
  assert.ok(!is(wire.sessionStatus, { ...status, state: 'idle' }));
  assert.ok(!is(wire.sessionStatus, { ...status, Unknown: 1 }));
  for (const role of ['sole', 'sender', 'follower']) {
    assert.ok(is(wire.sessionStatus, { ...status, role }));
  }
});

test('each word of a list of words, and no other', () => {
  const evidence = MESSAGES.evidenceAnswer?.[1] ?? {};
  for (const outcome of ['review', 'pending', 'refused']) {
    assert.ok(is(wire.evidenceAnswer, { ...evidence, outcome }));
  }
  const confirm = MESSAGES.confirmAnswer?.[1] ?? {};
  for (const outcome of ['verified', 'pending', 'disputed', 'refused']) {
    assert.ok(is(wire.confirmAnswer, { ...confirm, outcome }));
  }
  for (const outcome of ['passed', 'failed', 'undetermined']) {
    assert.ok(is(wire.checkOutcome, outcome));
  }
  for (const phase of [
    'waiting',
    'scanned',
    'in_app',
    'card_read',
    'completing',
    'declined',
    'failed',
    'expired',
    'replaced',
  ]) {
    assert.ok(is(wire.handoffPhase, phase));
  }
  assert.ok(!is(wire.handoffPhase, 'other') && !is(wire.checkOutcome, 'other'));
});

test('values of a message that has a list of them', () => {
  const fits = (changes: object) =>
    is(wire.openAnswer, { token, session: { ...opened, ...changes } });
  assert.ok(fits({ environment: 'test' }));
  assert.ok(!fits({ environment: 'other' }));
  assert.ok(!fits({ transferable: false }));
  assert.ok(fits({ claims: [] }));
  assert.ok(!fits({ methods: [...opened.methods, ...opened.methods] }));
  assert.ok(!fits({ methods: [{ ...opened.methods[2], documents: [] }] }));
  assert.ok(!fits({ relyingParty: { name: { ja: 'x' }, mark: 'xxx' } }));
  assert.ok(!fits({ status: { ...opened.status, state: 'done' } }));
  for (const methods of [
    [],
    ['cash'],
    ['wallet', 'wallet', 'wallet', 'wallet', 'wallet', 'wallet'],
  ]) {
    assert.ok(!is(wire.openBody, { profile: 'identity', methods }));
  }
});

test('names of claims: those of the list, and ages of two digits', () => {
  for (const name of [...wire.NAMED_CLAIMS, 'age_over_18', 'age_over_20']) {
    assert.ok(is(wire.claimName, name), name);
  }
  for (const name of [
    'age_over_7',
    'age_over_200',
    'age_over_1x',
    'age_over_x1',
    'xage_over_20',
    'x',
  ]) {
    assert.ok(!is(wire.claimName, name), name);
  }
});

test('a problem has a title, a status and a code, and may say more', () => {
  const problem = { title: 'x', status: 400, code: 'malformed/request' };
  assert.ok(is(wire.problem, problem) && is(wire.problem, { ...problem, detail: 'y', type: 'z' }));
  for (const key of Object.keys(problem)) {
    assert.ok(!is(wire.problem, { ...problem, [key]: undefined }), key);
  }
});

test('texts within messages, just inside and just outside', () => {
  const claim = MESSAGES.claimBody?.[1] ?? {};
  for (const proof of [letters(85), letters(87), `+${letters(85)}`, `${letters(86)} `]) {
    assert.ok(!is(wire.claimBody, { ...claim, proof }), proof);
  }
  const iso = (deviceRequest: string) =>
    is(wire.walletRequest, {
      protocol: 'org-iso-mdoc',
      data: { deviceRequest, encryptionInfo: 'AA' },
    });
  assert.ok(iso('') && iso('-_09azAZ'));
  assert.ok(!iso('+AA') && !iso('AA=') && !iso('A A'));
  const plain = { protocol: 'openid4vp-v1-unsigned', data: { nonce: 'x', dcql_query: {} } };
  assert.ok(is(wire.walletRequest, plain));
  assert.ok(!is(wire.walletRequest, { ...plain, data: 'x' }));
  assert.ok(!is(wire.walletRequest, { ...plain, protocol: 'other' }));
  const evidence = MESSAGES.evidenceAnswer?.[1] ?? {};
  const check = (id: string) =>
    is(wire.evidenceAnswer, { ...evidence, checks: [{ id, outcome: 'passed' }] });
  assert.ok(check('a.b_1') && check('a'.repeat(64)));
  assert.ok(!check('A') && !check('') && !check('a'.repeat(65)) && !check('-a') && !check('a-'));
  const review = MESSAGES.reviewAnswer?.[1] ?? {};
  const item = (changes: object) =>
    is(wire.reviewAnswer, {
      ...review,
      items: [{ kind: 'text', claim: 'name', value: 'x', ...changes }],
    });
  for (const match of ['match', 'mismatch', 'undetermined']) {
    assert.ok(item({ match }));
    assert.ok(item({ kind: 'boolean', claim: 'age_over_20', value: true, match }));
  }
  assert.ok(!item({ match: 'other' }) && !item({ kind: 'other' }));
  for (const type of ['image/jpeg', 'image/jp2']) {
    assert.ok(item({ kind: 'image', claim: 'portrait', type, value: 'AA' }));
  }
  assert.equal(wire.EVIDENCE_TYPE, 'application/cose');
});

test('a body that does not fit is refused by its own code', () => {
  assert.throws(() => parseBody(confirmBody, new Map()), { code: 'malformed/envelope_body' });
});

test('what keys sign to claim and to transfer, line by line', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'X', y: 'Y' } as const;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.equal(
    text(wire.claimProofInput('id', 'hash', 'https://a.example', key)),
    'id-verify claim v1\nid\nhash\nhttps://a.example\nX\nY',
  );
  assert.equal(
    text(wire.transferProofInput('id', 'hash', 'https://a.example')),
    'id-verify transfer v1\nid\nhash\nhttps://a.example',
  );
});
