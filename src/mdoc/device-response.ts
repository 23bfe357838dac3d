/** What a wallet sends, as ISO/IEC 18013-5 8.3.2.1.2.2 lays it out: parsed here once, judged elsewhere. */
import type { CborValue, Embedded } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import {
  asArray,
  asEmbedded,
  asInteger,
  asMap,
  asText,
  asTextMap,
  asUint,
  type CborMap,
} from '../wire/fields.ts';
import { readCbor } from '../wire/reader.ts';
import type { ElementName } from './requested.ts';

export interface DeviceResponse {
  readonly version: string;
  readonly status: number;
  readonly documents: readonly MdocDocument[];
  /** What the wallet says of documents it did not give: type and error code; undefined without a list. */
  readonly documentErrors: readonly DocumentError[] | undefined;
  /** Members of the second edition that hold documents this verifier cannot read. */
  readonly unsupported: readonly UnsupportedMember[];
}

export interface DocumentError {
  readonly docType: string;
  readonly code: number;
}

const UNSUPPORTED = ['zkDocuments', 'encryptedDocuments'] as const;
export type UnsupportedMember = (typeof UNSUPPORTED)[number];

/** Why an element is missing, as the wallet tells it; 0 means that it was not given. */
export interface ElementError extends ElementName {
  readonly code: number;
}

export interface MdocDocument {
  readonly docType: string;
  /** IssuerSignedItemBytes by namespace, each with the bytes its digest covers. */
  readonly nameSpaces: ReadonlyMap<string, readonly Embedded[]>;
  readonly issuerAuth: CborValue | undefined;
  readonly errors: readonly ElementError[];
  /** Undefined where the wallet proved no possession at all. */
  readonly deviceSigned: DeviceSigned | undefined;
}

export interface DeviceSigned {
  readonly nameSpaces: Embedded;
  readonly deviceAuth: CborMap;
}

/**
 * @throws IdVerifyError `malformed/structure` or one of the reader's codes; items inside tag 24 are
 *   not opened yet
 */
export function parseDeviceResponse(bytes: Uint8Array): DeviceResponse {
  const response = asMap(readCbor(bytes, MDOC_RULES), 'DeviceResponse');
  const documents = response.get('documents');
  return {
    version: asText(response.get('version'), 'DeviceResponse.version'),
    status: asUint(response.get('status'), 'DeviceResponse.status'),
    documents: documents === undefined ? [] : asArray(documents, 'documents').map(parseDocument),
    documentErrors: parseDocumentErrors(response.get('documentErrors')),
    unsupported: UNSUPPORTED.filter((name) => response.has(name)),
  };
}

/** `[* {+ DocType => ErrorCode}]`, 8.3.2.1.2.2. */
function parseDocumentErrors(value: CborValue | undefined): DocumentError[] | undefined {
  const where = 'DeviceResponse.documentErrors';
  if (value === undefined) return undefined;
  return asArray(value, where).flatMap((errors) =>
    [...asTextMap(errors, where, asInteger)].map(([docType, code]) => ({ docType, code })),
  );
}

/** `{+ NameSpace => {+ DataElementIdentifier => ErrorCode}}`, 8.3.2.1.2.2. */
function parseErrors(value: CborValue | undefined): ElementError[] {
  const where = 'Document.errors';
  if (value === undefined) return [];
  const errors = asTextMap(value, where, (elements) => asTextMap(elements, where, asInteger));
  return [...errors].flatMap(([nameSpace, elements]) =>
    [...elements].map(([identifier, code]) => ({ nameSpace, identifier, code })),
  );
}

/** Whether a value is meant as a DeviceResponse; what is wrong with it, `parseDeviceResponse` says. */
export function resemblesDeviceResponse(value: CborValue): boolean {
  return value instanceof Map && ['version', 'status', 'documents'].some((name) => value.has(name));
}

function parseDocument(value: CborValue): MdocDocument {
  const document = asMap(value, 'Document');
  const issuerSigned = asMap(document.get('issuerSigned'), 'issuerSigned');
  const nameSpaces = issuerSigned.get('nameSpaces');
  const deviceSigned = document.get('deviceSigned');
  return {
    docType: asText(document.get('docType'), 'Document.docType'),
    nameSpaces:
      nameSpaces === undefined
        ? new Map()
        : asTextMap(nameSpaces, 'issuerSigned.nameSpaces', (items, where) =>
            asArray(items, where).map((item) => asEmbedded(item, where)),
          ),
    issuerAuth: issuerSigned.get('issuerAuth'),
    errors: parseErrors(document.get('errors')),
    deviceSigned: deviceSigned === undefined ? undefined : parseDeviceSigned(deviceSigned),
  };
}

function parseDeviceSigned(value: CborValue): DeviceSigned {
  const deviceSigned = asMap(value, 'deviceSigned');
  const deviceAuth = deviceSigned.get('deviceAuth');
  return {
    nameSpaces: asEmbedded(deviceSigned.get('nameSpaces'), 'deviceSigned.nameSpaces'),
    deviceAuth: deviceAuth === undefined ? new Map() : asMap(deviceAuth, 'deviceAuth'),
  };
}
