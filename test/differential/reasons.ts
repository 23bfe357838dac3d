/** Why another library decides otherwise. What is not listed here has no known reason. */
import type { Code } from '../../src/wire/error.ts';

export type Library = '@auth0/mdl' | '@owf/mdoc';

const REENCODED = 'it decodes, encodes again and hashes that, so other bytes become the same';
const NOT_COMPARED = 'it leaves this comparison to its caller';
const NOT_CHECKED = 'it does not check this';
const LENIENT = 'its CBOR decoder takes it';
const CALLBACK =
  'the certificate chain is its caller’s to check, and the caller here checks the path alone';

/** Refused by us with this code, accepted by them. */
export const THEY_ACCEPT: Readonly<Record<Library, Readonly<Partial<Record<Code, string>>>>> = {
  '@auth0/mdl': {
    'device_binding/signature': REENCODED,
    'device_binding/unauthorized_element': NOT_CHECKED,
    'device_binding/attached_payload': 'it verifies over the detached payload whatever is attached',
    'digest/mismatch': REENCODED,
    'issuer_signature/invalid': REENCODED,
    'limit/depth': 'it has no limits',
    'limit/items': 'it has no limits',
    'malformed/bignum': LENIENT,
    'malformed/cose_header': 'it reads one of the two headers',
    'malformed/duplicate_digest_id': NOT_CHECKED,
    'malformed/duplicate_element': 'the last of two elements of one name counts',
    'malformed/duplicate_key': LENIENT,
    'malformed/element_type': NOT_CHECKED,
    'malformed/indefinite_length': LENIENT,
    'malformed/key_type': LENIENT,
    'malformed/portrait': NOT_CHECKED,
    'malformed/salt': NOT_CHECKED,
    'malformed/simple_value': LENIENT,
    'malformed/structure': 'it reads only the members it needs',
    'malformed/tag': LENIENT,
    'malformed/tag_content': LENIENT,
    'malformed/text_bom': LENIENT,
    'malformed/text_utf8': LENIENT,
    'malformed/trailing_bytes': LENIENT,
    'request_mismatch/document_errors': NOT_CHECKED,
    'request_mismatch/extra_document': NOT_COMPARED,
    'request_mismatch/no_element': NOT_COMPARED,
    'request_mismatch/status': NOT_CHECKED,
    'unsupported/response_version': NOT_CHECKED,
    'untrusted_issuer/country': 'it compares countries only for a jurisdiction it is given',
    'untrusted_issuer/signer_is_ca': NOT_CHECKED,
    'untrusted_issuer/signer_key_usage': NOT_CHECKED,
    'untrusted_issuer/signer_purpose': NOT_CHECKED,
    'validity/signed_in_future': NOT_CHECKED,
  },
  '@owf/mdoc': {
    'device_binding/ambiguous': 'it takes the signature where there is a MAC too',
    'device_binding/attached_payload': 'it verifies over the detached payload whatever is attached',
    'device_binding/signature': REENCODED,
    'device_binding/unauthorized_element': NOT_CHECKED,
    'digest/mismatch': REENCODED,
    'issuer_signature/invalid': REENCODED,
    'limit/depth': 'it has no limits',
    'limit/items': 'it has no limits',
    'malformed/bignum': LENIENT,
    'malformed/cose_header': 'it reads one of the two headers',
    'malformed/duplicate_digest_id': NOT_CHECKED,
    'malformed/duplicate_element': 'the last of two elements of one name counts',
    'malformed/duplicate_key': LENIENT,
    'malformed/element_type': NOT_CHECKED,
    'malformed/indefinite_length': LENIENT,
    'malformed/key_type': LENIENT,
    'malformed/portrait': NOT_CHECKED,
    'malformed/salt': NOT_CHECKED,
    'malformed/simple_value': LENIENT,
    'malformed/structure': 'it reads only the members it needs',
    'malformed/tag': LENIENT,
    'malformed/tag_content': LENIENT,
    'malformed/text_bom': LENIENT,
    'malformed/text_utf8': LENIENT,
    'malformed/trailing_bytes': LENIENT,
    'request_mismatch/doc_type': NOT_COMPARED,
    'request_mismatch/document_errors': NOT_CHECKED,
    'request_mismatch/extra_document': NOT_COMPARED,
    'request_mismatch/mso_doc_type': 'it compares them only where a request is given',
    'request_mismatch/no_document': NOT_COMPARED,
    'request_mismatch/no_element': NOT_COMPARED,
    'request_mismatch/status': NOT_CHECKED,
    'unsupported/response_version': NOT_CHECKED,
    'untrusted_issuer/country': CALLBACK,
    'untrusted_issuer/long_chain': CALLBACK,
    'untrusted_issuer/signer_is_ca': CALLBACK,
    'untrusted_issuer/signer_key_usage': CALLBACK,
    'untrusted_issuer/signer_purpose': CALLBACK,
    'validity/signed_in_future': NOT_CHECKED,
    'validity/signer_expired': CALLBACK,
  },
};

/** Accepted by us, refused by them with a message like this. */
export const THEY_REFUSE: Readonly<Record<Library, readonly (readonly [RegExp, string])[]>> = {
  '@auth0/mdl': [
    [/no applicable certificate/, 'it looks for the chain in the unprotected header alone'],
    [/calculated digest for .* must match/, `${REENCODED}: here what the issuer hashed was longer`],
    [/Unexpected end of buffer/, 'its decoder does not read a text with a length of 8 bytes'],
  ],
  '@owf/mdoc': [
    [/calculated digest for .* must match/, `${REENCODED}: here what the issuer hashed was longer`],
    [/Unexpected end of buffer/, 'its decoder does not read a text with a length of 8 bytes'],
    [
      /decoding (IssuerAuth|DeviceSignature)/,
      'it knows no other labels in an unsigned COSE header',
    ],
    [
      /Expected number, received bigint/,
      'its decoder makes a bigint of a small integer of 8 bytes',
    ],
    [/Invalid EC curve name/, 'the JWK it makes of a P-384 device key names no curve Node knows'],
  ],
};
