/** What surrounds a verification: opening an answer, building requests, envelopes, the strict reader. */

import { buildDeviceRequest } from '../../src/mdoc/device-request.ts';
import { buildEncryptionInfo } from '../../src/mdoc/encryption-info.ts';
import { decryptDeviceResponse } from '../../src/mdoc/hpke.ts';
import {
  clientId,
  createOpenId4VpSession,
  openId4VpParameters,
  signOpenId4VpRequest,
} from '../../src/mdoc/openid4vp.ts';
import { isoMdocSessionTranscript } from '../../src/mdoc/transcript.ts';
import { verifyDeviceResponse } from '../../src/mdoc/verify-device-response.ts';
import { base64url, fromBase64url } from '../../src/testing/issuer/bytes.ts';
import { MNC } from '../../src/testing/issuer/persons.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { verifyEvidence } from '../../src/verifier/index.ts';
import { MDOC_RULES } from '../../src/wire/cbor-rules.ts';
import { sealEnvelope } from '../../src/wire/envelope.ts';
import { readCbor } from '../../src/wire/reader.ts';
import { createKey, sign as signEnvelope } from '../../src/wire/session-key.ts';
import { signByNode } from '../node-keys.ts';
import { ANSWERED, makeCorpus } from './corpus.ts';
import { compare, type Row } from './measure.ts';

const origin = 'https://localhost';
const pki = createTestPki({ curve: 'P-256' });
const reader = {
  certificates: [pki.reader.certificate],
  sign: async (data: Uint8Array) => {
    return signByNode(pki.reader.keys, data);
  },
};

async function isoRequest() {
  const { encryptionInfo, privateKey } = await buildEncryptionInfo();
  const sessionTranscript = await isoMdocSessionTranscript({ encryptionInfo, origin });
  const documents = [{ docType: MNC, nameSpaces: ANSWERED }];
  const request = await buildDeviceRequest({ documents, sessionTranscript, reader });
  return { request, encryptionInfo, privateKey, sessionTranscript };
}

async function openIdRequest() {
  const session = await createOpenId4VpSession();
  const parameters = openId4VpParameters({ session, docType: MNC, requested: ANSWERED });
  const signer = { reader, clientId: await clientId('x509_san_dns', reader, 'localhost') };
  return signOpenId4VpRequest(parameters, [origin], signer);
}

async function encryptedAnswer() {
  const { request, ...session } = await isoRequest();
  const data = { deviceRequest: base64url(request), encryptionInfo: session.encryptionInfo };
  const answer = await createWallet({ pki }).answer({ protocol: 'org-iso-mdoc', data }, { origin });
  return { ...session, response: String(answer.data.response) };
}

async function envelope(bytes: Uint8Array) {
  const key = await createKey();
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key.publicKey);
  const prev = new Uint8Array(32);
  const body = { request: 'r', protocol: 'org-iso-mdoc', data: { response: base64url(bytes) } };
  const sealed = await sealEnvelope(
    {
      v: 1,
      sid: 's',
      challenge: prev,
      aud: 'a',
      origin,
      method: 'wallet',
      seq: 0,
      prev,
      at: 0,
      widget: 'bench',
      body,
    },
    (data) => signEnvelope(key, data),
  );
  return { envelope: sealed, publicKey: { kty: 'EC', crv: 'P-256', x, y } as const };
}

export async function benchWire(rounds: number): Promise<Row[]> {
  const answers = await Promise.all(Array.from({ length: 20 }, encryptedAnswer));
  const trustAnchors = [{ docType: MNC, certificates: [pki.iaca.certificate] }];
  const now = Date.now();
  const sealed = await envelope(fromBase64url(answers[0]?.response ?? ''));
  return compare(
    [
      {
        name: 'decrypt and verify (Annex C, P-256 root)',
        operations: 40,
        run: async (index) => {
          const answer = answers[index % answers.length] as (typeof answers)[number];
          const deviceResponse = await decryptDeviceResponse(answer);
          const { sessionTranscript } = answer;
          await verifyDeviceResponse({
            deviceResponse,
            sessionTranscript,
            trustAnchors,
            docType: MNC,
            requested: ANSWERED,
            now,
          });
        },
      },
      { name: 'request with signature (DeviceRequest 1.1)', operations: 40, run: isoRequest },
      { name: 'request with signature (OpenID4VP)', operations: 40, run: openIdRequest },
      { name: 'evidence envelope', operations: 40, run: () => verifyEvidence(sealed) },
    ],
    rounds,
  );
}

/** Megabytes per second of CPU the strict reader reads, the inside of embedded items not counted. */
export function benchReader(): { name: string; megabytesPerSecond: number }[] {
  const [response = new Uint8Array()] = makeCorpus({
    curve: 'P-256',
    count: 1,
    signers: 1,
  }).responses;
  const dense = Uint8Array.from([
    0x99,
    0xc3,
    0x50,
    ...new Uint8Array(49_999).fill(0x18).map((_, i) => i % 24),
    0,
  ]);
  const speed = (bytes: Uint8Array): number => {
    const times = 50_000_000 / Math.max(bytes.length, 20_000);
    const before = process.cpuUsage();
    for (let i = 0; i < times; i++) readCbor(bytes, { ...MDOC_RULES, maxItems: 60_000 });
    const { user, system } = process.cpuUsage(before);
    return Math.round((bytes.length * times) / (user + system));
  };
  for (let warm = 0; warm < 2; warm++) speed(dense);
  return [
    { name: 'a 14 kB response', megabytesPerSecond: speed(response) },
    { name: 'nothing but one-byte items', megabytesPerSecond: speed(dense) },
  ];
}
