/**
 * Why another library decides otherwise: what it does, and where in its source. What is not listed
 * here has no known reason; nothing is listed that was not seen. Versions are those of package-lock.
 */
import type { Code } from '../../src/wire/error.ts';

export type Library = '@auth0/mdl' | '@owf/mdoc';

/** One response on which the two disagree. */
export interface Disagreement {
  /** Ours: every code of every failed check. None where we accept. */
  readonly codes: readonly Code[];
  /** Our operator's sentences for one code. */
  readonly said: (code: Code) => string;
  /** How the library refuses; undefined where it accepts. */
  readonly message: string | undefined;
  /** Whether the response has heads that are longer than needed. */
  readonly isLong: boolean;
  /** Our codes for it with its heads as short as can be and each key once; undefined for no CBOR. */
  readonly respelt: readonly Code[] | undefined;
  /** How many documents the library found in it. */
  readonly documents: number;
}

export interface Reason {
  readonly why: string;
  /** File and function, or the option that is missing there. */
  readonly where: string;
  /** What must be so in the case at hand, where the code alone does not say it. */
  readonly holds?: (found: Disagreement, code: Code) => boolean;
}

const because = (why: string, where: string, holds?: Reason['holds']): Reason => ({
  why,
  where,
  ...(holds && { holds }),
});

const onlySpelling: Reason['holds'] = ({ respelt }, code) => respelt?.includes(code) === false;
const about =
  (place: RegExp): Reason['holds'] =>
  ({ said }, code) =>
    place.test(said(code));

const NEVER_ASKED = 'nothing asks for it';
const CBOR_X = 'cbor-x takes it, and no later step reads that member or minds its value';
const CBOR_X_MAP = 'cbor-x sets a key again, so that the last value of it counts';
const CBOR_X_SOURCE = 'cbor-x/decode.js read(), called by';
const AUTH0 = '@auth0/mdl lib/mdoc';
const OWF = '@owf/mdoc dist/index.mjs';

/** Refused by us with this code, accepted by them. */
export const THEY_ACCEPT: Readonly<
  Record<Library, Readonly<Partial<Record<Code, readonly Reason[]>>>>
