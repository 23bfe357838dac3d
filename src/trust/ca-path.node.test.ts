import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { newKeys } from '../testing/issuer/keys.ts';
import { certify, type Extensions, type Identity } from '../testing/issuer/x509.ts';
import { pathProblem } from './ca-path.ts';
import { parseCertificate } from './certificate.ts';

const NOW = Date.now();
const DAY = 86_400_000;
const at = (days: number) => new Date(NOW + days * DAY);

interface Plan {
  readonly by?: Identity;
  readonly extensions?: Extensions;
  readonly from?: number;
  readonly until?: number;
}

const issued = (name: string, { by, extensions, from = -1, until = 1 }: Plan = {}): Identity =>
  certify({
    subject: { CN: name, C: 'JP' },
    keys: newKeys(),
    issuer: by,
    notBefore: at(from),
    notAfter: at(until),
    extensions: { basicConstraints: { ca: false }, ...extensions },
  });
const CA: Extensions = { basicConstraints: { ca: true }, keyUsage: ['keyCertSign'] };

const problem = (chain: readonly Identity[], trusted: readonly Identity[]) =>
  pathProblem({
    chain: chain.map(({ certificate }) => parseCertificate(certificate)),
    trusted: trusted.map(({ certificate }) => parseCertificate(certificate)),
    now: NOW,
    crypto: defaultCrypto(),
  });

const root = issued('root', { extensions: CA });
const middle = issued('middle', { by: root, extensions: CA });
const leaf = issued('leaf', { by: middle });

describe('a path', () => {
  it('leads to a trusted CA, whether the chain holds it or not', async () => {
    assert.equal(await problem([issued('leaf', { by: root })], [root]), undefined);
    assert.equal(await problem([leaf, middle], [root]), undefined);
    assert.equal(await problem([leaf, middle, root], [root]), undefined);
    assert.equal(await problem([leaf], [middle]), undefined);
  });

  it('that is empty, broken off or a stranger’s leads nowhere', async () => {
    assert.equal(await problem([], [root]), 'there is no certificate');
    const nobody = /nobody trusted certified leaf; its issuer is middle/;
    assert.match((await problem([leaf], [root])) ?? '', nobody);
    const twin = issued('middle', { by: root, extensions: CA });
    assert.match((await problem([leaf, twin], [root])) ?? '', nobody);
    const other = issued('other', { by: root, extensions: CA });
    assert.match((await problem([leaf, other], [root])) ?? '', nobody);
  });

  it('goes by the key that its issuer is said to have', async () => {
    const wrong: Extensions = { authorityKeyIdentifier: Uint8Array.of(9) };
    const named = issued('named', {
      extensions: { ...CA, subjectKeyIdentifier: Uint8Array.of(7) },
    });
    const mistaken = issued('leaf', { by: named, extensions: wrong });
    assert.match((await problem([mistaken], [named])) ?? '', /nobody trusted/);
    const right: Extensions = { authorityKeyIdentifier: Uint8Array.of(7) };
    assert.equal(
      await problem([issued('leaf', { by: named, extensions: right })], [named]),
      undefined,
    );
  });

  it('ends at an authority that may not sign', async () => {
    const cases: [Extensions, RegExp][] = [
      [{ basicConstraints: { ca: false } }, /is no CA/],
      [{ basicConstraints: { ca: true }, keyUsage: ['cRLSign'] }, /may not sign certificates/],
      [
        { ...CA, basicConstraints: { ca: true, pathLength: 0 } },
        /allows 0 CAs below it, and there are 1/,
      ],
    ];
    for (const [extensions, why] of cases) {
      const authority = issued('authority', { extensions });
      const below = issued('middle', { by: authority, extensions: CA });
      const last = issued('leaf', { by: below });
      assert.match((await problem([last, below], [authority])) ?? '', why);
    }
    const unfit = issued('middle', { by: root });
    const under = issued('leaf', { by: unfit });
    assert.match((await problem([under, unfit], [root])) ?? '', /middle is no CA/);
  });

  it('has no certificate out of its time, or with an extension nobody knows', async () => {
    const past = issued('leaf', { by: root, until: -0.5 });
    assert.match((await problem([past], [root])) ?? '', /leaf is valid from/);
    const future = issued('leaf', { by: root, from: 0.5 });
    assert.match((await problem([future], [root])) ?? '', /leaf is valid from/);
    const old = issued('old', { extensions: CA, until: -0.5 });
    assert.match((await problem([issued('leaf', { by: old })], [old])) ?? '', /old is valid from/);
    const other = { '1.2.3': { critical: true, value: Uint8Array.of(5, 0) } };
    const strange = issued('leaf', { by: root, extensions: { other } });
    assert.match((await problem([strange], [root])) ?? '', /critical extension 1\.2\.3/);
  });
});
