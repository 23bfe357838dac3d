import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pemBlocks } from './pem.ts';

const block = (label: string, body: string) =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

test('each block of the label, in order, whatever stands around it', () => {
  const text = `subject: x\n${block('CERTIFICATE', 'AQ\nI=')}${block('PRIVATE KEY', 'Aw==')}\r\n${block('CERTIFICATE', 'BA==')}`;
  assert.deepEqual(pemBlocks(text, 'CERTIFICATE'), [Uint8Array.of(1, 2), Uint8Array.of(4)]);
  assert.deepEqual(pemBlocks(text, 'PRIVATE KEY'), [Uint8Array.of(3)]);
  assert.deepEqual(pemBlocks(text, 'X509 CRL'), []);
});

test('a block without an end, of another end, or with other characters is none', () => {
  for (const text of [
    '-----BEGIN CERTIFICATE-----\nAQ==\n',
    block('CERTIFICATE', 'AQ==').replace('END CERTIFICATE', 'END KEY'),
    block('CERTIFICATE', 'AQ=='.replace('A', '*')),
    '/etc/ssl/certificate.pem',
  ]) {
    assert.deepEqual(pemBlocks(text, 'CERTIFICATE'), []);
  }
});

test('what is no base64 is refused', () => {
  assert.throws(() => pemBlocks(block('CERTIFICATE', 'A'), 'CERTIFICATE'), {
    code: 'malformed/base64url',
  });
});
