import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { it } from 'node:test';
import { issueIaca } from '../../src/testing/issuer/pki.ts';
import { createVerifier, memoryStore, type WalletOptions } from '../../src/verifier/index.ts';
import type { EvidenceAnswer } from '../../src/wire/contract.ts';
import { options, Page, pki, site, walletOptions } from './harness.ts';

const [reader] = walletOptions.readers;

async function asked(wallet: WalletOptions) {
  const shop = site({ wallet });
  const page = await Page.open(shop, 'adult');
  const requests = await page.requests();
  const signed = requests.requests.find(({ protocol }) => protocol === 'openid4vp-v1-signed');
  assert.ok(signed?.protocol === 'openid4vp-v1-signed');
  const [, payload = ''] = signed.data.request.split('.');
  const evidence = await page.present(requests, { protocol: signed.protocol });
  assert.equal((await page.evidence<EvidenceAnswer>(evidence)).outcome, 'review');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

it('a signed request names its reader by the hash of the certificate, by its host where told', async () => {
  const hash = createHash('sha256').update(pki.reader.certificate).digest('base64url');
  assert.equal((await asked(walletOptions)).client_id, `x509_hash:${hash}`);
  const readers = [{ ...reader, clientIdPrefix: 'x509_san_dns' }] as const;
  assert.equal((await asked({ ...walletOptions, readers })).client_id, 'x509_san_dns:localhost');
});

it('what an operator adds to client_metadata is there, and replaces nothing of ours', async () => {
  const clientMetadata = { gw_rp_metadata_bytes: 'oWF4', jwks: { keys: [] } };
  const readers = [{ ...reader, clientMetadata }];
  const { client_metadata } = await asked({ ...walletOptions, readers });
  assert.equal(client_metadata.gw_rp_metadata_bytes, 'oWF4');
  assert.equal(client_metadata.jwks.keys.length, 1);
  for (const wrong of [{ clientMetadata: 'x' }, { clientIdPrefix: 'x509' }]) {
    const wallet = { ...walletOptions, readers: [{ ...reader, ...wrong }] } as WalletOptions;
    assert.throws(() => createVerifier(options(memoryStore(), { wallet })), {
      code: 'config/option',
    });
  }
});

it('the roots that are accepted are named by their keys, unless one has no name', async () => {
  const { dcql_query } = await asked(walletOptions);
  const [{ trusted_authorities }] = dcql_query.credentials;
  const { raw } = new X509Certificate(pki.iaca.certificate);
  const [value] = trusted_authorities[0].values;
  assert.equal(trusted_authorities[0].type, 'aki');
  assert.ok(Buffer.from(raw).includes(Buffer.from(value, 'base64url')));
  const nameless = issueIaca({ extensions: { subjectKeyIdentifier: undefined } }).certificate;
  const [anchor] = walletOptions.trustAnchors;
  const trustAnchors = [anchor, { ...anchor, certificates: [nameless] }];
  const other = await asked({ ...walletOptions, trustAnchors });
  assert.equal(other.dcql_query.credentials[0].trusted_authorities, undefined);
});
