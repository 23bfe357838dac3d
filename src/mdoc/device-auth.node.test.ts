import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spkiOf } from '../../test/node-keys.ts';
import { generateKeyJwk } from '../crypto/web-crypto.ts';
import { docType, refusalOf, verify } from './verify.helper.ts';

test('a device MAC with a payload of its own is refused, though the tag is right', async () => {
  const readerKey = await generateKeyJwk();
  const { d: _, ...publicJwk } = readerKey;
  const macWith = spkiOf(publicJwk);
  assert.equal((await verify({ macWith }, { readerKey })).docType, docType);
  const refused = await refusalOf(
    verify(
      { macWith, edits: { deviceProof: ([p, u, , tag]) => [p, u, new Uint8Array(1), tag] } },
      { readerKey },
    ),
  );
  assert.equal(refused.code, 'device_binding/attached_payload');
});

test('a device MAC for whom no key waits is refused', async () => {
  const { d: _, ...publicJwk } = await generateKeyJwk();
  const refused = await refusalOf(verify({ macWith: spkiOf(publicJwk) }));
  assert.equal(refused.code, 'device_binding/no_reader_key');
});

test('a device signature with a payload of its own is refused', async () => {
  const refused = await refusalOf(
    verify({ edits: { deviceProof: ([p, u, , s]) => [p, u, new Uint8Array(1), s] } }),
  );
  assert.equal(refused.code, 'device_binding/attached_payload');
});
