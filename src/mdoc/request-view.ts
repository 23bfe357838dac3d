/**
 * What a wallet request asks, read from the bytes that will be sent to the wallet. The consent panel
 * shows this and nothing else, so it runs in the browser and needs only the wire.
 */
import { readCose, x5chain } from '../crypto/cose.ts';
import { fromBase64, fromBase64url } from '../wire/bytes.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import type { WalletRequest } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asArray, asBoolean, asEmbedded, asMap, asText, asTextMap } from '../wire/fields.ts';
import { readCbor, readPart } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { dcqlQuery, documentsOf } from './dcql.ts';
import type { DocumentRequest } from './requested.ts';

export interface RequestView {
  readonly documents: readonly DocumentRequest[];
  /** Certificates of whoever signed, DER, the end entity first; empty where nobody did. */
  readonly readerCertificates: readonly Uint8Array[];
}

/**
 * Reads a request of any protocol. Signatures are not verified: the page has no reason to doubt its
 * own server, and the wallet does not rely on the page.
 * @throws IdVerifyError `malformed/*` or `limit/*` where it is not a request this project makes
 */
export function readWalletRequest(request: WalletRequest): RequestView {
  switch (request.protocol) {
    case 'org-iso-mdoc':
      return readDeviceRequest(fromBase64url(request.data.deviceRequest));
    case 'openid4vp-v1-signed': {
      const [header = '', payload = ''] = request.data.request.split('.');
      return readOpenId4Vp(fromJson(payload), [header]);
    }
    case 'openid4vp-v1-multisigned': {
      const headers = request.data.signatures.map((signature) => signature.protected);
      return readOpenId4Vp(fromJson(request.data.payload), headers);
    }
    case 'openid4vp-v1-unsigned':
      return readOpenId4Vp(request.data, []);
  }
}

/**
 * Reads a DeviceRequest, ISO/IEC 18013-5 8.3.2.1.2.1, of version 1.0 or 1.1.
 * @throws IdVerifyError `malformed/structure`, `unsupported/items_request` or one of the reader's codes
 */
export function readDeviceRequest(deviceRequest: Uint8Array): RequestView {
  const request = asMap(readCbor(deviceRequest, MDOC_RULES), 'DeviceRequest');
  const docRequests = asArray(request.get('docRequests'), 'docRequests').map((item) =>
    asMap(item, 'DocRequest'),
  );
  const readerAuthAll = request.get('readerAuthAll');
  const readerAuth =
    readerAuthAll === undefined
      ? docRequests[0]?.get('readerAuth')
      : asArray(readerAuthAll, 'readerAuthAll')[0];
  return {
    documents: docRequests.map((docRequest) => {
      const itemsRequest = asEmbedded(docRequest.get('itemsRequest'), 'itemsRequest');
      const items = asMap(readPart(itemsRequest.content, MDOC_RULES), 'ItemsRequest');
      // A requestInfo may ask for more, by alternativeDataElements; this project never sends one.
      if (items.size !== 2) {
        throw new IdVerifyError('unsupported/items_request', 'more than docType and nameSpaces');
      }
      return {
        docType: asText(items.get('docType'), 'ItemsRequest.docType'),
        nameSpaces: asTextMap(items.get('nameSpaces'), 'nameSpaces', (elements, where) =>
          asTextMap(elements, where, asBoolean),
        ),
      };
    }),
    readerCertificates: readerAuth === undefined ? [] : x5chain(readCose(readerAuth, 'readerAuth')),
  };
}

/** Certificates in a JOSE header, RFC 7515 section 4.1.6. */
const joseHeader = v.object({ x5c: v.optional(v.array(v.string()), []) });
const openId4VpRequest = v.object({ dcql_query: dcqlQuery });

function readOpenId4Vp(parameters: unknown, headers: readonly string[]): RequestView {
  const [header = { x5c: [] }] = headers.map((it) => parse(joseHeader, fromJson(it)));
  return {
    documents: documentsOf(parse(openId4VpRequest, parameters).dcql_query),
    readerCertificates: header.x5c.map(fromBase64),
  };
}

function refuse(cause?: unknown): never {
  throw new IdVerifyError('malformed/openid4vp_request', 'not an OpenID4VP request for an mdoc', {
    cause,
  });
}

function parse<S extends v.Schema>(schema: S, value: unknown) {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : refuse();
}

function fromJson(base64url: string): unknown {
  const bytes = fromBase64url(base64url);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return refuse(cause);
  }
}
