import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Page, site } from '../../test/verifier/harness.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { utf8 } from '../wire/bytes.ts';
import type { PublicKey } from '../wire/contract.ts';
import { createKey, type SessionKey, sign } from '../wire/session-key.ts';
import { requireSignature, verifyEvidence } from './signature.ts';

const crypto = defaultCrypto();
const jwkOf = async ({ publicKey }: SessionKey) =>
  (await globalThis.crypto.subtle.exportKey('jwk', publicKey)) as PublicKey;

describe('a signature of a session’s key', () => {
  it('is good for its key and its data only, by the code of whoever asks', async () => {
    const [key, other] = await Promise.all([createKey(), createKey()]);
    const data = utf8('data');
    const made = await sign(key, data);
    await requireSignature(crypto, await jwkOf(key), data, made, 'session/proof');
    const by = (publicKey: PublicKey, text: string) =>
      requireSignature(crypto, publicKey, utf8(text), made, 'session/proof');
    await assert.rejects(by(await jwkOf(other), 'data'), { code: 'session/proof' });
    await assert.rejects(by(await jwkOf(key), 'other'), { code: 'session/proof' });
  });

  it('of an envelope gives what it says, by the crypto of the runtime or one given', async () => {
    const page = await Page.open(site(), 'adult');
    const publicKey = await jwkOf(page.key);
    const envelope = await page.seal({ n: 1 });
    for (const more of [{}, { crypto }]) {
      const payload = await verifyEvidence({ envelope, publicKey, ...more });
      assert.equal(payload.sid, page.view.id);
    }
    const other = await jwkOf(await createKey());
    await assert.rejects(verifyEvidence({ envelope, publicKey: other }), {
      code: 'session/signature',
    });
    await assert.rejects(verifyEvidence({ envelope: 'no' as never, publicKey }), {
      code: 'config/option',
    });
  });
});
