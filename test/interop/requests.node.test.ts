/**
 * What the simulated wallet refuses to read, after the ideas of web-platform-tests
 * `digital-credentials/get-mdoc-request-validation.https.html`: a request builder that passes this
 * wallet passes the browsers' own validation.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64url, fromBase64url, join } from '../../src/testing/issuer/bytes.ts';
import {
  type Cbor,
  embedded,
  encode,
  indefinite,
  pairs,
  raw,
  tag,
  wide,
} from '../../src/testing/issuer/cbor.ts';
import { MDL } from '../../src/testing/issuer/persons.ts';
import { createTestPki } from '../../src/testing/issuer/pki.ts';
import { createWallet } from '../../src/testing/wallet/wallet.ts';
import { isoRequest, openId4VpRequest } from './relying-party.ts';

const origin = 'https://rp.example';
const pki = createTestPki();
const wallet = createWallet({ pki, allowUnsigned: true });
const NS = 'org.iso.18013.5.1';
const base = { docType: MDL, nameSpaces: { [NS]: { family_name: false } }, origin };

const describe = (data: unknown, protocol = 'org-iso-mdoc') =>
  wallet.describe({ protocol, data }, { origin });
const refuses = (data: unknown, protocol?: string) =>
  assert.throws(() => describe(data, protocol), { exception: 'TypeError' });

const withRequest = (edit: (request: Record<string, Cbor>) => Cbor) =>
  isoRequest({ ...base, version: '1.0', edit }).data;
const withItems = (items: Cbor) =>
  withRequest((request) => ({ ...request, docRequests: [{ itemsRequest: items }] }));

test('valid requests are read', () => {
  const { data } = isoRequest(base);
  describe(data);
  describe(isoRequest({ ...base, version: '1.0' }).data);
  describe(withRequest((request) => ({ ...request, unknown_entry: 'some value' })));
  describe(isoRequest({ ...base, nameSpaces: { other: { oidc_info: false } } }).data);
});

test('base64url is read strictly', () => {
  const { data } = isoRequest(base);
  const { deviceRequest, encryptionInfo } = data;
  for (const changed of [
    `${deviceRequest}=`,
    'A',
    `${deviceRequest} \n`,
    '+/+/',
    {},
    undefined,
    1,
  ]) {
    refuses({ deviceRequest: changed, encryptionInfo });
    refuses({ deviceRequest, encryptionInfo: changed });
  }
  refuses('text');
  refuses(data, 'preview');
});

test('CBOR is read strictly', () => {
  const { deviceRequest, encryptionInfo } = isoRequest(base).data;
  const trailing = base64url(join(fromBase64url(deviceRequest), new Uint8Array(1)));
  refuses({ deviceRequest: trailing, encryptionInfo });
  refuses({ deviceRequest: base64url(new Uint8Array([0xff])), encryptionInfo });
  const shapes: ((request: Record<string, Cbor>) => Cbor)[] = [
    (request) => pairs(...Object.entries(request), ['version', '2.0']),
    (request) => ({ ...request, version: raw(new Uint8Array([0x62, 0xc3, 0x28])) }),
    (request) => ({ ...request, version: wide('1.0', 1) }),
    ({ docRequests, ...request }) => ({
      ...request,
      docRequests: indefinite('array', docRequests as Cbor[]),
    }),
    () => ['version', '1.0'],
    () => ({ version: '1.0' }),
    (request) => ({ ...request, docRequests: 'text' }),
    (request) => ({ ...request, docRequests: [] }),
    (request) => ({ ...request, docRequests: ['text'] }),
  ];
  for (const shape of shapes) refuses(withRequest(shape));
});

test('an items request has its shape', () => {
  const items = { docType: MDL, nameSpaces: base.nameSpaces };
  const shapes: Cbor[] = [
    encode(items),
    tag(400, embedded(items)),
    tag(24, new Uint8Array([0xff])),
    tag(24, 'text'),
    embedded(['not a map']),
    embedded({ nameSpaces: items.nameSpaces }),
    embedded({ ...items, nameSpaces: 'text' }),
    embedded({ ...items, nameSpaces: {} }),
    embedded({ ...items, nameSpaces: { [NS]: 'text' } }),
    embedded({ ...items, nameSpaces: { [NS]: {} } }),
    embedded({ ...items, nameSpaces: { [NS]: { family_name: 1 } } }),
    embedded({ ...items, nameSpaces: pairs([NS, { a: true }], [NS, { a: true }]) }),
    embedded({ ...items, nameSpaces: { [NS]: { family_name: false, oidc_info: false } } }),
    embedded({ ...items, nameSpaces: { [NS]: { webapi_info: true } } }),
  ];
  for (const shape of shapes) refuses(withItems(shape));
});

test('EncryptionInfo has its shape', () => {
  const { data } = isoRequest(base);
  const point = { x: new Uint8Array(32).fill(1), y: new Uint8Array(32).fill(2) };
  const key = (x: Uint8Array, y: Uint8Array, curve = 1) =>
    pairs([1, 2], [-1, curve], [-2, x], [-3, y]);
  const nonce = new Uint8Array(32);
  const shapes: Cbor[] = [
    ['other', { nonce, recipientPublicKey: key(point.x, point.y) }],
    ['dcapi', { nonce: new Uint8Array(8), recipientPublicKey: key(point.x, point.y) }],
    ['dcapi', { nonce, recipientPublicKey: key(point.x, point.y, 2) }],
    ['dcapi', { nonce, recipientPublicKey: key(point.x, new Uint8Array(31)) }],
    ['dcapi', { nonce, recipientPublicKey: key(point.x, point.y) }],
    ['dcapi', { nonce }],
    ['dcapi'],
  ];
  for (const shape of shapes) refuses({ ...data, encryptionInfo: base64url(encode(shape)) });
});

test('parts of 1.1 stay in 1.1, and its use cases name documents that are there', () => {
  const info = (useCases: Cbor) => ({ deviceRequestInfo: embedded({ useCases }) });
  refuses(withRequest((request) => ({ ...request, ...info([]) })));
  const shapes: Cbor[] = [
    [],
    [{ mandatory: true, documentSets: [[1]] }],
    [{ mandatory: true, documentSets: [] }],
    [{ documentSets: [[0]] }],
  ];
  for (const shape of shapes) {
    refuses(isoRequest({ ...base, edit: (request) => ({ ...request, ...info(shape) }) }).data);
  }
});

test('OpenID4VP parameters are read strictly', async () => {
  type Parameters = Record<string, unknown>;
  const edits: ((parameters: Parameters) => Parameters)[] = [
    (parameters) => ({ ...parameters, response_type: 'code' }),
    (parameters) => ({ ...parameters, response_mode: 'direct_post' }),
    (parameters) => ({ ...parameters, nonce: '' }),
    (parameters) => ({ ...parameters, nonce: 'with space' }),
    (parameters) => ({ ...parameters, client_id: 'x509_hash:AA' }),
    (parameters) => ({ ...parameters, dcql_query: { credentials: [] } }),
    (parameters) => ({ ...parameters, client_metadata: undefined }),
    (parameters) => ({ ...parameters, client_metadata: { jwks: { keys: [{ kty: 'EC' }] } } }),
  ];
  for (const edit of edits) {
    const plan = { ...base, reader: pki.reader, kind: 'unsigned' as const, edit };
    const { protocol, data } = await openId4VpRequest(plan);
    refuses(data, protocol);
  }
});
