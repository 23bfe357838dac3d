/** Our verifier, judging what libraries issue that share no code with it. */

import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { DeviceResponse, Document, MDoc } from '@auth0/mdl';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { encode } from '../../src/testing/issuer/cbor.ts';
import { embeddedBytes } from '../../src/testing/issuer/cose.ts';
import { newKeys } from '../../src/testing/issuer/keys.ts';
import { DEFAULT_TRANSCRIPT } from '../../src/testing/issuer/mdoc.ts';
import { MDL, MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { pem } from '../../src/testing/issuer/x509.ts';
import { privateKeyOf, publicKeyOf } from '../node-keys.ts';

const pki = createTestPki();
const DOCUMENTS = {
  [MNC]: {
    'org.iso.23220.1.jp': { full_name_unicode: '番号　花子', resident_address_unicode: '〇〇県' },
    'org.iso.23220.1': { age_in_years: 55, age_over_20: true },
  },
  [MDL]: { 'org.iso.18013.5.1': { family_name: 'BANGO', given_name: 'HANAKO' } },
} as const;

/** A DeviceResponse made by @auth0/mdl, disclosing everything. */
async function byAuth0(docType: keyof typeof DOCUMENTS, digest: 'SHA-256' | 'SHA-512') {
  const device = newKeys();
  // Without a key id @auth0/mdl writes a header of value `undefined`, which no CDDL here allows.
  const jwk = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), kid: '1' });
  const document = new Document(docType);
  for (const [nameSpace, elements] of Object.entries(DOCUMENTS[docType])) {
    document.addIssuerNameSpace(nameSpace, elements);
  }
  const signed = await document
    .useDigestAlgorithm(digest)
    .addValidityInfo({ signed: new Date(Date.now() - 60_000) })
    .addDeviceKeyInfo({ deviceKey: jwk(publicKeyOf(device)) })
    .sign({
      issuerPrivateKey: jwk(privateKeyOf(pki.signer.keys)),
      issuerCertificate: pem('CERTIFICATE', pki.signer.certificate),
      alg: 'ES256',
    });
  const fields = Object.entries(DOCUMENTS[docType]).flatMap(([nameSpace, elements]) =>
    Object.keys(elements).map((name) => ({
      path: [`$['${nameSpace}']['${name}']`],
      intent_to_retain: false,
    })),
  );
  const format = { mso_mdoc: { alg: ['ES256'] } };
  const response = await DeviceResponse.from(new MDoc([signed]))
    .usingPresentationDefinition({
      id: 'all',
      input_descriptors: [
        { id: docType, format, constraints: { limit_disclosure: 'required', fields } },
      ],
    })
    .usingSessionTranscriptBytes(Buffer.from(encode(embeddedBytes(DEFAULT_TRANSCRIPT))))
    .authenticateWithSignature(jwk(privateKeyOf(device)), 'ES256')
    .sign();
  return new Uint8Array(response.encode());
}

for (const docType of [MNC, MDL] as const) {
  for (const digest of ['SHA-256', 'SHA-512'] as const) {
    test(`${docType} with ${digest} of @auth0/mdl`, async () => {
      const options = {
        deviceResponse: await byAuth0(docType, digest),
        sessionTranscript: DEFAULT_TRANSCRIPT,
        trustAnchors: [{ docType, certificates: [pki.iaca.certificate] }],
        docType,
        now: Date.now(),
      };
      const { elements } = await verifyDeviceResponse(options);
      for (const [nameSpace, expected] of Object.entries(DOCUMENTS[docType])) {
        assert.deepEqual(Object.fromEntries(elements.get(nameSpace) ?? []), expected);
      }
      const other = {
        ...options,
        sessionTranscript: encode([null, null, ['dcapi', DEFAULT_TRANSCRIPT]]),
      };
      await assert.rejects(verifyDeviceResponse(other), { code: /^device_binding/ });
    });
  }
}
