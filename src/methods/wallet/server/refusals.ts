/** How a wallet's answer fails before and after its document is verified, in operators' words. */
import { partSentence } from '../../../mdoc/part-refusals.ts';
import { type Meaning, sentence } from '../../../trust/refusal.ts';
import type { Code, IdVerifyError } from '../../../wire/error.ts';

const OPENID4VP = 'OpenID4VP 1.0 8, A.4';
const ANNEX_C = 'ISO/IEC 18013-7 Annex C';
const HERE = 'rule of this verifier';

export const WALLET_REFUSALS = {
  'undetermined/unsigned_request': [
    'Nobody can say that the request reached the wallet as it was made',
    'the request',
    'the signature of a reader',
    'none: the profile allows unsigned requests',
    'ISO/IEC 18013-5 9.1.4',
  ],
  'request_mismatch/protocol': [
    'The wallet answered by another protocol',
    'the answer',
    'a protocol of the request',
    'another',
    HERE,
  ],
  'request_mismatch/response_mode': [
    'The answer was not encrypted as it had to be',
    'the answer',
    'an encrypted one',
    'one in the clear, or of another form',
    `${ANNEX_C}, ${OPENID4VP}`,
  ],
  'request_mismatch/vp_token': [
    'The answer is not one to the one query',
    'vp_token',
    'one presentation under the identifier of the query',
    'others',
    OPENID4VP,
  ],
  'request_mismatch/wallet_error': [
    'The wallet reports an error',
    'the answer',
    'a presentation',
    'an error',
    OPENID4VP,
  ],
  'device_binding/format': [
    'The presentation is of a format that nothing binds to this session',
    'vp_token',
    'an mdoc',
    'another',
    'OpenID4VP 1.0 B.2',
  ],
  'decryption/hpke': [
    'The answer does not open',
    'EncryptedResponse',
    'HPKE with the key and the transcript of this request',
    'another key, origin, nonce or byte',
    `${ANNEX_C}, RFC 9180`,
  ],
  'decryption/jwe': [
    'The answer does not open',
    'the JWE',
    'ECDH-ES to the key of this request, A128GCM or A256GCM',
    'another key, algorithm or byte',
    'OpenID4VP 1.0 8.3, RFC 7516',
  ],
  'malformed/protocol': [
    'The answer is not one of Annex C',
    'EncryptedResponse',
    '["dcapi", {enc, cipherText}]',
    'another array',
    ANNEX_C,
  ],
  'malformed/openid4vp_response': [
    'The answer is not one of OpenID4VP',
    'the answer',
    'a vp_token',
    'something else',
    OPENID4VP,
  ],
  'request_mismatch/missing_claim': [
    'The document does not say what the profile needs',
    'the claims',
    'each claim of the profile that is not optional',
    'one less',
    HERE,
  ],
  'policy/confirmation_refused': [
    'The confirmation program refuses the document',
    'the confirmation program',
    'confirmed',
    'refused',
    'Number Act (番号利用法) 18-2',
  ],
  'undetermined/confirmation': [
    'The confirmation program gave no answer',
    'the confirmation program',
    'confirmed or refused',
    'neither',
    'Number Act (番号利用法) 18-2',
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

/** The operator's sentence for what a step of the wallet rung threw. */
export function walletSentence(error: IdVerifyError): string {
  const meaning = (WALLET_REFUSALS as Partial<Record<Code, Meaning>>)[error.code];
  return meaning ? sentence(meaning, { found: error.message }) : partSentence(error, HERE);
}
