/** Requests of protocol `org-iso-mdoc` (ISO/IEC 18013-7 Annex C, DeviceRequest 1.0 and 1.1). */
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { type Bytes, base64url, join, utf8 } from '../issuer/bytes.ts';
import { type Cbor, embedded, encode, raw } from '../issuer/cbor.ts';
import { embeddedBytes } from '../issuer/cose.ts';
import { ecPublicKey } from '../issuer/keys.ts';
import { isoMdocTranscript } from '../issuer/transcript.ts';
import { asArray, asBase64url, asBytes, asMap, asText, decode, EmbeddedBytes } from './cbor.ts';
import { demand, permit } from './error.ts';
import { judgeReader, verifyReader } from './reader.ts';
import type { Asked, AskedDocument, ParsedRequest, ReadOptions, Requester } from './request.ts';

interface DocRequest extends AskedDocument {
  itemsRequestBytes: Cbor;
  readerAuth: unknown;
}

export function readIsoMdoc(
  data: { deviceRequest?: unknown; encryptionInfo?: unknown },
  options: ReadOptions,
): ParsedRequest {
  const encryptionInfo = asText(data.encryptionInfo, 'encryptionInfo');
  const recipient = readEncryptionInfo(encryptionInfo);
  const request = asMap(
    decode(asBase64url(data.deviceRequest, 'deviceRequest'), 'deviceRequest'),
    'deviceRequest',
  );
  const version = asText(request.get('version'), 'version');
  permit(version === '1.0' || version === '1.1', 'DeviceRequest version not supported');
  const documents = asArray(request.get('docRequests'), 'docRequests').map(readDocRequest);
  demand(documents.length > 0, 'docRequests is empty');
  const info = readDeviceRequestInfo(request, version, documents.length);
  const transcript = isoMdocTranscript(encryptionInfo, options.origin);
  const requester =
    readerOfAll(request, documents, info, transcript, options) ??
    readerOfEach(documents, transcript, options);
  permit(requester || options.allowUnsigned, 'request without reader authentication');
  return {
    requester,
    documents,
    async reply({ origin, nonce }, respond) {
      const info = nonce === undefined ? encryptionInfo : withNonce(encryptionInfo, nonce);
      const bound = isoMdocTranscript(info, origin);
      const all = documents.map((_, index) => index);
      const response = respond(bound, all, recipient.key);
      return { response: base64url(await seal(response, bound, recipient.point)) };
    },
  };
}

/** `["dcapi", {nonce, recipientPublicKey}]`. */
function readEncryptionInfo(text: string): { point: Bytes; key: Bytes } {
  const list = asArray(
    decode(asBase64url(text, 'encryptionInfo'), 'encryptionInfo'),
    'encryptionInfo',
  );
  demand(list.length === 2 && list[0] === 'dcapi', 'encryptionInfo is not for dcapi');
  const parameters = asMap(list[1], 'encryption parameters');
  demand(asBytes(parameters.get('nonce'), 'nonce').length >= 16, 'nonce is short');
  const key = asMap(parameters.get('recipientPublicKey'), 'recipientPublicKey');
  demand(key.get(1) === 2 && key.get(-1) === 1, 'recipientPublicKey is not P-256');
  const [x, y] = [asBytes(key.get(-2), 'x'), asBytes(key.get(-3), 'y')];
  demand(x.length === 32 && y.length === 32, 'recipientPublicKey has short coordinates');
  const point = join(new Uint8Array([4]), x, y);
  return { point, key: publicKey(point) };
}

function publicKey(point: Uint8Array): Bytes {
  try {
    return ecPublicKey('P-256', point);
  } catch {
    demand(false, 'recipientPublicKey is not on the curve');
  }
}

function readDocRequest(value: unknown): DocRequest {
  const docRequest = asMap(value, 'docRequest');
  const item = docRequest.get('itemsRequest');
  demand(item instanceof EmbeddedBytes, 'itemsRequest is not tag 24');
  const items = asMap(decode(item.content, 'itemsRequest'), 'itemsRequest');
  const nameSpaces = [...asMap(items.get('nameSpaces'), 'nameSpaces')];
  demand(nameSpaces.length > 0, 'nameSpaces is empty');
  return {
    docType: asText(items.get('docType'), 'docType'),
    elements: nameSpaces.flatMap(([namespace, elements]) =>
      readNameSpace(asText(namespace, 'namespace'), asMap(elements, 'namespace')),
    ),
    itemsRequestBytes: embeddedBytes(item.content),
    readerAuth: docRequest.get('readerAuth'),
  };
}

/** Elements of the mDL namespace that hand the relying party a bearer token; WebKit refuses them. */
const TOKEN_ELEMENTS = ['oidc_info', 'webapi_info'];

