/**
 * Which root issued a certificate. J-LIS has roots of several generations under one name, valid at the
 * same time: the name narrows the choice, key identifier and signature decide it.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { type Certificate, verifyX509Signature } from '../trust/certificate.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';

export interface Issued {
  /** Whose name fits, whether or not it signed; undefined without one. */
  readonly anchor: Certificate | undefined;
  readonly code: Code | undefined;
}

/** Their order never matters. RFC 5280 section 6.1.3, for a chain of one. */
export async function issuerOf(
  certificate: Certificate,
  anchors: readonly Certificate[],
  crypto: CryptoProvider,
): Promise<Issued> {
  const named = anchors.filter(({ subject }) =>
    equalBytes(subject.encoded, certificate.issuer.encoded),
  );
  let code: Code =
    named.length === 0 ? 'untrusted_issuer/no_anchor' : 'untrusted_issuer/chain_signature';
  for (const anchor of named.filter((one) => isOfKey(certificate, one))) {
    try {
      const signed = await verifyX509Signature(certificate, anchor, crypto);
      if (signed) return { anchor, code: anchor.isCa ? undefined : 'untrusted_issuer/profile' };
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      code = error.code;
    }
  }
  return { anchor: undefined, code };
}

/** Section 4.2.1.1: where both say which key it was, they have to agree. */
const isOfKey = ({ authorityKeyId }: Certificate, { subjectKeyId }: Certificate): boolean =>
  authorityKeyId === undefined ||
  subjectKeyId === undefined ||
  equalBytes(authorityKeyId, subjectKeyId);
