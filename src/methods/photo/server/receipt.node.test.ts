import assert from 'node:assert/strict';
import { it } from 'node:test';
import { defaultCrypto } from '../../../crypto/node-crypto.ts';
import { isReceipt, receiptFor } from './receipt.ts';

const crypto = defaultCrypto();
const [key, older, stranger] = [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const received = { hash: `${'h'.repeat(42)}A`, receivedAt: 1_000 };

it('a receipt is what this server says, by any of its keys', async () => {
  const receipt = await receiptFor(crypto, older, 'session', received);
  const by = (keys: Uint8Array[], session = 'session', said = received) =>
    isReceipt(receipt, crypto, keys, session, said);
  assert.equal(await by([key, older]), true);
  assert.equal(await by([key]), false);
  assert.equal(await by([stranger]), false);
  assert.equal(await by([]), false);
});

it('of another session, time or picture it is none', async () => {
  const receipt = await receiptFor(crypto, key, 'session', received);
  const said = (session: string, what: typeof received) =>
    isReceipt(receipt, crypto, [key], session, what);
  assert.equal(await said('session', received), true);
  assert.equal(await said('other', received), false);
  assert.equal(await said('session', { ...received, receivedAt: 1_001 }), false);
  assert.equal(await said('session', { ...received, hash: `${'g'.repeat(42)}A` }), false);
});
