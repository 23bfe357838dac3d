/** ISO/IEC 18013-5 Annex D and an Annex C exchange, made by others. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { vector } from '../../test/vectors.ts';
import { readCose, verifySign1, x5chain } from '../crypto/cose.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import { certificateKey, parseCertificate } from '../trust/certificate.ts';
import { checkIssuerChain } from '../trust/issuer-chain.ts';
import { fromBase64url, fromHex, toBase64url } from '../wire/bytes.ts';
import { Embedded } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { embed } from '../wire/writer.ts';
import { authenticationBytes } from './authentication.ts';
import { checkDeviceAuth } from './device-auth.ts';
import { parseDeviceResponse } from './device-response.ts';
import { checkDigests, parseItems } from './digests.ts';
import { checkElements } from './elements.ts';
import { parseEncryptionInfo } from './encryption-info.ts';
import { decryptDeviceResponse } from './hpke.ts';
import { checkIssuerSignature, checkValidity } from './issuer-auth.ts';
import { parseMso } from './mso.ts';
import { MdocRefusedError } from './report.ts';
import { readDeviceRequest } from './request-view.ts';
import { isoMdocSessionTranscript } from './transcript.ts';
import { verifyDeviceResponse } from './verify-device-response.ts';

const MISSING = 'vectors folder missing';
const CLOCK = Date.parse('2021-01-01T00:00:00Z');
const crypto = defaultCrypto();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const PREFIX = 'ISO_18013_5_ANNEX_D_';
const annexD = vector('iso18013-5-annex-d.json');
const hexStrings = annexD ? v.parse(v.record(v.string(), v.string()), JSON.parse(annexD)) : {};
const bytes = (name: string) => fromHex(hexStrings[PREFIX + name] ?? '');
const privateKey = (name: string) => ({
  kty: 'EC' as const,
  crv: 'P-256' as const,
  x: toBase64url(bytes(`${name}_X`)),
  y: toBase64url(bytes(`${name}_Y`)),
  d: toBase64url(bytes(`${name}_D`)),
});

function annexDTranscript(): Uint8Array {
  const wrapped = readCbor(bytes('SESSION_TRANSCRIPT_BYTES'), MDOC_RULES);
  assert.ok(wrapped instanceof Embedded);
  return wrapped.content;
}

function annexDDocument() {
  const [document] = parseDeviceResponse(bytes('DEVICE_RESPONSE')).documents;
  assert.ok(document);
  const issuerAuth = readCose(document.issuerAuth, 'issuerAuth');
  return { document, issuerAuth, mso: parseMso(issuerAuth.payload) };
}

test('Annex D: digests, issuer signature, validity, device MAC', async (t) => {
  if (!annexD) return t.skip(MISSING);
  const { document, issuerAuth, mso } = annexDDocument();
  const problems: string[] = [];
  const fail = (code: string) => problems.push(code);
  const signer = parseCertificate(x5chain(issuerAuth)[0] ?? new Uint8Array());
  assert.deepEqual(signer.encoded, bytes('DS_CERT'));
  await checkIssuerSignature(issuerAuth, signer, crypto, fail);
  const items = parseItems(document.nameSpaces);
  assert.equal(items.length, 6);
  await checkDigests(items, mso, crypto, fail);
  checkElements(items, fail);
  checkValidity(
    mso.validity,
    signer,
    { now: CLOCK, tolerance: 0, note: (said) => problems.push(said) },
    fail,
  );
  const sessionTranscript = annexDTranscript();
  const readerKey = privateKey('EPHEMERAL_READER_KEY');
  await checkDeviceAuth({ document, mso, sessionTranscript, readerKey, crypto }, fail);
  assert.deepEqual(problems, []);
  const portrait = items.find(({ identifier }) => identifier === 'portrait');
  assert.deepEqual(portrait?.value, bytes('DEVICE_RESPONSE_PORTRAIT_DATA'));
});

test('Annex D: the MAC does not verify with another reader key or transcript', async (t) => {
  if (!annexD) return t.skip(MISSING);
  const { document, mso } = annexDDocument();
  const transcript = annexDTranscript();
  const altered = transcript.with(-1, (transcript.at(-1) ?? 0) ^ 1);
  for (const [sessionTranscript, key] of [
    [transcript, 'STATIC_DEVICE_KEY'],
    [altered, 'EPHEMERAL_READER_KEY'],
  ] as const) {
    const problems: string[] = [];
    const readerKey = privateKey(key);
    const input = { document, mso, sessionTranscript, readerKey, crypto };
    await checkDeviceAuth(input, (code) => problems.push(code));
    assert.deepEqual(problems, ['device_binding/mac']);
  }
});

test('Annex D: the document signer has the profile, and no anchor of ours', async (t) => {
  if (!annexD) return t.skip(MISSING);
  const problems: string[] = [];
  const signer = parseCertificate(bytes('DS_CERT'));
  const chain = { signer, anchors: [], now: CLOCK, crypto };
  await checkIssuerChain(chain, (code) => problems.push(code));
  assert.deepEqual(problems, ['untrusted_issuer/no_anchor']);
});

test('Annex D: with its document signer as anchor, only the issuer chain fails', async (t) => {
  if (!annexD) return t.skip(MISSING);
  const docType = 'org.iso.18013.5.1.mDL';
  const verification = verifyDeviceResponse({
    deviceResponse: bytes('DEVICE_RESPONSE'),
    sessionTranscript: annexDTranscript(),
    trustAnchors: [{ docType, certificates: [bytes('DS_CERT')] }],
    docType,
    now: CLOCK,
    readerKey: privateKey('EPHEMERAL_READER_KEY'),
  });
  await assert.rejects(verification, (error) => {
    assert.ok(error instanceof MdocRefusedError);
    const open = error.checks.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
    assert.deepEqual(open, ['mdoc.issuer_chain', 'mdoc.requested', 'mdoc.revocation']);
    return true;
  });
});

test('Annex D: DeviceRequest and its reader signature', async (t) => {
  if (!annexD) return t.skip(MISSING);
  const request = readDeviceRequest(bytes('DEVICE_REQUEST'));
  assert.equal(request.documents[0]?.docType, 'org.iso.18013.5.1.mDL');
  assert.equal(request.documents[0]?.nameSpaces.get('org.iso.18013.5.1')?.get('portrait'), false);
  assert.deepEqual(request.readerCertificates, [bytes('READER_CERT')]);
  const message = readCose(readCbor(bytes('READER_AUTH'), MDOC_RULES), 'readerAuth');
  const reader = parseCertificate(bytes('READER_CERT'));
  const itemsRequest = embed(bytes('ITEMS_REQUEST')).encoded;
  const payload = authenticationBytes('ReaderAuthentication', annexDTranscript(), itemsRequest);
  const importKey = () => certificateKey(reader, crypto);
  assert.ok(await verifySign1(message, payload, reader.publicKey, crypto, importKey));
});

const annexC = vector('ANNEXC-DETERMINISTIC-001.json');
const exchange = v.object({
  origin: v.string(),
  encryptionInfoB64: v.string(),
  encryptedResponseB64: v.string(),
  recipientPrivateKeyHex: v.string(),
  deviceRequestB64: v.string(),
  expected: v.object({
    sessionTranscriptCborSha256Hex: v.string(),
    deviceResponseCborSha256Hex: v.string(),
    docType: v.string(),
    requestedElement: v.string(),
  }),
});

test('Annex C: transcript, request, decryption', async (t) => {
  if (!annexC) return t.skip(MISSING);
  const { expected, ...sent } = v.parse(exchange, JSON.parse(annexC));
  const encryptionInfo = sent.encryptionInfoB64;
  const sessionTranscript = await isoMdocSessionTranscript({
    encryptionInfo,
    origin: sent.origin,
  });
  assert.equal(sha256(sessionTranscript), expected.sessionTranscriptCborSha256Hex);

  const [asked] = readDeviceRequest(fromBase64url(sent.deviceRequestB64)).documents;
  assert.equal(asked?.docType, expected.docType);
  const elements = [...(asked?.nameSpaces.values() ?? [])].flatMap((it) => [...it.keys()]);
  assert.deepEqual(elements, [expected.requestedElement]);

  const { recipientPublicKey } = parseEncryptionInfo(encryptionInfo);
  assert.ok(recipientPublicKey.type === 'EC');
  const { point } = recipientPublicKey;
  const deviceResponse = await decryptDeviceResponse({
    response: sent.encryptedResponseB64,
    privateKey: {
      kty: 'EC',
      crv: 'P-256',
      x: toBase64url(point.subarray(1, 33)),
      y: toBase64url(point.subarray(33)),
      d: toBase64url(fromHex(sent.recipientPrivateKeyHex)),
    },
    sessionTranscript,
  });
  assert.equal(sha256(deviceResponse), expected.deviceResponseCborSha256Hex);
  assert.deepEqual(parseDeviceResponse(deviceResponse).documents, []);
});
