import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deploymentOf } from '../../../../test/verifier/core.ts';
import { pki, walletOptions } from '../../../../test/verifier/harness.ts';
import { newKeys } from '../../../testing/issuer/keys.ts';
import { createTestPki, issueReader, privateKeyPem } from '../../../testing/issuer/pki.ts';
import { pem } from '../../../testing/issuer/x509.ts';
import type { ReaderIdentity } from '../settings.ts';
import { loadReader, proveReader } from './readers.ts';

const [reader] = walletOptions.readers;
const DAY = 86_400_000;
const load = (changes: Partial<ReaderIdentity> = {}, deployment = deploymentOf({})) =>
  loadReader({ ...reader, ...changes }, deployment);
const wrong = { code: 'config/reader' };

describe('a reader', () => {
  it('is loaded with what its identity leaves out', () => {
    const { protocols, clientIdPrefix, clientMetadata } = load();
    assert.equal(protocols.length > 1, true);
    assert.deepEqual([clientIdPrefix, clientMetadata], ['x509_hash', {}]);
    assert.deepEqual(load({ protocols: ['org-iso-mdoc'] }).protocols, ['org-iso-mdoc']);
  });

  it('has a certificate and a key in PEM', () => {
    for (const certificates of ['', 'no PEM', undefined as never]) {
      assert.throws(() => load({ certificates }), wrong);
    }
    for (const key of ['', pem('CERTIFICATE', pki.reader.certificate)]) {
      assert.throws(() => load({ key }), wrong);
    }
  });

  it('is in force now', () => {
    const at = (days: number) => deploymentOf({}, { now: () => Date.now() + days * DAY });
    assert.throws(() => load({}, at(-10_000)), wrong);
    assert.throws(() => load({}, at(10_000)), wrong);
  });

  it('is of the relying party that asks', () => {
    const relyingParty = { name: { ja: '別の商店' } };
    assert.throws(() => load({}, deploymentOf({}, { relyingParty })), {
      code: 'config/reader_name',
    });
    const legalName = 'テスト商店';
    load({}, deploymentOf({}, { relyingParty: { ...relyingParty, legalName } }));
  });
});

describe('the proof of a reader', () => {
  it('passes with the key of its certificate, in PEM or elsewhere', async () => {
    await proveReader(load(), deploymentOf({}));
    const inPem = load();
    await proveReader(load({ key: (data) => inPem.sign(data) }), deploymentOf({}));
  });

  it('fails with another key, a key that cannot sign, and a certificate every wallet refuses', async () => {
    const { reader: other } = createTestPki({ curve: 'P-256' });
    const anothers = load({ key: privateKeyPem(other.keys.privateKey) });
    await assert.rejects(proveReader(anothers, deploymentOf({})), {
      ...wrong,
      message: /not the one of its certificate/,
    });
    const p384 = load({ key: privateKeyPem(newKeys('P-384').privateKey) });
    await assert.rejects(proveReader(p384, deploymentOf({})), { ...wrong, message: /cannot sign/ });
    const authority = issueReader(pki.readerCa, {
      organization: 'テスト商店',
      keys: pki.reader.keys,
      extensions: { basicConstraints: { ca: true } },
    });
    const refused = load({ certificates: pem('CERTIFICATE', authority.certificate) });
    await assert.rejects(proveReader(refused, deploymentOf({})), wrong);
  });
});
