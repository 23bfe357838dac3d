import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refusal } from '../../test/refusal.ts';
import { concatBytes, equalBytes, fromBase64url, fromHex, toBase64url, toHex } from './bytes.ts';

test('base64url and hex agree with Node for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const node = Buffer.from(bytes);
      assert.equal(toBase64url(bytes), node.toString('base64url'));
      assert.deepEqual(fromBase64url(node.toString('base64url')), Uint8Array.from(bytes));
      assert.equal(toHex(bytes), node.toString('hex'));
      assert.deepEqual(fromHex(node.toString('hex').toUpperCase()), Uint8Array.from(bytes));
    }),
  );
});

test('base64url has one spelling only: whatever else decodes elsewhere is refused', () => {
  for (const text of ['A', 'AA==', 'A A', 'AB', 'AAB', '+/+/', 'AA\n', 'あいうえ', 'AAA\u0100']) {
    assert.equal(
      refusal(() => fromBase64url(text)),
      'malformed/base64url',
      text,
    );
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      let bytes: Uint8Array;
      try {
        bytes = fromBase64url(text);
      } catch {
        return;
      }
      assert.equal(toBase64url(bytes), text);
    }),
  );
});

test('hex is refused unless it is whole', () => {
  for (const text of ['0', '0g', ' 00', '0x00']) {
    assert.equal(
      refusal(() => fromHex(text)),
      'malformed/hex',
      text,
    );
  }
});

test('bytes are joined in order, and equal only in every place', () => {
  assert.deepEqual(concatBytes(fromHex('01'), fromHex(''), fromHex('0203')), fromHex('010203'));
  assert.ok(equalBytes(fromHex('0102'), fromHex('0102')));
  assert.ok(!equalBytes(fromHex('0102'), fromHex('0103')));
  assert.ok(!equalBytes(fromHex('0102'), fromHex('010200')));
});
