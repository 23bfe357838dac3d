import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptDeviceResponse } from '../../src/mdoc/hpke.ts';
import { createOpenId4VpSession } from '../../src/mdoc/openid4vp.ts';
import { readOpenId4VpResponse } from '../../src/mdoc/openid4vp-response.ts';

import { MDOC_RULES } from '../../src/wire/cbor-rules.ts';
import { readCbor } from '../../src/wire/reader.ts';
import { refusal } from '../refusal.ts';

const SIZE = MDOC_RULES.maxBytes;
const uint32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

/** As many copies of `part` in an array as the size allows. */
function arrayOf(part: Uint8Array, limit = SIZE): Uint8Array {
  const count = Math.floor((limit - 5) / part.length);
  const bytes = new Uint8Array(5 + count * part.length);
  bytes.set([0x9a, ...uint32(count)]);
  for (let i = 0; i < count; i++) bytes.set(part, 5 + i * part.length);
  return bytes;
}

/** A map whose keys come in the order given. */
function mapOf(keys: number[][]): Uint8Array {
  return Uint8Array.from([
    0xb9,
    keys.length >> 8,
    keys.length & 255,
    ...keys.flatMap((key) => [...key, 0]),
  ]);
}

const numbers = (count: number, step: number) =>
  Array.from({ length: count }, (_, i) => [0x1a, ...uint32((count - i) * step)]);
const longKeys = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => [
    0x79,
    length >> 8,
    length & 255,
    ...Array(length - 2).fill(0x61),
    0x30 + ((count - i) >> 6),
    0x30 + ((count - i) & 63),
  ]);

/** Each takes what it attacks to the limit. */
const BOMBS: Record<string, Uint8Array> = {
  'nothing but array heads': new Uint8Array(SIZE).fill(0x81),
  'an array that declares 4 billion items': Uint8Array.from([0x9a, 255, 255, 255, 255, 0]),
  'the most items': arrayOf(Uint8Array.of(0), MDOC_RULES.maxItems),
  'a bignum of 1 MB': Uint8Array.from([
    0xc2,
    0x5a,
    ...uint32(1_000_000),
    ...new Uint8Array(1_000_000),
  ]),
  'maps whose keys collide in a hash table': arrayOf(mapOf(numbers(1_024, 4_096)), 140_000),
  'the largest map with long keys of one beginning, backwards': mapOf(longKeys(1_024, 2_000)),
  'small maps with long keys of one beginning, backwards': mapOf(longKeys(16, 60_000)),
  'text of four-byte characters': Uint8Array.from([
    0x7a,
    ...uint32(2_000_000),
    ...Buffer.from('😀'.repeat(500_000)),
  ]),
  'the most tags': arrayOf(Uint8Array.of(0xd8, 24, 0x40), 70_000),
  'the deepest nesting, over and over': arrayOf(
    Uint8Array.from([...Array(15).fill(0x81), 0]),
    48_000,
  ),
};

for (const [name, bytes] of Object.entries(BOMBS)) {
  test(`bomb: ${name}, within 50 ms of CPU`, (context) => {
    // Several times, so that the compiler's own time is not taken for the input's.
    const runs = Array.from({ length: 4 }, () => {
      const before = process.cpuUsage();
      const code = refusal(() => readCbor(bytes, MDOC_RULES));
      const { user, system } = process.cpuUsage(before);
      return { code, ms: (user + system) / 1000 };
    });
    const ms = Math.min(...runs.map((run) => run.ms));
    context.diagnostic(`${bytes.length} bytes, ${runs[0]?.code ?? 'accepted'}, ${ms} ms`);
    assert.ok(ms < 50, `${ms} ms`);
  });
}

test('an answer of 100 MB is refused before anything of it is decoded', async () => {
  const response = 'A'.repeat(100_000_000);
  const session = await createOpenId4VpSession();
  const { privateKey } = session;
  const sessionTranscript = new Uint8Array(1);
  const calls = [
    () => decryptDeviceResponse({ response, privateKey, sessionTranscript }),
    () => readOpenId4VpResponse({ response }, session),
    () => readOpenId4VpResponse({ vp_token: { document: [response] } }, session, 'dc_api'),
  ];
  for (const call of calls) {
    const before = process.cpuUsage();
    await assert.rejects(call(), { code: 'limit/bytes' });
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1_000 < 50);
  }
});
