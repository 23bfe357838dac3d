/** Every check of a DeviceResponse and every way one fails: the catalog operators read. */
import { CHAIN_REFUSALS } from '../trust/issuer-chain.ts';
import type { Meaning } from '../trust/refusal.ts';
import { REVOCATION_REFUSALS } from '../trust/revocation.ts';
import type { CheckOutcome } from '../wire/contract.ts';
import type { Code } from '../wire/error.ts';

const RESPONSE = 'ISO/IEC 18013-5 8.3.2.1.2.2';
const ITEM = 'ISO/IEC 18013-5 9.1.2.5';
const MSO = 'ISO/IEC 18013-5 9.1.2.4';
const DEVICE = 'ISO/IEC 18013-5 9.1.3';

/** The checks in the order they are run and reported; what each one establishes. */
export const MDOC_CHECKS = {
  'mdoc.structure': {
    what: 'The response has the structure of a DeviceResponse',
    clause: RESPONSE,
  },
  'mdoc.version': { what: 'The versions of response and MSO are known', clause: RESPONSE },
  'mdoc.status': { what: 'The wallet reports success', clause: RESPONSE },
  'mdoc.documents': { what: 'Exactly the one document asked for is there', clause: RESPONSE },
  'mdoc.doc_type': { what: 'Request, document and MSO name one document type', clause: ITEM },
  'mdoc.issuer_chain': {
    what: 'The document signer was certified for this by a trusted issuer',
    clause: 'ISO/IEC 18013-5 9.3.3',
  },
  'mdoc.issuer_signature': { what: 'The document signer signed the MSO', clause: ITEM },
  'mdoc.digests': { what: 'Each element is the one the issuer signed', clause: ITEM },
  'mdoc.validity': { what: 'The document is valid now', clause: ITEM },
  'mdoc.device_auth': {
    what: "The document's own device answered in this session",
    clause: DEVICE,
  },
  'mdoc.elements': { what: 'Each element has its type', clause: 'ISO/IEC 18013-5 7.2' },
  'mdoc.requested': { what: 'All that was asked for is there, and nothing else', clause: RESPONSE },
  'mdoc.revocation': {
    what: 'Neither document nor document signer was revoked',
    clause: 'ISO/IEC 18013-5 9.3.3, draft-ietf-oauth-status-list',
  },
} as const satisfies Record<string, Meaning>;

export type MdocCheckId = keyof typeof MDOC_CHECKS;

/** The codes a check reports. Readers below it add their own `malformed`, `limit` and `unsupported` cases. */
export const MDOC_REFUSALS = {
  'unsupported/response_version': { what: 'Unknown DeviceResponse version', clause: RESPONSE },
  'unsupported/mso_version': { what: 'Unknown MSO version', clause: MSO },
  'request_mismatch/status': { what: 'The wallet reports an error', clause: RESPONSE },
  'request_mismatch/document_errors': {
    what: 'The wallet reports errors beside or instead of documents',
    clause: RESPONSE,
  },
  'request_mismatch/no_document': { what: 'The response holds no document', clause: RESPONSE },
  'request_mismatch/no_element': {
    what: 'The document discloses nothing',
    clause: 'rule of this verifier',
  },
  'request_mismatch/extra_document': {
    what: 'The response holds more documents than were asked for',
    clause: RESPONSE,
  },
  'request_mismatch/doc_type': { what: 'Another document than the one asked for', clause: ITEM },
  'request_mismatch/mso_doc_type': {
    what: 'The issuer signed another document type than the document claims',
    clause: ITEM,
  },
  'untrusted_issuer/no_chain': { what: 'issuerAuth has no x5chain', clause: MSO },
  'untrusted_issuer/long_chain': {
    what: 'x5chain holds more than the document signer and its trust anchor',
    clause: MSO,
  },
  'issuer_signature/invalid': { what: 'The signature of the MSO does not verify', clause: ITEM },
  'malformed/duplicate_element': { what: 'An element occurs twice', clause: RESPONSE },
  'malformed/duplicate_digest_id': { what: 'A digestID occurs twice', clause: MSO },
  'malformed/salt': {
    what: 'The random value of an item is shorter than 16 bytes',
    clause: ITEM,
  },
  'unsupported/digest_algorithm': {
    what: 'The digest algorithm is none of SHA-256, SHA-384 and SHA-512',
    clause: ITEM,
  },
  'digest/name_space': { what: 'The issuer signed no digests for a namespace', clause: ITEM },
  'digest/missing': { what: 'The issuer signed no digest for an element', clause: ITEM },
  'digest/mismatch': { what: 'An element is not the one the issuer signed', clause: ITEM },
  'validity/window': {
    what: 'validUntil, validFrom and signed contradict each other',
    clause: MSO,
  },
  'validity/expired': { what: 'The document has expired', clause: ITEM },
  'validity/not_yet_valid': { what: 'The document is not valid yet', clause: ITEM },
  'validity/signed_in_future': { what: 'The MSO was signed in the future', clause: ITEM },
  'validity/signed_outside_signer': {
    what: 'The MSO was signed outside the validity of the document signer certificate',
    clause: ITEM,
  },
  'device_binding/missing': { what: 'The device did not authenticate', clause: DEVICE },
  'device_binding/ambiguous': { what: 'Both a device signature and a device MAC', clause: DEVICE },
  'device_binding/attached_payload': {
    what: 'The payload of the device authentication is not detached',
    clause: DEVICE,
  },
  'device_binding/signature': {
    what: 'The device signature does not cover this session and document',
    clause: DEVICE,
  },
  'device_binding/mac': {
    what: 'The device MAC does not cover this session and document',
    clause: DEVICE,
  },
  'device_binding/no_reader_key': {
    what: 'A device MAC cannot be checked without the reader key of the session',
    clause: DEVICE,
  },
  'device_binding/unauthorized_element': {
    what: 'The device signed an element the issuer did not authorise it to sign',
    clause: DEVICE,
  },
  'malformed/element_type': {
    what: 'An element is of another type',
    clause: 'ISO/IEC 18013-5 7.2',
  },
  'malformed/portrait': {
    what: 'The portrait is neither JPEG nor JPEG 2000',
    clause: 'ISO/IEC 18013-5 7.2.2',
  },
  'limit/elements': { what: 'More elements than accepted', clause: 'limit of this verifier' },
  'limit/element': { what: 'An element is larger than accepted', clause: 'limit of this verifier' },
  'request_mismatch/extra_element': { what: 'An element that was not asked for', clause: RESPONSE },
  'request_mismatch/missing_element': {
    what: 'An element that was asked for is missing',
    clause: RESPONSE,
  },
  'policy/individual_number': {
    what: 'The individual number was disclosed, and no legal basis for reading it is stated',
    clause: 'Number Act (番号利用法)',
  },
  'undetermined/no_request': {
    what: 'The elements were not compared with a request: none was given',
    clause: 'rule of this verifier',
  },
  'undetermined/not_reached': {
    what: 'The check could not run because an earlier one failed',
    clause: 'rule of this verifier',
  },
  ...CHAIN_REFUSALS,
  ...REVOCATION_REFUSALS,
} as const satisfies Partial<Record<Code, Meaning>>;

export type MdocCode = keyof typeof MDOC_REFUSALS;

/** The outcome of one check. */
export interface MdocCheck {
  readonly id: MdocCheckId;
  readonly outcome: CheckOutcome;
  /** Of the first thing that was wrong. */
  readonly code?: Code;
  /** Operator's sentences, one for each thing that was wrong: what, where, expected, found, clause. */
  readonly detail?: string;
}
