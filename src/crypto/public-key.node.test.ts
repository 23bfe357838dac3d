import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import * as der from '../testing/issuer/der.ts';
import { fromHex } from '../wire/bytes.ts';
import {
  coseKey,
  EC_CURVES,
  type EcCurve,
  isBrainpool,
  type PublicKey,
  publicKeyFromCose,
  publicKeyFromSpki,
  spkiOf,
} from './public-key.ts';

const CURVES = Object.keys(EC_CURVES) as EcCurve[];
const spkiFrom = (type: 'ec' | 'rsa' | 'ed25519', options: object = {}) =>
  new Uint8Array(
    generateKeyPairSync(type as 'ec', options as { namedCurve: string }).publicKey.export({
      type: 'spki',
      format: 'der',
    }),
  );
const point = (curve: EcCurve, first = 4, size = 2 * EC_CURVES[curve].size) => {
  const bytes = new Uint8Array(1 + size).fill(7);
  bytes[0] = first;
  return bytes;
};
const EC = der.oid('1.2.840.10045.2.1');
const ecSpki = (curve: EcCurve, bytes: Uint8Array) =>
  der.sequence(der.sequence(EC, der.oid(EC_CURVES[curve].oid)), der.bits(bytes));

/** A COSE_Key with these labels. */
const cose = (entries: Record<string, unknown>) =>
  publicKeyFromCose(new Map(Object.entries(entries).map(([key, value]) => [Number(key), value])));

test('each curve is read from a SubjectPublicKeyInfo and written back as it was', () => {
  for (const curve of CURVES) {
    const spki = spkiFrom('ec', { namedCurve: curve });
    const key = publicKeyFromSpki(spki);
    assert.ok(key.type === 'EC' && key.curve === curve);
    assert.equal(key.point.length, 1 + 2 * EC_CURVES[curve].size);
    assert.equal(isBrainpool(key), curve.startsWith('brainpool'));
    if (isBrainpool(key)) assert.throws(() => spkiOf(key), { code: 'unsupported/curve' });
    else assert.deepEqual(spkiOf(key), spki);
  }
});

test('Ed25519 and RSA are read and written back', () => {
  const ed = spkiFrom('ed25519');
  const key = publicKeyFromSpki(ed);
  assert.deepEqual(key, { type: 'Ed25519', point: ed.subarray(-32) });
  assert.deepEqual(spkiOf(key), ed);
  assert.equal(isBrainpool(key), false);
  const spki = spkiFrom('rsa', { modulusLength: 2048 });
  const rsa = publicKeyFromSpki(spki);
  assert.deepEqual(rsa, { type: 'RSA', bits: 2048, spki });
  assert.equal(spkiOf(rsa), spki);
  assert.equal(isBrainpool(rsa), false);
});

test('RSA is measured by its modulus, bit by bit', () => {
  const rsa = (modulus: Uint8Array) =>
    publicKeyFromSpki(
      der.sequence(
        der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nothing()),
        der.bits(der.sequence(der.tlv(0x02, modulus), der.integer(65_537n))),
      ),
    );
  const bits = (first: number, length: number, zero = false) => {
    const modulus = new Uint8Array(length).fill(0xff);
    modulus[0] = first;
    return zero ? Uint8Array.from([0, ...modulus]) : modulus;
  };
  const size = (key: PublicKey) => (key.type === 'RSA' ? key.bits : undefined);
  assert.equal(size(rsa(bits(0x80, 256, true))), 2048);
  assert.equal(size(rsa(bits(0x01, 257))), 2049);
  assert.equal(size(rsa(bits(0x7f, 512))), 4095);
  assert.throws(() => rsa(bits(0x7f, 256)), {
    code: 'unsupported/key',
    message: 'RSA key of 2047 bits',
  });
});

test('points are uncompressed and of the curve’s length', () => {
  const ec = (bytes: Uint8Array) => publicKeyFromSpki(ecSpki('P-256', bytes));
  assert.equal(ec(point('P-256')).type, 'EC');
  for (const first of [2, 3]) {
    for (const size of [32, 64]) {
      assert.throws(() => ec(point('P-256', first, size)), { code: 'unsupported/curve' });
    }
  }
  for (const first of [0, 1, 5, 6]) {
    assert.throws(() => ec(point('P-256', first)), { code: 'malformed/key' });
  }
  for (const size of [0, 63, 65, 96]) {
    assert.throws(() => ec(point('P-256', 4, size)), { code: 'malformed/key' });
  }
});

test('curves nobody named, and parameters that are no name', () => {
  const spki = (...parameters: Uint8Array[]) =>
    der.sequence(der.sequence(EC, ...parameters), der.bits(point('P-256')));
  for (const bad of [spki(), spki(der.sequence()), spki(der.oid('1.3.132.0.10'))]) {
    assert.throws(() => publicKeyFromSpki(bad), { code: 'unsupported/curve' });
  }
  const dsa = der.sequence(der.sequence(der.oid('1.2.840.10040.4.1')), der.bits(point('P-256')));
  assert.throws(() => publicKeyFromSpki(dsa), { code: 'unsupported/key' });
  for (const size of [31, 33]) {
    const ed = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bits(new Uint8Array(size)));
    assert.throws(() => publicKeyFromSpki(ed), { code: 'malformed/key' });
  }
});

test('a COSE_Key of each curve', () => {
  for (const curve of CURVES) {
    const { size, cose: crv } = EC_CURVES[curve];
    const half = new Uint8Array(size).fill(7);
    const key = cose({ 1: 2, '-1': crv, '-2': half, '-3': half });
    assert.deepEqual(key, { type: 'EC', curve, point: point(curve) });
  }
  const x = new Uint8Array(32).fill(7);
  assert.deepEqual(cose({ 1: 1, '-1': 6, '-2': x }), { type: 'Ed25519', point: x });
});

test('a COSE_Key that is not one', () => {
  const x = new Uint8Array(32);
  const refused: readonly (readonly [code: string, entries: Record<string, unknown>])[] = [
    ['unsupported/key', { 1: 3, '-1': 1, '-2': x, '-3': x }],
    ['unsupported/key', { 1: 4, '-2': x }],
    ['unsupported/key', { '-2': x }],
    ['malformed/key', { 1: 2, '-1': 1, '-3': x }],
    ['malformed/key', { 1: 2, '-1': 1, '-2': 'x', '-3': x }],
    ['malformed/key', { 1: 2, '-1': 1, '-2': x }],
    ['malformed/key', { 1: 2, '-1': 1, '-2': x, '-3': 'y' }],
    ['malformed/key', { 1: 2, '-1': 1, '-2': x, '-3': x.subarray(1) }],
    ['malformed/key', { 1: 1, '-1': 6, '-2': x.subarray(1) }],
    ['unsupported/curve', { 1: 1, '-1': 4, '-2': x }],
    ['unsupported/curve', { 1: 2, '-1': 6, '-2': x, '-3': x }],
    ['unsupported/curve', { 1: 2, '-1': 1, '-2': x, '-3': true }],
    ['unsupported/curve', { 1: 2, '-1': 1, '-2': x, '-3': false }],
  ];
  for (const [code, entries] of refused) {
    assert.throws(() => cose(entries), { code }, JSON.stringify(entries));
  }
});

test('the public half of a JWK as COSE_Key', () => {
  assert.deepEqual(
    coseKey({ x: 'AQ', y: 'Ag' }),
    new Map<number, number | Uint8Array>([
      [1, 2],
      [-1, 1],
      [-2, fromHex('01')],
      [-3, fromHex('02')],
    ]),
  );
});
