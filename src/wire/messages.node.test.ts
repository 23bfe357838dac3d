/** What the messages are made of: each form, just inside and just outside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBody } from './body.ts';
import { confirmBody } from './confirm.ts';
import * as wire from './contract.ts';
import { imageAnswer } from './photo.ts';
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
/** Keys that may be absent. */
const OPTIONAL = [
  'legalName',
  'mark',
  'privacyPolicy',
  'addToWallet',
  'transferable',
  'individualNumberBasis',
  'methods',
  'detail',
];
const MESSAGES: Record<string, readonly [schema: Schema, message: object]> = {
  openAnswer: [wire.openAnswer, { token: `${letters(22)}.${letters(43)}`, session: opened }],
  openBody: [wire.openBody, { profile: 'identity', methods: ['wallet', 'photo'] }],
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

for (const [name, [schema, message]] of Object.entries(MESSAGES)) {
  test(`${name}: as it is, and with nothing else about it`, () => {
    assert.ok(is(schema, message));
    let count = 0;
    for (const [where, other, key] of changed(message)) {
      count++;
      const mayBeAbsent = where.endsWith(' left out') && OPTIONAL.includes(key);
      const isRequiredList = name === 'openAnswer' && key === 'methods';
      assert.equal(is(schema, other), mayBeAbsent && !isRequiredList, where);
    }
    assert.ok(count > 4);
  });
}

test('values of a message that has a list of them', () => {
  const [schema, { session, ...rest }] = MESSAGES.openAnswer as [
    Schema,
    { session: typeof opened },
  ];
  const fits = (changes: object) => is(schema, { ...rest, session: { ...session, ...changes } });
  assert.ok(fits({ environment: 'test' }));
  assert.ok(!fits({ environment: 'other' }));
  assert.ok(!fits({ transferable: false }));
  assert.ok(fits({ claims: [] }));
  assert.ok(!fits({ methods: [...session.methods, ...session.methods] }));
  assert.ok(!fits({ methods: [{ ...session.methods[2], documents: [] }] }));
  assert.ok(!fits({ relyingParty: { name: { ja: 'x' }, mark: 'xxx' } }));
  assert.ok(!fits({ status: { ...session.status, state: 'done' } }));
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