> = {
  '@auth0/mdl': {
    'device_binding/attached_payload': [
      because(
        'the payload sent is replaced by the computed one',
        `${AUTH0}/Verifier.js verifyDeviceSignature: new Sign1`,
      ),
    ],
    'device_binding/signature': [
      because(
        'device namespaces are decoded and written anew before they are hashed',
        `${AUTH0}/utils.js calculateDeviceAutenticationBytes`,
        onlySpelling,
      ),
    ],
    'device_binding/unauthorized_element': [
      because('keyAuthorizations is read nowhere', `${AUTH0}/Verifier.js verifyDeviceSignature`),
    ],
    'digest/mismatch': [
      because(
        'the heads around an item are written anew before it is hashed',
        `${AUTH0}/IssuerSignedItem.js calculateDigest`,
        onlySpelling,
      ),
    ],
    'malformed/bignum': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'malformed/cose_header': [
      because(
        'the protected header counts, the other is read only where it lacks the label',
        'cose-kit cose/SignatureBase.js alg',
      ),
    ],
    'malformed/duplicate_digest_id': [because(NEVER_ASKED, `${AUTH0}/Verifier.js verifyData`)],
    'malformed/duplicate_element': [because(NEVER_ASKED, `${AUTH0}/Verifier.js verifyData`)],
    'malformed/duplicate_key': [
      because(CBOR_X_MAP, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`, onlySpelling),
    ],
    'malformed/element_type': [because(NEVER_ASKED, `${AUTH0}/IssuerSignedItem.js elementValue`)],
    'malformed/key_type': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'malformed/portrait': [because(NEVER_ASKED, `${AUTH0}/IssuerSignedItem.js elementValue`)],
    'malformed/salt': [because('random is read nowhere', `${AUTH0}/IssuerSignedItem.js random`)],
    'malformed/simple_value': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'malformed/structure': [
      because(
        'status is kept, not looked at',
        `${AUTH0}/parser.js parse`,
        about(/DeviceResponse\.status: /),
      ),
      because(
        'a version that is absent becomes 1.0',
        `${AUTH0}/model/MDoc.js constructor`,
        about(/DeviceResponse\.version: /),
      ),
      because(
        'an array is spread into parameters, and what is more is dropped',
        `${AUTH0}/parser.js parseIssuerAuthElement, parseDeviceAuthElement`,
        about(/(issuerAuth|deviceSignature): expected four members/),
      ),
      because(
        'the unprotected header is asked only for what the other lacks',
        'cose-kit cose/SignatureBase.js alg',
        about(/deviceSignature unprotected header: /),
      ),
      because(
        'the payload sent is replaced by the computed one',
        `${AUTH0}/Verifier.js verifyDeviceSignature: new Sign1`,
        about(/deviceSignature payload: /),
      ),
      because(
        'whatever has the method map stands for the items of a namespace, if it is empty',
        `${AUTH0}/parser.js namespaceToArray`,
        about(/issuerSigned\.nameSpaces: expected an array/),
      ),
    ],
    'malformed/tag': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'malformed/tag_content': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'malformed/text_utf8': [because(CBOR_X, `${CBOR_X_SOURCE} lib/cbor/index.js cborDecode`)],
    'request_mismatch/document_errors': [
      because('documentErrors is not parsed', `${AUTH0}/parser.js parse`),
    ],
    'request_mismatch/extra_document': [
      because('it has no request to compare with', `${AUTH0}/Verifier.js verify`),
    ],
    'request_mismatch/no_element': [
      because('it has no request to compare with', `${AUTH0}/Verifier.js verify`),
    ],
    'request_mismatch/status': [
      because('status is kept, not looked at', `${AUTH0}/parser.js parse`),
    ],
    'unsupported/response_version': [
      because('any version from 1.0 on is taken', `${AUTH0}/Verifier.js verify: compareVersions`),
    ],
    'untrusted_issuer/country': [
      because(
        'the country is compared in the namespace of the mDL alone',
        `${AUTH0}/Verifier.js verifyData: MDL_NAMESPACE`,
      ),
    ],
    'untrusted_issuer/signer_is_ca': [
      because(
        'a chain is validated, the profile of its end is not',
        'cose-kit cose/SignatureBase.js verifyX509Chain',
      ),
    ],
    'untrusted_issuer/signer_key_usage': [
      because(
        'a chain is validated, the profile of its end is not',
        'cose-kit cose/SignatureBase.js verifyX509Chain',
      ),
    ],
    'untrusted_issuer/signer_purpose': [
      because(
        'a chain is validated, the profile of its end is not',
        'cose-kit cose/SignatureBase.js verifyX509Chain',
      ),
    ],
    'validity/signed_in_future': [
      because(
        'signed is compared with the certificate, never with now',
        `${AUTH0}/Verifier.js verifyIssuerSignature`,
      ),
    ],
  },
  '@owf/mdoc': {
    'device_binding/signature': [
      because(
        'device namespaces are decoded and written anew before they are hashed',
        `${OWF} DeviceAuthentication encode`,
        onlySpelling,
      ),
    ],
    'device_binding/unauthorized_element': [
      because('keyAuthorizations is parsed and not compared', `${OWF} DeviceAuth.verify`),
    ],
    'digest/mismatch': [
      because(
        'an item is decoded and written anew before it is hashed',
        `${OWF} IssuerSignedItem.isValid: encode`,
        onlySpelling,
      ),
    ],
    'issuer_signature/invalid': [
      because(
        'the protected header is decoded and written anew before it is hashed',
        `${OWF} Sign1.toBeSigned: encodedStructure`,
        onlySpelling,
      ),
    ],
    'malformed/cose_header': [
      because(
        'the protected header counts, the other is read only where it lacks the label',
        `${OWF} Sign1.signatureAlgorithmName`,
      ),
    ],
    'malformed/duplicate_digest_id': [because(NEVER_ASKED, `${OWF} IssuerSigned.verify`)],
    'malformed/duplicate_element': [because(NEVER_ASKED, `${OWF} IssuerSigned.verify`)],
    'malformed/duplicate_key': [because(CBOR_X_MAP, `${CBOR_X_SOURCE} cborDecode`, onlySpelling)],
    'malformed/element_type': [because('elementValue is unknown', `${OWF} issuerSignedItemSchema`)],
    'malformed/portrait': [because('elementValue is unknown', `${OWF} issuerSignedItemSchema`)],
    'malformed/salt': [because('random may have any length', `${OWF} issuerSignedItemSchema`)],
    'malformed/simple_value': [because(CBOR_X, `${CBOR_X_SOURCE} cborDecode`)],
    'malformed/structure': [
      because(
        'status is any number',
        `${OWF} deviceResponseEncodedSchema`,
        about(/DeviceResponse\.status: /),
      ),
    ],
    'malformed/tag': [because(CBOR_X, `${CBOR_X_SOURCE} cborDecode`)],
    'malformed/tag_content': [because(CBOR_X, `${CBOR_X_SOURCE} cborDecode`)],
    'malformed/key_type': [because(CBOR_X, `${CBOR_X_SOURCE} cborDecode`)],
    'malformed/text_utf8': [because(CBOR_X, `${CBOR_X_SOURCE} cborDecode`)],
    'request_mismatch/document_errors': [
      because('documentErrors is parsed and not looked at', `${OWF} DeviceResponse.verify`),
    ],
    'request_mismatch/extra_document': [
      because(
        'documents are compared with a request where one is given',
        `${OWF} DeviceResponse.verify: deviceRequest`,
      ),
    ],
    'request_mismatch/mso_doc_type': [
      because(
        'document types are compared with a request where one is given',
        `${OWF} DeviceResponse.verify: deviceRequest`,
      ),
    ],
    'request_mismatch/no_element': [
      because(
        'elements are compared with a request where one is given',
        `${OWF} DeviceResponse.verify: deviceRequest`,
      ),
    ],
    'request_mismatch/status': [
      because('status is any number', `${OWF} deviceResponseEncodedSchema`),
    ],
    'unsupported/response_version': [
      because('version is any text', `${OWF} deviceResponseEncodedSchema`),
    ],
    'untrusted_issuer/country': [
      because(
        'the country is compared in the namespace of the mDL alone',
        `${OWF} IssuerSigned.verify`,
      ),
    ],
    'untrusted_issuer/long_chain': [
      because(
        'the chain is its caller’s to check: here the path alone',
        `${OWF} IssuerAuth.verify: ctx.x509`,
      ),
    ],
    'untrusted_issuer/signer_is_ca': [
      because(
        'the chain is its caller’s to check: here the path alone',
        `${OWF} IssuerAuth.verify: ctx.x509`,
      ),
    ],
    'untrusted_issuer/signer_key_usage': [
      because(
        'the chain is its caller’s to check: here the path alone',
        `${OWF} IssuerAuth.verify: ctx.x509`,
      ),
    ],
    'untrusted_issuer/signer_purpose': [
      because(
        'the chain is its caller’s to check: here the path alone',
        `${OWF} IssuerAuth.verify: ctx.x509`,
      ),
    ],
    'validity/signed_in_future': [
      because(
        'signed is compared with the certificate, never with now',
        `${OWF} ValidityInfo.isSignedBetweenDates`,
      ),
    ],
    'validity/signer_expired': [
      because(
        'the chain is its caller’s to check: here the path alone',
        `${OWF} IssuerAuth.verify: ctx.x509`,
      ),
    ],
  },
};

/** Whatever we refuse in a response, a library that finds no document in it has nothing to refuse. */
export const NOTHING_VERIFIED: Readonly<Record<Library, Reason | undefined>> = {
  '@auth0/mdl': undefined,
  '@owf/mdoc': because(
    'documents may be absent, also where only their name is damaged',
    `${OWF} DeviceResponse.verify: !documents`,
    ({ documents }) => documents === 0,
  ),
};

const long = ({ isLong }: Disagreement) => isLong;

/** Accepted by us, refused by them with a message like this. */
export const THEY_REFUSE: Readonly<Record<Library, readonly (readonly [RegExp, Reason])[]>> = {
  '@auth0/mdl': [
    [
      /^MDLError: The calculated digest for \S+ attribute must match/,
      because(
        'the heads around an item are written anew before it is hashed; the issuer hashed longer ones',
        `${AUTH0}/IssuerSignedItem.js calculateDigest`,
        long,
      ),
    ],
    [
      /^MDLParseError: Unable to decode device response: Unexpected end of buffer reading string$/,
      because(
        'a text whose length takes 8 bytes ends its decoder',
        'cbor-extract src/extract.cpp extractStrings: case 0x1b',
        long,
      ),
    ],
  ],
  '@owf/mdoc': [
    [
      /^Error: The calculated digest for \S+ attribute must match/,
      because(
        'an item is decoded and written anew before it is hashed; the issuer hashed longer heads',
        `${OWF} IssuerSignedItem.isValid: encode`,
        long,
      ),
    ],
    [
      /^TypeError: Unexpected end of buffer reading string$/,
      because(
        'a text whose length takes 8 bytes ends its decoder',
        'cbor-extract src/extract.cpp extractStrings: case 0x1b',
        long,
      ),
    ],
    [
      /^Error: Error decoding (IssuerAuth|DeviceSignature)\s+✖ Expected number, received \w+ at "\[1\]/,
      because(
        'labels of an unprotected header are numbers only',
        `${OWF} unprotectedHeadersStructure`,
      ),
    ],
    [
      /^Error: Error decoding DeviceResponse\s+✖ Expected number, received bigint at "status"/,
      because(
        'an integer of 8 bytes is a bigint, however small',
        'cbor-x/decode.js read(): getBigUint64',
        long,
      ),
    ],
    [
      /^Error: Unable to verify deviceAuth signature \(ECDSA\/EdDSA\): Invalid EC curve name$/,
      because('the JWK made of a P-384 key is of the curve p-384', `${OWF} jwkCoseKeyMap.crv`),
    ],
  ],
};
