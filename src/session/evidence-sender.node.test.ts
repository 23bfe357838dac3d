import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { fromBase64url, toBase64url, utf8 } from '../wire/bytes.ts';
import { claimProofInput, type SessionStatus, type SessionView } from '../wire/contract.ts';
import { parseEnvelope } from '../wire/envelope.ts';
import { createKey, proveKey } from '../wire/session-key.ts';
import { sha256 } from '../wire/sha256.ts';
import { seal, WIDGET } from './evidence-sender.ts';

const ES256 = { name: 'ECDSA', hash: 'SHA-256' };
const challenge = toBase64url(new Uint8Array(32).fill(1));
const prev = toBase64url(new Uint8Array(32).fill(2));
const view = {
  id: 'session',
  challenge,
  audience: 'https://rp.example',
  origin: 'https://shop.example',
} as SessionView;
const status = { seq: 3, prev } as SessionStatus;

describe('the session’s key', () => {
  it('cannot be taken out of the browser', async () => {
    const { privateKey } = await createKey();
    assert.equal(privateKey.extractable, false);
    assert.deepEqual(privateKey.usages, ['sign']);
    await assert.rejects(crypto.subtle.exportKey('jwk', privateKey));
  });

  it('is proved for one session, one token and one origin', async () => {
    const key = await createKey();
    const { publicKey, proof } = await proveKey(key, 'session', 'a.token', 'https://shop.example');
    const verify = async (session: string, token: string, origin: string) => {
      const hash = toBase64url(await sha256(utf8(token)));
      const input = claimProofInput(session, hash, origin, publicKey);
      return crypto.subtle.verify(ES256, key.publicKey, fromBase64url(proof), input);
    };
    assert.equal(await verify('session', 'a.token', 'https://shop.example'), true);
    assert.equal(await verify('another', 'a.token', 'https://shop.example'), false);
    assert.equal(await verify('session', 'b.token', 'https://shop.example'), false);
    assert.equal(await verify('session', 'a.token', 'https://evil.example'), false);
  });
});

describe('sealing', () => {
  it('binds the body to session, origin and place, and signs it', async () => {
    const key = await createKey();
    const body = { request: 'r', data: { response: 'AAAA' } };
    const bytes = await seal(key, { view, status, method: 'wallet', body, at: 1_700_000_000_000 });
    const { payload, toBeSigned, signature } = parseEnvelope(bytes);
    assert.equal(
      await crypto.subtle.verify(ES256, key.publicKey, new Uint8Array(signature), toBeSigned),
      true,
    );
    const { challenge: named, prev: before, body: sealed, ...rest } = payload;
    assert.equal(toBase64url(named), challenge);
    assert.equal(toBase64url(before), prev);
    assert.ok(sealed instanceof Map && sealed.get('request') === 'r');
    assert.deepEqual(rest, {
      v: 1,
      sid: 'session',
      aud: 'https://rp.example',
      origin: 'https://shop.example',
      method: 'wallet',
      seq: 3,
      at: 1_700_000_000_000,
      widget: WIDGET,
    });
  });

  it('names this version of the package', () => {
    assert.equal(WIDGET, `${manifest.name}/${manifest.version}`);
  });
});
