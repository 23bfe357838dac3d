import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDer, TAG } from '../crypto/der.ts';
import * as der from '../testing/issuer/der.ts';
import { distinguishedName, nameText, readName } from './name.ts';

const pair = (oid: string, value: Uint8Array) => der.set(der.sequence(der.oid(oid), value));
const name = (...pairs: Uint8Array[]) => readName(readDer(der.sequence(...pairs), TAG.sequence));
const text = (oid: string, value: string) => pair(oid, der.utf8String(value));

test('of an attribute given twice the first counts, and both are kept', () => {
  const twice = name(text('2.5.4.3', 'first'), text('2.5.4.3', 'second'));
  assert.equal(nameText(twice), 'first');
  assert.deepEqual(twice.pairs, [
    ['2.5.4.3', 'first'],
    ['2.5.4.3', 'second'],
  ]);
});

test('what is no text is left out, what is no pair is refused', () => {
  assert.deepEqual(name(pair('2.5.4.3', der.integer(1n))).pairs, []);
  assert.throws(() => name(der.sequence()), { code: 'malformed/der' });
  assert.throws(() => readName(undefined), { code: 'malformed/der' });
});

test('without a common name everything else stands for it', () => {
  assert.equal(nameText(name(text('2.5.4.6', 'JP'), text('2.5.4.10', '機構'))), 'JP, 機構');
});

test('as one string it is last first, and escaped', () => {
  const made = name(text('2.5.4.6', 'JP'), text('2.5.4.3', '#a, b+c\0 '), text('1.2.3', ' x'));
  assert.equal(distinguishedName(made), '1.2.3=\\ x,CN=\\#a\\, b\\+c\\00\\ ,C=JP');
});
