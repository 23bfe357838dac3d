import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { revocationList } from '../testing/issuer/x509.ts';
import { createCards } from '../testing/phone/card.ts';
import { parseCertificate } from './certificate.ts';
import { asksAddresses, crlSource, fixedCrl } from './crl.ts';
import { type DirectoryPlace, directoryCrl } from './directory-crl.ts';
import type { RevocationInput, RevocationSource } from './revocation.ts';

const now = Date.now();
const at = (days: number) => new Date(now + days * 86_400_000);
const maker = createCards(() => now);
const { cards, root } = maker;

const inputOf = (state: keyof typeof cards = 'good'): RevocationInput => ({
  signer: parseCertificate(cards[state].certificate),
  anchor: parseCertificate(root.certificate),
  status: undefined,
  now,
  crypto: defaultCrypto(),
});

async function codesOf(source: RevocationSource, input = inputOf()): Promise<string[]> {
  const found: string[] = [];
  await source(input, (code, facts) => {
    found.push(code);
    assert.doesNotMatch(JSON.stringify(facts ?? {}), /△△市|〇〇県/u, 'where the person lives');
  });
  return found;
}

describe('a list in a directory', () => {
  it('is asked for by the name of its place, and judged as any list', async () => {
    const places: DirectoryPlace[] = [];
    const source = directoryCrl(async (place) => {
      places.push(place);
      return maker.crl();
    });
    assert.deepEqual(await codesOf(source), []);
    assert.deepEqual(await codesOf(source, inputOf('revoked')), ['revoked/signer']);
    assert.equal(
      places[0]?.name,
      'CN=△△市,OU=〇〇県,OU=CRL Distribution Points,OU=JPKI for digital signature,O=JPKI-TEST,C=JP',
    );
    assert.equal(places[0]?.encoded[0], 0x30);
  });

  it('of another municipality, of a stranger, stale or none: undetermined', async () => {
    const list = { issuer: root, thisUpdate: at(-1), nextUpdate: at(1), revoked: [] };
    const elsewhere = { '2.5.29.28': new Uint8Array([0x30, 4, 0xa0, 2, 0xa0, 0]) };
    for (const [fetcher, code] of [
      [async () => revocationList({ ...list, critical: elsewhere }), 'undetermined/crl_scope'],
      [async () => revocationList({ ...list, nextUpdate: at(-0.5) }), 'undetermined/crl_stale'],
      [
        async () => revocationList({ ...list, issuer: { ...root, keys: cards.good.keys } }),
        'undetermined/crl_signature',
      ],
      [async () => new Uint8Array(9), 'undetermined/crl_unreadable'],
      [async () => Promise.reject(new TypeError('closed')), 'undetermined/crl_unreachable'],
    ] as const) {
      assert.deepEqual(await codesOf(directoryCrl(fetcher)), [code]);
    }
    assert.deepEqual(await codesOf(directoryCrl(async () => revocationList(list))), []);
  });

  it('that leaves other certificates out is none for a certificate without that place', async () => {
    const scoped = fixedCrl(maker.crl());
    const input = { ...inputOf(), signer: parseCertificate(root.certificate) };
    assert.deepEqual(await codesOf(scoped, input), ['undetermined/crl_scope']);
  });

  it('is not for a source that knows addresses: nothing is fetched', async () => {
    const source = crlSource({
      fetch: async () => assert.fail('something was fetched'),
    });
    assert.deepEqual(await codesOf(source), ['undetermined/crl_directory']);
    assert.equal(asksAddresses(source), true);
    assert.equal(asksAddresses(directoryCrl(async () => maker.crl())), false);
  });
});
