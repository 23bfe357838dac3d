import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { issueIaca, issueSigner } from '../testing/issuer/pki.ts';
import { type CrlPlan, revocationList } from '../testing/issuer/x509.ts';
import { parseCertificate } from './certificate.ts';
import { fixedCrl } from './crl.ts';

const NOW = Date.now();
const at = (hours: number) => new Date(NOW + hours * 3_600_000);

type Iaca = ReturnType<typeof issueIaca>;

/** What a list of the issuer says of a signer it has revoked. */
async function problems(iaca: Iaca, list: Partial<CrlPlan> = {}): Promise<string[]> {
  const signer = issueSigner(iaca).certificate;
  const encoded = revocationList({
    issuer: iaca,
    thisUpdate: at(-1),
    nextUpdate: at(1),
    revoked: [{ certificate: signer, at: at(-2) }],
    ...list,
  });
  const found: string[] = [];
  const input = {
    signer: parseCertificate(signer),
    anchor: parseCertificate(iaca.certificate),
    status: new Map(),
    now: NOW,
    crypto: defaultCrypto(),
  };
  await fixedCrl(encoded)(input, (code) => found.push(code));
  return found;
}

test('a list is believed of an issuer whose certificate says it may sign lists', async () => {
  const both = issueIaca({ extensions: { keyUsage: ['keyCertSign', 'cRLSign'] } });
  assert.deepEqual(await problems(both), ['revoked/signer']);
});

test('a list of an issuer that may sign certificates alone is not believed', async () => {
  const certificatesOnly = issueIaca({ extensions: { keyUsage: ['keyCertSign'] } });
  assert.deepEqual(await problems(certificatesOnly), ['undetermined/crl_signature']);
  const unstated = issueIaca({ extensions: { keyUsage: undefined } });
  assert.deepEqual(await problems(unstated), ['undetermined/crl_signature']);
});

test('a list by another name, or of another key, is not believed', async () => {
  const iaca = issueIaca();
  const name = { ...iaca.name, CN: 'TEST another' };
  assert.deepEqual(await problems(iaca, { issuer: { name, keys: iaca.keys } }), [
    'undetermined/crl_signature',
  ]);
  const { keys } = issueIaca();
  assert.deepEqual(await problems(iaca, { issuer: { name: iaca.name, keys } }), [
    'undetermined/crl_signature',
  ]);
});
