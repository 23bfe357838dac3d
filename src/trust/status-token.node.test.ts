import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { base64url, utf8 } from '../testing/issuer/bytes.ts';
import { encode } from '../testing/issuer/cbor.ts';
import { sign1 } from '../testing/issuer/cose.ts';
import { createTestPki } from '../testing/issuer/pki.ts';
import {
  identifierListCwt,
  type StatusListPlan,
  statusListCwt,
  statusListJwt,
} from '../testing/issuer/status.ts';
import { parseIdentifierList, parseStatusList } from './status-token.ts';

const pki = createTestPki({ curve: 'P-256' });
const crypto = defaultCrypto();
const AT = 1_800_000_000_000;
const plan = (changes: Partial<StatusListPlan> = {}): StatusListPlan => ({
  signer: pki.statusSigner,
  uri: 'https://lists.test/a',
  issuedAt: new Date(AT),
  statuses: { 3: 1, 4: 2 },
  size: 8,
  ...changes,
});
const FORMS = {
  CWT: (changes?: Partial<StatusListPlan>) => statusListCwt(plan(changes)),
  JWT: (changes?: Partial<StatusListPlan>) => utf8(statusListJwt(plan(changes))),
};
const malformed = { code: 'malformed/status_list' };

for (const [form, make] of Object.entries(FORMS)) {
  describe(`a status list as ${form}`, () => {
    it('tells each status, and none behind its end', async () => {
      for (const bits of [2, 4, 8] as const) {
        const { statusAt } = await parseStatusList(make({ bits }));
        assert.deepEqual([2, 3, 4, 8].map(statusAt), [0, 1, 2, undefined]);
      }
      const { statusAt } = await parseStatusList(make({ bits: 1, statuses: { 3: 1 } }));
      assert.deepEqual([2, 3, 4, 8].map(statusAt), [0, 1, 0, undefined]);
    });

    it('says from when to when it speaks, and when to ask again', async () => {
      const times = async (changes: Partial<StatusListPlan>) => {
        const { issuedAt, staleAt, refreshAfter } = await parseStatusList(make(changes));
        return [issuedAt, staleAt, refreshAfter];
      };
      const expiresAt = new Date(AT + 5_000);
      assert.deepEqual(await times({}), [AT, undefined, 0]);
      assert.deepEqual(await times({ expiresAt }), [AT, AT + 5_000, undefined]);
      assert.deepEqual(await times({ ttl: 7 }), [AT, undefined, 7_000]);
      assert.deepEqual(await times({ ttl: 7, expiresAt }), [AT, AT + 5_000, 7_000]);
    });

    it('is signed by the key of its certificate, or not', async () => {
      const { verify, uri } = await parseStatusList(make());
      assert.equal(uri, 'https://lists.test/a');
      assert.equal(await verify(crypto), true);
      const { keys } = createTestPki({ curve: 'P-256' }).statusSigner;
      const forged = await parseStatusList(make({ signer: { ...pki.statusSigner, keys } }));
      assert.equal(await forged.verify(crypto), false);
    });

    it('of another type, another width or not compressed is refused', async () => {
      await assert.rejects(parseStatusList(make({ type: 'other' })), malformed);
      await assert.rejects(parseStatusList(make({ bits: 3 as never, size: 8 })), malformed);
      await assert.rejects(parseStatusList(make({ list: Uint8Array.of(1, 2, 3) })), malformed);
    });
  });
}

describe('a token', () => {
  it('with more parts than a JWS, without a certificate or not of JSON is refused', async () => {
    const [header = '', payload = '', signature = ''] = statusListJwt(plan()).split('.');
    const parse = (...parts: string[]) => parseStatusList(utf8(parts.join('.')));
    await assert.rejects(parse(header, payload, signature, ''), malformed);
    await assert.rejects(parse(header, base64url(utf8('no')), signature), malformed);
    const bare = base64url(utf8(JSON.stringify({ alg: 'ES256', typ: 'statuslist+jwt', x5c: [] })));
    await assert.rejects(parse(bare, payload, signature), malformed);
    const { keys } = pki.statusSigner;
    const protectedHeader = new Map([[16, 'application/statuslist+cwt']]);
    const claims = encode(
      new Map<number, string | number>([
        [2, 'a'],
        [6, 1],
      ]),
    );
    const unsigned = encode(sign1({ keys, payload: claims, protected: protectedHeader }));
    await assert.rejects(parseStatusList(unsigned), malformed);
  });
});

describe('an identifier list', () => {
  it('has whom it lists, and nobody else', () => {
    const { statuses: _, ...common } = plan();
    const list = parseIdentifierList(
      identifierListCwt({ ...common, identifiers: [Uint8Array.of(7)] }),
    );
    assert.equal(list.has(Uint8Array.of(7)), true);
    assert.equal(list.has(Uint8Array.of(8)), false);
    assert.throws(() => parseIdentifierList(statusListCwt(plan())), malformed);
  });
});
