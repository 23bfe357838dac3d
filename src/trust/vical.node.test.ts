import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cbor, encode, tag, tdate } from '../testing/issuer/cbor.ts';
import { sign1, x5chain } from '../testing/issuer/cose.ts';
import { createTestPki, EKU, issueIaca, issueSigner } from '../testing/issuer/pki.ts';
import type { Identity } from '../testing/issuer/x509.ts';
import { importVical } from './vical.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const MDL = 'org.iso.18013.5.1.mDL';
const at = (hours: number) => tdate(new Date(NOW + hours * HOUR));
const pki = createTestPki();
const provider = issueIaca({ curve: 'P-256', subject: { CN: 'TEST VICAL root', C: 'JP' } });
const vicalSigner = (root: Identity, purpose: string = EKU.vicalSigner) =>
  issueSigner(root, { extensions: { extendedKeyUsage: [purpose] } });
const signer = vicalSigner(provider);

function build(content: Record<string, Cbor> = {}, by: Identity = signer): Uint8Array {
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
  const unprotected = x5chain(by.certificate);
  return encode(tag(18, sign1({ keys: by.keys, payload: encode(vical), unprotected })));
}

const read = (vical: Uint8Array, more: { atLeast?: number; trusted?: Uint8Array[] } = {}) =>
  importVical({ vical, trusted: [provider.certificate], now: NOW, ...more });

test('VICAL: anchors by document type; unusable certificates are counted', async () => {
  for (const trusted of [[provider.certificate], [signer.certificate]]) {
    const vical = await read(build(), { trusted });
    assert.deepEqual([vical.provider, vical.issueId, vical.unusable], ['TEST provider', 7, 1]);
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
