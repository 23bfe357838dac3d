/** Revocation of documents and their signers: what can be said, and what could not be found out. */
import type { CryptoProvider } from '../crypto/provider.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { functionSchema } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import type { Certificate } from './certificate.ts';
import type { Fail, Meaning, Note } from './refusal.ts';

const CRL = 'RFC 5280 6.3';
const STATUS = 'draft-ietf-oauth-status-list 8.3';

const HERE = 'rule of this verifier';
const CRL_PLACE = 'the revocation list';
const STATUS_PLACE = 'the status list';
const OCSP = 'RFC 6960 3.2';
const RESPONDER = 'the answer of the responder';

export const REVOCATION_REFUSALS = {
  'revoked/signer': [
    'The document signer certificate was revoked',
    CRL_PLACE,
    'no entry with its serial number',
    'one',
    CRL,
  ],
  'revoked/document': [
    'The issuer revoked the document',
    STATUS_PLACE,
    'status valid',
    'status invalid',
    STATUS,
  ],
  'revoked/suspended': [
    'The issuer suspended the document',
    STATUS_PLACE,
    'status valid',
    'status suspended',
    STATUS,
  ],
  'undetermined/revocation_not_configured': [
    'Revocation was not checked',
    'the options',
    'a source of revocation',
    'none',
    HERE,
  ],
  'undetermined/revocation_source': [
    'A source of revocation failed',
    'the source',
    'an answer',
    'an error',
    HERE,
  ],
  'undetermined/crl_unreachable': [
    'The revocation list could not be had',
    CRL_PLACE,
    'a list',
    'none',
    CRL,
  ],
  'undetermined/crl_unreadable': [
    'The revocation list could not be read',
    CRL_PLACE,
    'a complete list of one issuer',
    'something else',
    CRL,
  ],
  'undetermined/crl_stale': [
    'The revocation list is out of date',
    CRL_PLACE,
    'now between thisUpdate and nextUpdate',
    'now outside, or no end',
    CRL,
  ],
  'undetermined/crl_directory': [
    'The revocation list is in a directory that is not for us to read',
    'the certificate',
    'an address, or a source for directories such as directoryCrl(), ocspSource(), operatorsWord()',
    'the name of a place in a directory',
    CRL,
  ],
  'undetermined/crl_scope': [
    'The revocation list is for other certificates',
    CRL_PLACE,
    'a complete list, or that of the distribution point of the certificate',
    'another part',
    'RFC 5280 5.2.5',
  ],
  'undetermined/ocsp_unreachable': [
    'The responder could not be asked',
    RESPONDER,
    'an answer',
    'none',
    OCSP,
  ],
  'undetermined/ocsp_unreadable': [
    'The answer of the responder could not be read',
    RESPONDER,
    'a basic response',
    'something else',
    OCSP,
  ],
  'undetermined/ocsp_signature': [
    'The answer was not signed by the responder configured',
    RESPONDER,
    'a signature by one of its certificates, in force',
    'another',
    OCSP,
  ],
  'undetermined/ocsp_stale': [
    'The answer of the responder is not about now',
    RESPONDER,
    'our nonce, and now between thisUpdate and nextUpdate',
    'others',
    OCSP,
  ],
  'undetermined/ocsp_unknown': [
    'The responder does not know the certificate',
    RESPONDER,
    'good or revoked',
    'unknown, or nothing about it',
    OCSP,
  ],
  'undetermined/operators_word': [
    'The operator has not said lately whether the certificate is in force',
    'the signed statement of the operator',
    'its word on validity, with a time not long ago',
    'none',
    HERE,
  ],
  'undetermined/crl_signature': [
    'The revocation list is not that of the issuer of the certificate',
    CRL_PLACE,
    'name, right and signature of the trust anchor',
    'those of another',
    CRL,
  ],
  'undetermined/status_unreachable': [
    'The status list could not be had',
    STATUS_PLACE,
    'a list',
    'none',
    STATUS,
  ],
  'undetermined/status_unreadable': [
    'The status list could not be read',
    STATUS_PLACE,
    'a status list or identifier list',
    'something else',
    STATUS,
  ],
  'undetermined/status_stale': [
    'The status list is out of date',
    STATUS_PLACE,
    'now between iat and exp, or the longest age an operator allows',
    'now outside',
    STATUS,
  ],
  'undetermined/status_signature': [
    'The status list was not signed by a trusted issuer for this address',
    STATUS_PLACE,
    'a signer certified by the trust anchor of the document',
    'another',
    STATUS,
  ],
  'undetermined/status_unknown': [
    'The status is one this verifier does not know',
    STATUS_PLACE,
    'valid, invalid or suspended',
    'another',
    STATUS,
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

export type RevocationCode = keyof typeof REVOCATION_REFUSALS;

export interface RevocationInput {
  readonly signer: Certificate;
  readonly anchor: Certificate;
  /** `status` of the MSO. */
  readonly status: ReadonlyMap<unknown, unknown> | undefined;
  readonly now: number;
  /** How far the issuer's clock may be ahead of this one, in milliseconds. */
  readonly tolerance?: number | undefined;
  readonly crypto: CryptoProvider;
  readonly signal?: AbortSignal | undefined;
  readonly note?: Note | undefined;
  /** What somebody who was trusted to ask says of the signer. */
  readonly told?: ToldStatus | undefined;
}

/** An operator's word on whether a certificate is in force, as it stands in its signed statement. */
export interface ToldStatus {
  readonly status: 'good' | 'revoked';
  /** When that was found out, milliseconds since 1970. */
  readonly at: number;
}

/** One source of revocation information: CRLs, status lists, or an operator's own. */
export type RevocationSource = (
  input: RevocationInput,
  fail: Fail<RevocationCode>,
) => void | Promise<void>;

/** Where revocation is asked, and what no answer means. */
export interface RevocationPolicy {
  readonly sources: readonly RevocationSource[];
  /** What a check that could not be done means; refuse, unless the operator says otherwise. */
  readonly onUndetermined?: 'refuse' | 'accept';
}

/** A policy as it is given from outside. */
export const revocationSchema = v.object({
  sources: v.array(functionSchema<RevocationSource>()),
  onUndetermined: v.optional(v.picklist(['refuse', 'accept']), 'refuse'),
});

/**
 * Asks every source, also behind one that failed: another may know of a revocation. Without a
 * source, says that nothing was asked.
 */
export async function checkRevocation(
  policy: RevocationPolicy | undefined,
  input: RevocationInput,
  fail: Fail<RevocationCode>,
): Promise<void> {
  if (!policy || policy.sources.length === 0) fail('undetermined/revocation_not_configured');
  for (const source of policy?.sources ?? []) {
    try {
      const answer: unknown = await source(input, fail);
      // `crlSource` in the place of `crlSource()` would ask nobody and find nothing wrong.
      if (typeof answer === 'function') throw new TypeError('a source that was not made');
    } catch (error) {
      input.signal?.throwIfAborted();
      const found = error instanceof IdVerifyError ? error.code : 'a fault of the source';
      fail('undetermined/revocation_source', { found });
    }
  }
}
