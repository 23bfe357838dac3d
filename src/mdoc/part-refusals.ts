/** What the readers of parts refuse, wherever the part is: CBOR, DER, COSE, keys, certificates. */
import { type Meaning, sentence } from '../trust/refusal.ts';
import type { Code, IdVerifyError } from '../wire/error.ts';
import { READER_REFUSALS, type ReaderCode } from '../wire/reader-refusals.ts';
import { MDOC_REFUSALS } from './refusals.ts';

const RFC8949 = 'RFC 8949';
const LIMIT = 'limit of this verifier';

/** All that strict CBOR may be refused for, in the words of the reader. */
const CBOR = Object.fromEntries(
  Object.entries(READER_REFUSALS).map(([code, what]): [string, Meaning] => [
    code,
    [
      `The CBOR is not accepted: ${what}`,
      'the message or a part of it',
      code.startsWith('limit/') ? 'no more than the limit' : 'one well-formed, unambiguous item',
      'something else',
      code.startsWith('limit/') ? LIMIT : RFC8949,
    ],
  ]),
) as Record<ReaderCode, Meaning>;

export const PART_REFUSALS = {
  ...CBOR,
  'malformed/structure': [
    'A part is not built as the format demands',
    'the message',
    'the members of the format with their types',
    'another',
    'ISO/IEC 18013-5 8.3.2.1, 9.1.2.4',
  ],
  'malformed/base64url': [
    'Bytes are spelt wrong',
    'the message',
    'base64url without padding',
    'another spelling',
    'RFC 4648 5',
  ],
  'malformed/hex': [
    'Bytes are spelt wrong',
    'the message',
    'pairs of hexadecimal digits',
    'another spelling',
    'RFC 4648 8',
  ],
  'malformed/der': ['The DER cannot be read', 'a certificate or list', 'DER', 'another', 'X.690'],
  'malformed/certificate': [
    'The certificate contradicts itself',
    'a certificate',
    'each extension once, one signature algorithm',
    'others',
    'RFC 5280 4.1',
  ],
  'malformed/crl': [
    'The revocation list cannot be used',
    'the revocation list',
    'a complete list of one issuer',
    'another',
    'RFC 5280 5',
  ],
  'malformed/status_list': [
    'The status list cannot be used',
    'the status list',
    'a status list token or identifier list',
    'another',
    'draft-ietf-oauth-status-list 5',
  ],
  'malformed/signature': [
    'The signature cannot be read',
    'a certificate or list',
    'r and s of the length of the curve',
    'others',
    'RFC 3279 2.2.3',
  ],
  'malformed/key': [
    'The public key cannot be read',
    'a certificate or COSE_Key',
    'a point of its curve',
    'another length or form',
    'RFC 9053 7',
  ],
  'malformed/cose_header': [
    'A header occurs protected and unprotected',
    'a COSE message',
    'each label once',
    'one again',
    'RFC 9052 3',
  ],
  'unsupported/critical_header': [
    'A critical header is not understood',
    'a COSE message',
    'no crit',
    'one',
    'RFC 9052 3.1',
  ],
  'unsupported/algorithm': [
    'The algorithm is not accepted',
    'a signature or MAC',
    'an algorithm of the profile, and that of the key',
    'another',
    'ISO/IEC 18013-5 9.1.2.4, 9.1.3.6',
  ],
  'unsupported/curve': [
    'The curve or form of the key is not accepted',
    'a public key',
    'P-256, P-384, P-521, brainpool P256r1, P384r1 or P512r1, or Ed25519, not compressed',
    'another',
    'ISO/IEC 18013-5 9.1.5.2',
  ],
  'unsupported/key': [
    'The key is too weak, of another type, or no point of its curve',
    'a public key',
    'a valid key',
    'another',
    'ISO/IEC 18013-5 9.1.5.2',
  ],
  'limit/certificate': [
    'The certificate is larger than accepted',
    'a certificate',
    '16 kB at most',
    'more',
    LIMIT,
  ],
  'limit/list': [
    'The list is larger than accepted',
    'a revocation or status list',
    'no more than the limit',
    'more',
    LIMIT,
  ],
  'config/private_key': [
    'The request key cannot be used',
    'the options',
    'a private key of P-256',
    'another',
    'RFC 7518 6.2.2',
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

const KNOWN: Partial<Record<Code, Meaning>> = { ...MDOC_REFUSALS, ...PART_REFUSALS };

/** The operator's sentence for what was thrown while a check ran. */
export function partSentence({ code, message }: IdVerifyError, clause: string): string {
  const unlisted: Meaning = ['The check could not be done', 'a part', 'none of this', code, clause];
  return sentence(KNOWN[code] ?? unlisted, { found: message });
}
