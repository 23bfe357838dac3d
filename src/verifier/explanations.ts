/** How evidence of the other rungs fails, and what comparing with the site's account says. */
import type { Meaning } from '../trust/refusal.ts';
import type { Code } from '../wire/error.ts';

const HERE = 'rule of this verifier';
const CARD = 'RFC 5280 6.1';

export const HANDOFF_REFUSALS = {
  'incomplete/handoff': [
    'The operator has not answered',
    'the handoff',
    'a completed one',
    'one that is not',
    HERE,
  ],
  'request_mismatch/rung': [
    'Another way was taken than the one started',
    'the evidence and the answer of the operator',
    'the rung of the handoff',
    'another',
    HERE,
  ],
  'request_mismatch/transaction': [
    'The page speaks of another transaction',
    'the evidence',
    'the digest of the transaction started',
    'another',
    HERE,
  ],
  'request_mismatch/statement': [
    'The page speaks of another statement than the operator made',
    'the evidence',
    'the hash of the statement',
    'another',
    HERE,
  ],
  'issuer_signature/missing': [
    'The card did not sign',
    'the answer of the operator',
    'a signature of the card and its certificate',
    'none',
    HERE,
  ],
  'device_binding/transaction': [
    'The card signed something else',
    'the signature of the card',
    'one over the transaction of this handoff',
    'one that does not verify',
    'RFC 8017 8.2',
  ],
  'untrusted_issuer/profile': [
    'The certificate is not one people sign with',
    'the certificate of the card',
    'an end entity that may sign, of a trusted CA',
    'another',
    CARD,
  ],
  'validity/certificate_not_yet_valid': [
    'The certificate of the card is not valid yet',
    'the certificate of the card',
    'an earlier notBefore',
    'one to come',
    CARD,
  ],
  'validity/certificate_expired': [
    'The certificate of the card has expired',
    'the certificate of the card',
    'a later notAfter',
    'one that is past',
    CARD,
  ],
  'validity/root_expired': [
    'The trust anchor of the card is not valid now',
    'the trust anchor',
    'now within its validity',
    'now outside',
    CARD,
  ],
  'revoked/certificate': [
    'The certificate of the card was revoked',
    'the revocation list',
    'no entry with its serial number',
    'one',
    'RFC 5280 6.3',
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

export const PHOTO_REFUSALS = {
  'malformed/manifest': [
    'The manifest contradicts itself',
    'the manifest',
    'each shot once, in its place',
    'another list',
    HERE,
  ],
  'malformed/image': ['A picture cannot be read', 'a picture', 'a whole JPEG', 'another', HERE],
  'malformed/metadata': [
    'A picture holds more than the picture',
    'a picture',
    'a JPEG without metadata',
    'metadata',
    HERE,
  ],
  'limit/dimensions': [
    'A picture is of another size than accepted',
    'a picture',
    'a side within the limits',
    'another',
    'limit of this verifier',
  ],
  'unsupported/document': [
    'The document is not one this verifier knows',
    'the manifest',
    'a known document',
    'another',
    HERE,
  ],
  'digest/chain': [
    'The shots are not those that were taken one after the other',
    'the manifest',
    'the hash of the shot before',
    'another',
    HERE,
  ],
  'digest/image': [
    'A picture is not the one the manifest names',
    'a picture',
    'its hash and size in the manifest',
    'others',
    HERE,
  ],
  'digest/receipt': [
    'A picture was not received as the manifest says',
    'a receipt',
    'one this server gave for this picture',
    'another',
    HERE,
  ],
  'incomplete/image': [
    'A picture has not arrived',
    'the pictures',
    'each of the manifest',
    'one less',
    HERE,
  ],
  'policy/file': [
    'A file was sent where only cameras may be',
    'the manifest',
    'pictures of a camera',
    'a file',
    HERE,
  ],
  'policy/mask': [
    'A part that must be covered is not',
    'the manifest',
    'each mask of the document',
    'one less',
    HERE,
  ],
  'policy/side': [
    'A side was taken that may not be',
    'the manifest',
    'the sides of the document that may be taken',
    'another',
    HERE,
  ],
  'policy/reused': [
    'A picture was used before',
    'the pictures',
    'new ones',
    'one of another shot or session',
    HERE,
  ],
  'request_mismatch/device': [
    'The pictures come from another device than the one that took over',
    'the manifest',
    'the device of the session',
    'another',
    HERE,
  ],
  'request_mismatch/document': [
    'Another document than one of those asked',
    'the manifest',
    'a document of the challenge',
    'another',
    HERE,
  ],
  'request_mismatch/gestures': [
    'The gestures are not those asked',
    'the manifest',
    'the gestures of the challenge in their order',
    'others',
    HERE,
  ],
  'request_mismatch/steps': [
    'The pictures are not those asked',
    'the manifest',
    'each step of the document once at least',
    'others',
    HERE,
  ],
  'request_mismatch/times': [
    'The pictures came faster than they can be taken',
    'the receipts',
    'times after the challenge, one after the other',
    'another order',
    HERE,
  ],
  'request_mismatch/unasked': [
    'A picture was not asked for',
    'the pictures',
    'those of the challenge',
    'another',
    HERE,
  ],
  'undetermined/camera': [
    'Nobody can say where a picture comes from',
    'the pictures',
    'a proof of the camera',
    'the word of a page',
    HERE,
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

export const SESSION_REFUSALS = {
  'policy/requirement': [
    'A yes/no claim is not what the profile needs; the page was told only that it was refused',
    'the document',
    'what `mustBe` says',
    'another answer',
    HERE,
  ],
  'policy/cross_device': [
    'The evidence came from another device than the one that started',
    'the session',
    'the first device: the profile forbids others',
    'another',
    HERE,
  ],
  'undetermined/account': [
    'The account could not be asked',
    'accounts of the site',
    'the data of the subject',
    'none',
    HERE,
  ],
  'undetermined/internal': [
    'The check ended in a fault of this server',
    'the log',
    'a verdict',
    'an unexpected error',
    HERE,
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

/** `policy/mismatch_*` and `undetermined/match_*`, for each claim that is compared. */
export const ACCOUNT_REFUSALS = {
  mismatch: [
    'The document says something else than the account',
    'a claim',
    'what the account holds',
    'something else',
    HERE,
  ],
  undetermined: [
    'Whether document and account say the same could not be found out',
    'a claim',
    'one notation',
    'two',
    HERE,
  ],
} as const satisfies Record<string, Meaning>;
