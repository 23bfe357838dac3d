/** The mobile security object, ISO/IEC 18013-5 9.1.2.4: what the issuer signed. */
import { type CborValue, Embedded } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import {
  asArray,
  asBytes,
  asDateTime,
  asMap,
  asText,
  asTextMap,
  asUint,
  type CborMap,
} from '../wire/fields.ts';
import { readPart } from '../wire/reader.ts';

export interface MobileSecurityObject {
  readonly version: string;
  readonly docType: string;
  readonly digestAlgorithm: string;
  readonly valueDigests: ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>;
  /** COSE_Key. */
  readonly deviceKey: CborMap;
  readonly keyAuthorizations: KeyAuthorizations;
  readonly validity: MsoValidity;
  /** `status_list` or `identifier_list`, where the issuer publishes one. */
  readonly status: CborMap | undefined;
}

/** Milliseconds since 1970. */
export interface MsoValidity {
  readonly signed: number;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** What the device key may sign by itself. */
export interface KeyAuthorizations {
  readonly nameSpaces: ReadonlySet<string>;
  readonly dataElements: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads `MobileSecurityObjectBytes`, the payload of issuerAuth.
 * @throws IdVerifyError `malformed/structure` or one of the reader's codes
 */
export function parseMso(payload: Uint8Array | undefined): MobileSecurityObject {
  const wrapped = payload && readPart(payload, MDOC_RULES);
  if (!(wrapped instanceof Embedded)) {
    throw new IdVerifyError('malformed/structure', 'issuerAuth: payload is not tag 24');
  }
  const mso = asMap(readPart(wrapped.content, MDOC_RULES), 'MSO');
  const keyInfo = asMap(mso.get('deviceKeyInfo'), 'MSO.deviceKeyInfo');
  const validity = asMap(mso.get('validityInfo'), 'MSO.validityInfo');
  const time = (name: string) => asDateTime(validity.get(name), `MSO.validityInfo.${name}`);
  const status = mso.get('status');
  return {
    version: asText(mso.get('version'), 'MSO.version'),
    docType: asText(mso.get('docType'), 'MSO.docType'),
    digestAlgorithm: asText(mso.get('digestAlgorithm'), 'MSO.digestAlgorithm'),
    valueDigests: asTextMap(mso.get('valueDigests'), 'MSO.valueDigests', parseDigests),
    deviceKey: asMap(keyInfo.get('deviceKey'), 'MSO.deviceKey'),
    keyAuthorizations: parseAuthorizations(keyInfo.get('keyAuthorizations')),
    validity: {
      signed: time('signed'),
      validFrom: time('validFrom'),
      validUntil: time('validUntil'),
    },
    status: status === undefined ? undefined : asMap(status, 'MSO.status'),
  };
}

function parseDigests(value: CborValue, where: string): Map<number, Uint8Array> {
  const digests = new Map<number, Uint8Array>();
  for (const [id, digest] of asMap(value, where)) {
    digests.set(asUint(id, where), asBytes(digest, where));
  }
  return digests;
}

function parseAuthorizations(value: CborValue | undefined): KeyAuthorizations {
  const where = 'MSO.keyAuthorizations';
  const authorizations: CborMap = value === undefined ? new Map() : asMap(value, where);
  const texts = (list: CborValue) =>
    new Set(asArray(list, where).map((item) => asText(item, where)));
  return {
    nameSpaces: texts(authorizations.get('nameSpaces') ?? []),
    dataElements: asTextMap(authorizations.get('dataElements') ?? new Map(), where, texts),
  };
}
