import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COSE_ALGORITHMS, coseScheme, joseScheme, requireScheme } from './algorithms.ts';
import type { EcCurve, PublicKey } from './public-key.ts';

const CURVES: readonly EcCurve[] = [
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
];
const KEYS = [...CURVES, 'Ed25519'] as const;
const key = (name: (typeof KEYS)[number]) =>
  (name === 'Ed25519' ? { type: 'Ed25519' } : { type: 'EC', curve: name }) as PublicKey;

/** What an algorithm may be used with, and what it then means. */
const COSE: Readonly<Record<number, readonly [hash: string, ...keys: string[]]>> = {
  [-7]: ['SHA-256', 'P-256', 'brainpoolP256r1'],
  [-35]: ['SHA-384', 'P-384', 'brainpoolP384r1'],
  [-36]: ['SHA-512', 'P-521', 'brainpoolP512r1'],
  [-8]: ['EdDSA', 'Ed25519'],
  [-9]: ['SHA-256', 'P-256'],
  [-51]: ['SHA-384', 'P-384'],
  [-52]: ['SHA-512', 'P-521'],
  [-19]: ['EdDSA', 'Ed25519'],
  [-265]: ['SHA-256', 'brainpoolP256r1'],
  [-267]: ['SHA-384', 'brainpoolP384r1'],
  [-268]: ['SHA-512', 'brainpoolP512r1'],
};
const JOSE: Readonly<Record<string, readonly [hash: string, ...keys: string[]]>> = {
  ES256: ['SHA-256', 'P-256'],
  ES384: ['SHA-384', 'P-384'],
  ES512: ['SHA-512', 'P-521'],
  EdDSA: ['EdDSA', 'Ed25519'],
  Ed25519: ['EdDSA', 'Ed25519'],
};
const schemeOf = (hash: string) => (hash === 'EdDSA' ? { kind: 'EdDSA' } : { kind: 'ECDSA', hash });
const refused = { code: 'unsupported/algorithm' };

test('each COSE algorithm goes with its own curves and no other', () => {
  assert.deepEqual([...COSE_ALGORITHMS].sort(), Object.keys(COSE).map(Number).sort());
  for (const [id, [hash, ...fitting]] of Object.entries(COSE)) {
    for (const name of KEYS) {
      const scheme = () => coseScheme(Number(id), key(name));
      if (fitting.includes(name)) assert.deepEqual(scheme(), schemeOf(hash), `${id} ${name}`);
      else assert.throws(scheme, refused, `${id} ${name}`);
    }
  }
});

test('each JOSE algorithm goes with its own curve and no other', () => {
  for (const [id, [hash, ...fitting]] of Object.entries(JOSE)) {
    for (const name of KEYS) {
      const scheme = () => joseScheme(id, key(name));
      if (fitting.includes(name)) assert.deepEqual(scheme(), schemeOf(hash), `${id} ${name}`);
      else assert.throws(scheme, refused, `${id} ${name}`);
    }
  }
});

test('what is not known is refused, `none` among it', () => {
  for (const id of ['none', 'HS256', 'ES256K', '', undefined, null, -7]) {
    assert.throws(() => joseScheme(id, key('P-256')), refused, String(id));
  }
  for (const id of ['ES256', 5, 0, undefined, null, '-7']) {
    assert.throws(() => coseScheme(id, key('P-256')), refused, String(id));
  }
  const rsa = { type: 'RSA' } as PublicKey;
  assert.throws(() => coseScheme(-7, rsa), refused);
  assert.throws(() => joseScheme('x'.repeat(100), rsa), {
    ...refused,
    message: `${'x'.repeat(32)} with a key of RSA`,
  });
});

test('a refusal names algorithm and key', () => {
  const names = ['ES256', 'ES384', 'ES512', 'EdDSA', 'ESP256', 'ESP384', 'ESP512', 'Ed25519'];
  const ids = [-7, -35, -36, -8, -9, -51, -52, -19, -265, -267, -268];
  for (const [index, name] of [...names, 'ESB256', 'ESB384', 'ESB512'].entries()) {
    const refuse = () => coseScheme(ids[index], { type: 'RSA' } as PublicKey);
    assert.throws(refuse, { ...refused, message: `${name} with a key of RSA` });
  }
});

test('a scheme is narrowed to the kind a key answers', () => {
  assert.doesNotThrow(() => requireScheme({ kind: 'EdDSA' }, 'EdDSA'));
  assert.throws(() => requireScheme({ kind: 'EdDSA' }, 'ECDSA'), refused);
});
