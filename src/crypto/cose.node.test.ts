import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { type Bytes, utf8 } from '../wire/bytes.ts';
import type { CborValue } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { readCbor } from '../wire/reader.ts';
import { writeCbor } from '../wire/writer.ts';
import { readCose, signDetached, verifyMac0, verifySign1, x5chain } from './cose.ts';
import { coseKey, publicKeyFromCose } from './public-key.ts';
import { webCrypto } from './web-crypto.ts';

const header = (entries: [number, number][] = []) => writeCbor(new Map(entries));
const ES256 = header([[1, -7]]);
const PROOF = new Uint8Array(64);
const read = (...members: CborValue[]) => readCose(members, 'x');
const malformed = { code: 'malformed/structure' };

test('four members, each of its kind', () => {
  const message = read(ES256, new Map(), utf8('payload'), PROOF);
  assert.deepEqual(message.protectedHeader, new Map([[1, -7]]));
  assert.deepEqual(message.protectedBytes, ES256);
  assert.deepEqual(message.unprotectedHeader, new Map());
  assert.deepEqual(message.payload, utf8('payload'));
  assert.equal(message.proof, PROOF);
  assert.equal(read(ES256, new Map(), null, PROOF).payload, undefined);
  assert.deepEqual(read(new Uint8Array(), new Map(), null, PROOF).protectedHeader, new Map());
});

test('anything else is refused', () => {
  const wrong: CborValue[][] = [
    [],
    [ES256, new Map(), null],
    [ES256, new Map(), null, PROOF, null],
    ['a', new Map(), null, PROOF],
    [ES256, 'a', null, PROOF],
    [ES256, new Map(), 'a', PROOF],
    [ES256, new Map(), null, 'a'],
    [writeCbor(1), new Map(), null, PROOF],
  ];
  for (const members of wrong) assert.throws(() => readCose(members, 'x'), malformed);
  assert.throws(() => readCose(new Map(), 'x'), malformed);
  assert.throws(() => readCose(undefined, 'x'), malformed);
});

test('no header stands on both sides', () => {
  const both = () => read(ES256, new Map([[1, -7]]), null, PROOF);
  assert.throws(both, { code: 'malformed/cose_header' });
  assert.doesNotThrow(() => read(ES256, new Map([[33, PROOF]]), null, PROOF));
});

test('certificates: one, several, none, protected before unprotected', () => {
  const [a, b] = [utf8('a'), utf8('b')];
  const chain = (value?: CborValue) =>
    x5chain(read(ES256, new Map(value === undefined ? [] : [[33, value]]), null, PROOF));
  assert.deepEqual(chain(), []);
  assert.deepEqual(chain(a), [a]);
  assert.deepEqual(chain([a, b]), [a, b]);
  assert.throws(() => chain('a'), malformed);
  assert.throws(() => chain([a, 'b']), malformed);
  const protectedChain = writeCbor(new Map([[33, a]]));
  assert.deepEqual(x5chain(read(protectedChain, new Map(), null, PROOF)), [a]);
});

/** Signs as a reader does, and reads what was signed. */
async function signed(payload: Uint8Array, chain: readonly Uint8Array[]) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const structures: Uint8Array[] = [];
  const message = await signDetached(payload, chain, async (data) => {
    structures.push(data);
    const key = { key: keys.privateKey, dsaEncoding: 'ieee-p1363' as const };
    return new Uint8Array(sign('sha256', data, key));
  });
  const { x = '', y = '' } = keys.publicKey.export({ format: 'jwk' });
  const value = readCbor(writeCbor(message), MDOC_RULES);
  return {
    message: readCose(value, 'x'),
    key: publicKeyFromCose(coseKey({ x, y })),
    structure: readCbor(structures[0] ?? new Uint8Array(), MDOC_RULES),
  };
}

test('a detached signature covers context, protected header and payload, and verifies', async () => {
  const payload = utf8('payload');
  const { message, key, structure } = await signed(payload, [utf8('a')]);
  assert.deepEqual(structure, ['Signature1', ES256, new Uint8Array(), payload]);
  assert.deepEqual(message.protectedHeader, new Map([[1, -7]]));
  assert.equal(message.payload, undefined);
  assert.deepEqual(x5chain(message), [utf8('a')]);
  assert.equal(await verifySign1(message, payload, key, webCrypto), true);
  assert.equal(await verifySign1(message, utf8('another'), key, webCrypto), false);
  const chain = (await signed(payload, [utf8('a'), utf8('b')])).message;
  assert.deepEqual(x5chain(chain), [utf8('a'), utf8('b')]);
  await assert.rejects(signed(payload, []), { code: 'config/reader_chain' });
});

test('a critical header is not understood, a missing algorithm not guessed', async () => {
  const { key } = await signed(utf8('x'), [utf8('a')]);
  const verify = (head: Bytes) =>
    verifySign1(read(head, new Map(), null, PROOF), utf8('x'), key, webCrypto);
  const critical = writeCbor(
    new Map<number, CborValue>([
      [1, -7],
      [2, [1]],
    ]),
  );
  await assert.rejects(verify(critical), { code: 'unsupported/critical_header' });
  await assert.rejects(verify(header()), { code: 'unsupported/algorithm' });
});

test('a MAC covers context, protected header and payload', async () => {
  const key = new Uint8Array(32).fill(7);
  const payload = utf8('payload');
  const head = header([[1, 5]]);
  const tag = await webCrypto.hmac(key, writeCbor(['MAC0', head, new Uint8Array(), payload]));
  const verify = (changes: { head?: Bytes; tag?: Uint8Array; payload?: Uint8Array } = {}) =>
    verifyMac0(
      read(changes.head ?? head, new Map(), null, (changes.tag ?? tag) as Uint8Array<ArrayBuffer>),
      changes.payload ?? payload,
      key,
      webCrypto,
    );
  assert.equal(await verify(), true);
  assert.equal(await verify({ tag: tag.with(0, (tag[0] ?? 0) ^ 1) }), false);
  assert.equal(await verify({ tag: tag.subarray(1) }), false);
  assert.equal(await verify({ payload: utf8('another') }), false);
  await assert.rejects(verify({ head: ES256 }), { code: 'unsupported/algorithm' });
  await assert.rejects(verify({ head: header() }), { code: 'unsupported/algorithm' });
});
