/** Requests of the verifier, answered by the simulated wallet, read and judged by the verifier. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildDeviceRequest } from '../../src/mdoc/device-request.ts';
import { buildEncryptionInfo } from '../../src/mdoc/encryption-info.ts';
import { decryptDeviceResponse } from '../../src/mdoc/hpke.ts';
import {
  clientId,
  createOpenId4VpSession,
  multisignOpenId4VpRequest,
  openId4VpParameters,
  signOpenId4VpRequest,
} from '../../src/mdoc/openid4vp.ts';
import { readOpenId4VpResponse } from '../../src/mdoc/openid4vp-response.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../../src/mdoc/transcript.ts';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { base64url } from '../../src/testing/issuer/bytes.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import type { Mode } from '../../src/testing/wallet/modes.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { signByNode } from '../node-keys.ts';

const origin = 'https://localhost';
const pki = createTestPki();
const wallet = createWallet({ pki });
const reader = {
  certificates: [pki.reader.certificate],
  sign: async (toBeSigned: Uint8Array) => {
    return signByNode(pki.reader.keys, toBeSigned);
  },
};
const requested = {
  'org.iso.23220.1.jp': { full_name_unicode: true, portrait: false },
  'org.iso.23220.1': { birth_date: false, age_over_20: false },
};

function judge(deviceResponse: Uint8Array, sessionTranscript: Uint8Array) {
  const trustAnchors = [{ docType: MNC, certificates: [pki.iaca.certificate] }];
  const options = { deviceResponse, sessionTranscript, trustAnchors, requested };
  return verifyDeviceResponse({ ...options, docType: MNC, now: Date.now() });
}

async function throughIsoMdoc(version: '1.0' | '1.1', mode: Mode = 'approve') {
  const { encryptionInfo, privateKey } = await buildEncryptionInfo();
  const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin });
  const documents = [{ docType: MNC, nameSpaces: requested }];
  const request = await buildDeviceRequest({ version, documents, sessionTranscript, reader });
  const data = { deviceRequest: base64url(request), encryptionInfo };
  const credential = await wallet.answer({ protocol: 'org-iso-mdoc', data }, { origin, mode });
  const { response } = credential.data;
  return judge(
    await decryptDeviceResponse({ response: String(response), privateKey, sessionTranscript }),
    sessionTranscript,
  );
}

async function throughOpenId4Vp(kind: 'signed' | 'multisigned', mode: Mode = 'approve') {
  const session = await createOpenId4VpSession();
  const parameters = openId4VpParameters({ session, docType: MNC, requested });
  const prefix = kind === 'signed' ? 'x509_san_dns' : 'x509_hash';
  const signer = { reader, clientId: await clientId(prefix, reader, 'localhost') };
  const data =
    kind === 'signed'
      ? await signOpenId4VpRequest(parameters, [origin], signer)
      : await multisignOpenId4VpRequest(parameters, [origin], [signer]);
  const request = { protocol: `openid4vp-v1-${kind}`, data };
  const credential = await wallet.answer(request, { origin, mode });
  const response = await readOpenId4VpResponse(credential.data, session);
  return judge(response, await openId4VpSessionTranscript({ origin, ...session }));
}

const WAYS = {
  'DeviceRequest 1.0': (mode?: Mode) => throughIsoMdoc('1.0', mode),
  'DeviceRequest 1.1': (mode?: Mode) => throughIsoMdoc('1.1', mode),
  'OpenID4VP signed': (mode?: Mode) => throughOpenId4Vp('signed', mode),
  'OpenID4VP multisigned': (mode?: Mode) => throughOpenId4Vp('multisigned', mode),
};

/** Mode to the refusal, which is that of the layer that notices first. */
const REFUSALS = {
  expired: /^validity/,
  tampered: /^digest/,
  'wrong-origin': /^(decryption|device_binding)/,
  'wrong-nonce': /^(decryption|device_binding)/,
  garbage: /^(malformed|decryption)/,
  'unrequested-element': /^request_mismatch/,
  'withheld-element': /^request_mismatch/,
  'two-documents': /^request_mismatch/,
} satisfies Partial<Record<Mode, RegExp>>;

for (const [name, way] of Object.entries(WAYS)) {
  test(`${name}: what the wallet discloses is what was asked`, async () => {
    const { elements } = await way();
    const found = [...elements.values()].flatMap((nameSpace) => [...nameSpace.keys()]);
    const asked = Object.values(requested).flatMap((nameSpace) => Object.keys(nameSpace));
    assert.deepEqual(found.sort(), asked.sort());
  });
  for (const [mode, code] of Object.entries(REFUSALS)) {
    test(`${name}: ${mode} is refused`, async () => {
      await assert.rejects(way(mode as Mode), { code });
    });
  }
}
