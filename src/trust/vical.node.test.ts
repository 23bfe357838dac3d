import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cbor, encode, tag, tdate } from '../testing/issuer/cbor.ts';
import { sign1, x5chain } from '../testing/issuer/cose.ts';
import { createTestPki, EKU, issueIaca, issueVicalSigner } from '../testing/issuer/pki.ts';
import type { Identity } from '../testing/issuer/x509.ts';
import { importVical, type VicalOptions } from './vical.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const MDL = 'org.iso.18013.5.1.mDL';
const at = (hours: number) => tdate(new Date(NOW + hours * HOUR));
const pki = createTestPki();
const provider = issueIaca({ curve: 'P-256', subject: { CN: 'TEST VICAL root', C: 'JP' } });
const vicalSigner = (root: Identity, purpose: string = EKU.vicalSigner) =>
  issueVicalSigner(root, { extensions: { extendedKeyUsage: [purpose] } });
const signer = vicalSigner(provider);

function build(
  content: Record<string, Cbor> = {},
  by: Identity = signer,
  ...issuers: readonly Identity[]
): Uint8Array {
  const info = (certificate: Uint8Array) => ({
    certificate,
    serialNumber: tag(2, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ski: new Uint8Array(20),
    docType: [MDL, 'other'],
  });
  const vical = {
    version: '1.0',
    vicalProvider: 'TEST provider',
    date: at(-1),
    nextUpdate: at(1),
    vicalIssueID: 7,
    certificateInfos: [info(pki.iaca.certificate), info(new Uint8Array(9))],
    ...content,
  };
  const unprotected = x5chain(by.certificate, ...issuers.map(({ certificate }) => certificate));
  return encode(tag(18, sign1({ keys: by.keys, payload: encode(vical), unprotected })));
}

const read = (vical: Uint8Array, more: Partial<VicalOptions> = {}) =>
  importVical({ vical, trusted: [provider.certificate], now: NOW, ...more });

test('VICAL: anchors by document type; what cannot be one stands apart', async () => {
  for (const trusted of [[provider.certificate], [signer.certificate]]) {
    const vical = await read(build(), { trusted });
    assert.deepEqual([vical.provider, vical.issueId], ['TEST provider', 7]);
    assert.deepEqual(
      vical.unusable.map(({ code, docTypes }) => [code, docTypes]),
      [['malformed/der', [MDL, 'other']]],
    );
    const certificates = [new Uint8Array(pki.iaca.certificate)];
    assert.deepEqual(vical.trustAnchors, [
      { docType: MDL, certificates },
      { docType: 'other', certificates },
    ]);
  }
});

test('VICAL: signed by a stranger, for another purpose, or altered', async () => {
  const altered = build();
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  const impostor = issueIaca({ subject: { CN: 'TEST VICAL root', C: 'JP' } });
  const refused = [
    build({}, vicalSigner(impostor)),
    build({}, vicalSigner(provider, EKU.tlsServer)),
    altered,
  ];
  for (const vical of refused) {
    await assert.rejects(read(vical), { code: 'undetermined/vical_signature' });
  }
});

test('VICAL: past its date, from the future, or rolled back', async () => {
  const stale = { code: 'undetermined/vical_stale' };
  await assert.rejects(read(build({ nextUpdate: at(-0.5) })), stale);
  await assert.rejects(read(build({ notAfter: at(-0.5) })), stale);
  await assert.rejects(read(build({ date: at(0.5) })), stale);
  await assert.rejects(read(build(), { atLeast: 8 }), stale);
  assert.equal((await read(build(), { atLeast: 7 })).issueId, 7);
});

/** Shapes of the lists that authorities publish: an issuing CA below the root, everything described. */
const published = issueIaca({
  subject: { CN: 'TEST VICAL root of an association', O: 'TEST association', C: 'US' },
  extensions: { basicConstraints: { ca: true, pathLength: 1 } },
});
const issuing = issueIaca({
  issuer: published,
  curve: 'P-256',
  subject: { CN: 'TEST VICAL issuing CA', C: 'US' },
  extensions: { authorityKeyIdentifier: true },
});
const described = (certificate: Uint8Array, docType: string[] = [MDL]) => ({
  certificate,
  serialNumber: tag(2, Uint8Array.of(0xb5, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
  ski: new Uint8Array(20),
  docType,
  certificateProfile: ['org.iso.18013.5.1.IACA'],
  issuingAuthority: 'TEST State of Nowhere',
  issuingCountry: 'US',
  stateOrProvinceName: 'US-ZZ',
  issuer: new Uint8Array(30),
  subject: new Uint8Array(30),
  notBefore: at(-48),
  notAfter: at(48),
});

test('VICAL: a signer with nonRepudiation below an issuing CA, the published root given', async () => {
  const by = issueVicalSigner(issuing);
  const trusted = [published.certificate];
  const content = { certificateInfos: [described(pki.iaca.certificate)], version: '1.0.0' };
  for (const issuers of [[issuing], [issuing, published]]) {
    const vical = await read(build(content, by, ...issuers), { trusted });
    assert.equal(vical.trustAnchors[0]?.certificates.length, 1);
    assert.deepEqual(vical.unusable, []);
  }
  // A pinned issuing CA needs no root.
  await read(build(content, by), { trusted: [issuing.certificate] });
  // The list need not repeat a CA that is trusted by itself.
  await read(build(content, by), { trusted: [published.certificate, issuing.certificate] });
});

test('VICAL: says why a signer was refused', async () => {
  const refusals: [RegExp, Uint8Array, Uint8Array[]?][] = [
    [
      /nonRepudiation/,
      build({}, issueVicalSigner(provider, { extensions: { keyUsage: ['digitalSignature'] } })),
    ],
    [/not for 1\.0\.18013\.5\.1\.8/, build({}, vicalSigner(provider, EKU.tlsServer))],
    [
      /nobody trusted certified .*issuing CA/,
      build({}, issueVicalSigner(issuing)),
      [published.certificate],
    ],
    [
      /allows 0 CAs below it/,
      build({}, issueVicalSigner(issuing), issuing),
      [issueIaca({ keys: published.keys, subject: published.name }).certificate],
    ],
    [/is no CA/, build({}, issueVicalSigner(signer), signer)],
    [/valid from/, build({}, issueVicalSigner(provider, { notAfter: new Date(NOW - HOUR) }))],
    [/does not verify/, build({}, { ...signer, keys: provider.keys })],
  ];
  for (const [why, vical, trusted] of refusals) {
    await assert.rejects(
      read(vical, { ...(trusted && { trusted }) }),
      (error: Error & { code?: string }) =>
        error.code === 'undetermined/vical_signature' && why.test(error.message),
      String(why),
    );
  }
});

test('VICAL: each root that cannot be an anchor says why, and the others are taken', async () => {
  const other: Record<string, { critical: boolean; value: Uint8Array }> = {
    '1.2.3.4': { critical: true, value: Uint8Array.of(5, 0) },
  };
  const unusable: [string, Uint8Array][] = [
    ['validity/iaca_expired', issueIaca({ notAfter: new Date(NOW - HOUR) }).certificate],
    ['validity/iaca_not_yet_valid', issueIaca({ notBefore: new Date(NOW + HOUR) }).certificate],
    ['untrusted_issuer/iaca_not_ca', pki.signer.certificate],
    [
      'untrusted_issuer/iaca_key_usage',
      issueIaca({ extensions: { keyUsage: ['cRLSign'] } }).certificate,
    ],
    ['untrusted_issuer/critical_extension', issueIaca({ extensions: { other } }).certificate],
    [
      'untrusted_issuer/iaca_path_length',
      issueIaca({ extensions: { basicConstraints: { ca: true } } }).certificate,
    ],
    ['malformed/der', new Uint8Array(3)],
  ];
  const infos = [pki.iaca.certificate, ...unusable.map(([, certificate]) => certificate)];
  const content = { certificateInfos: infos.map((certificate) => described(certificate)) };
  const vical = await read(build(content));
  assert.deepEqual(
    vical.unusable.map(({ code }) => code),
    unusable.map(([code]) => code),
  );
  for (const { reason } of vical.unusable) assert.match(reason, /^[A-Z].{20,}\.$/);
  assert.equal(vical.trustAnchors[0]?.certificates.length, 1);
  const [allowed] = (await read(build(content), { allowUnboundedPath: true })).trustAnchors;
  assert.equal(allowed?.certificates.length, 2);
  assert.equal(allowed?.allowUnboundedPath, true);
});
