/** Revocation of documents and their signers: what can be said, and what could not be found out. */
import type { CryptoProvider } from '../crypto/provider.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Certificate } from './certificate.ts';
import type { Fail, Meaning } from './refusal.ts';

const CRL = 'RFC 5280 6.3';
const STATUS = 'draft-ietf-oauth-status-list 8.3';

export const REVOCATION_REFUSALS = {
  'revoked/signer': { what: 'The document signer certificate was revoked', clause: CRL },
  'revoked/document': { what: 'The issuer revoked the document', clause: STATUS },
  'revoked/suspended': { what: 'The issuer suspended the document', clause: STATUS },
  'undetermined/revocation_not_configured': {
    what: 'Revocation was not checked: no source is configured',
    clause: 'rule of this verifier',
  },
  'undetermined/revocation_source': {
    what: 'Revocation could not be checked: a source failed',
    clause: 'rule of this verifier',
  },
  'undetermined/crl_unreachable': { what: 'The revocation list could not be had', clause: CRL },
  'undetermined/crl_unreadable': { what: 'The revocation list could not be read', clause: CRL },
  'undetermined/crl_stale': { what: 'The revocation list is out of date', clause: CRL },
  'undetermined/crl_signature': {
    what: 'The revocation list was not signed by the issuer of the certificate',
    clause: CRL,
  },
  'undetermined/status_unreachable': { what: 'The status list could not be had', clause: STATUS },
  'undetermined/status_unreadable': { what: 'The status list could not be read', clause: STATUS },
  'undetermined/status_stale': { what: 'The status list is out of date', clause: STATUS },
  'undetermined/status_signature': {
    what: 'The status list was not signed by a trusted issuer',
    clause: STATUS,
  },
  'undetermined/status_unknown': {
    what: 'The status is one this verifier does not know',
    clause: STATUS,
  },
} as const satisfies Record<string, Meaning>;

export type RevocationCode = keyof typeof REVOCATION_REFUSALS;

export interface RevocationInput {
  readonly signer: Certificate;
  readonly anchor: Certificate;
  /** `status` of the MSO. */
  readonly status: ReadonlyMap<unknown, unknown> | undefined;
  readonly now: number;
  readonly crypto: CryptoProvider;
  readonly signal?: AbortSignal | undefined;
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
      await source(input, fail);
    } catch (error) {
      input.signal?.throwIfAborted();
      const found = error instanceof IdVerifyError ? error.code : 'a fault of the source';
      fail('undetermined/revocation_source', { found });
    }
  }
}