function readNameSpace(namespace: string, elements: Map<unknown, unknown>): Asked[] {
  demand(elements.size > 0, `${namespace} asks nothing`);
  return [...elements].map(([name, retain]) => {
    const element = asText(name, 'element identifier');
    demand(typeof retain === 'boolean', `intentToRetain of ${element} is not a boolean`);
    demand(
      namespace !== 'org.iso.18013.5.1' || !TOKEN_ELEMENTS.includes(element),
      `${element} may not be asked through a browser`,
    );
    return { namespace, element, retain };
  });
}

/** DeviceRequestInfo as received, checked against the number of docRequests. */
function readDeviceRequestInfo(
  request: Map<unknown, unknown>,
  version: string,
  count: number,
): Cbor | undefined {
  const item = request.get('deviceRequestInfo');
  if (version === '1.0') {
    demand(!request.has('readerAuthAll') && item === undefined, 'version 1.0 with parts of 1.1');
  }
  if (item === undefined) return undefined;
  demand(item instanceof EmbeddedBytes, 'deviceRequestInfo is not tag 24');
  const info = asMap(decode(item.content, 'deviceRequestInfo'), 'deviceRequestInfo');
  if (info.has('useCases')) {
    const useCases = asArray(info.get('useCases'), 'useCases').map((one) => asMap(one, 'useCase'));
    demand(useCases.length > 0, 'useCases is empty');
    for (const useCase of useCases) {
      demand(typeof useCase.get('mandatory') === 'boolean', 'mandatory is not a boolean');
      const sets = asArray(useCase.get('documentSets'), 'documentSets');
      demand(sets.length > 0, 'documentSets is empty');
      for (const index of sets.flatMap((set) => asArray(set, 'documentSet'))) {
        demand(
          Number.isInteger(index) && Number(index) in Array(count).fill(0),
          'documentSet index',
        );
      }
    }
  }
  return embeddedBytes(item.content);
}

function readerOfAll(
  request: Map<unknown, unknown>,
  documents: readonly DocRequest[],
  info: Cbor | undefined,
  transcript: Uint8Array,
  options: ReadOptions,
): Requester | undefined {
  if (!request.has('readerAuthAll')) return undefined;
  const signatures = asArray(request.get('readerAuthAll'), 'readerAuthAll');
  demand(signatures.length > 0, 'readerAuthAll is empty');
  const items = documents.map(({ itemsRequestBytes }) => itemsRequestBytes);
  const signed = embedded(['ReaderAuthenticationAll', raw(transcript), items, info ?? null]);
  const [first] = signatures.map((signature) => verifySign1(signature, encode(signed), options));
  return first;
}

function readerOfEach(
  documents: readonly DocRequest[],
  transcript: Uint8Array,
  options: ReadOptions,
): Requester | undefined {
  const readers = documents.map(({ readerAuth, itemsRequestBytes }) => {
    if (readerAuth === undefined) return undefined;
    const signed = embedded(['ReaderAuthentication', raw(transcript), itemsRequestBytes]);
    return verifySign1(readerAuth, encode(signed), options);
  });
  const [first] = readers;
  permit(
    readers.every((reader) => reader?.subject === first?.subject),
    'docRequests of different readers',
  );
  return first;
}

/** A COSE_Sign1 with a detached payload, its chain in the x5chain header. */
function verifySign1(value: unknown, payload: Uint8Array, options: ReadOptions): Requester {
  const list = asArray(value, 'readerAuth');
  demand(list.length === 4 && list[2] === null, 'readerAuth is not a detached COSE_Sign1');
  const header = asBytes(list[0], 'protected header');
  const unprotected = asMap(list[1], 'unprotected header');
  const algorithm = asMap(decode(header, 'protected header'), 'protected header').get(1);
  const x5chain = unprotected.get(33);
  permit(x5chain !== undefined, 'readerAuth without x5chain');
  demand(!Array.isArray(x5chain) || x5chain.length > 1, 'x5chain of one is not bare');
  const chain = (Array.isArray(x5chain) ? x5chain : [x5chain]).map((one) =>
    asBytes(one, 'x5chain'),
  );
  const reader = judgeReader(chain, options);
  const toBeSigned = encode(['Signature1', header, new Uint8Array(), payload]);
  verifyReader(reader, algorithm, toBeSigned, asBytes(list[3], 'signature'));
  return { name: reader.name, subject: reader.subject };
}

/** The same EncryptionInfo with another nonce, as another session's would be. */
function withNonce(encryptionInfo: string, nonce: string): string {
  const [, parameters] = decode(asBase64url(encryptionInfo, ''), '') as [string, Map<Cbor, Cbor>];
  return base64url(encode(['dcapi', new Map([...parameters, ['nonce', utf8(nonce)]])]));
}

/** EncryptedResponse: HPKE base mode with the transcript as `info`. */
async function seal(response: Bytes, transcript: Uint8Array, point: Bytes): Promise<Bytes> {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(point),
    info: new Uint8Array(transcript),
  });
  const cipherText = new Uint8Array(await sender.seal(response));
  return encode(['dcapi', { enc: new Uint8Array(sender.enc), cipherText }]);
}
