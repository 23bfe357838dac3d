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
