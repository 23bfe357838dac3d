/**
 * Certification paths of any length, RFC 5280 section 6.1, from a certificate up to a trusted CA: for
 * authorities that have issuing CAs below their root.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type Certificate, KEY_USAGE, verifyX509Signature } from './certificate.ts';
import { nameText } from './name.ts';
import { instant } from './refusal.ts';

export interface PathInput {
  /** The certificate in question first, then each the issuer of the one before; the root may be left out. */
  readonly chain: readonly Certificate[];
  readonly trusted: readonly Certificate[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly crypto: CryptoProvider;
}

/**
 * @returns why there is no path, in English; undefined where there is one
 * @throws IdVerifyError `unsupported/algorithm`
 */
export async function pathProblem({
  chain,
  trusted,
  now,
  crypto,
}: PathInput): Promise<string | undefined> {
  for (const [below, certificate] of chain.entries()) {
    const problem = windowProblem(certificate, now) ?? formProblem(certificate);
    if (problem) return problem;
    for (const anchor of trusted) {
      if (!(await isIssuedBy(certificate, anchor, crypto))) continue;
      return authorityProblem(anchor, below, now);
    }
    const issuer = chain[below + 1];
    if (issuer === undefined || !(await isIssuedBy(certificate, issuer, crypto))) {
      return `nobody trusted certified ${nameText(certificate.subject)}; its issuer is ${nameText(certificate.issuer)}`;
    }
    const unfit = authorityProblem(issuer, below, now);
    if (unfit) return unfit;
  }
  return 'there is no certificate';
}

async function isIssuedBy(
  certificate: Certificate,
  issuer: Certificate,
  crypto: CryptoProvider,
): Promise<boolean> {
  const { authorityKeyId } = certificate;
  const { subjectKeyId } = issuer;
  if (!equalBytes(certificate.issuer.encoded, issuer.subject.encoded)) return false;
  if (authorityKeyId && subjectKeyId && !equalBytes(authorityKeyId, subjectKeyId)) return false;
  return verifyX509Signature(certificate, issuer, crypto);
}

/** @param below how many CAs stand between it and the certificate in question */
function authorityProblem(
  certificate: Certificate,
  below: number,
  now: number,
): string | undefined {
  const { isCa, keyUsage, pathLength } = certificate;
  const name = nameText(certificate.subject);
  if (!isCa) return `${name} is no CA`;
  if (!keyUsage?.includes(KEY_USAGE.keyCertSign)) return `${name} may not sign certificates`;
  if (pathLength !== undefined && pathLength < below) {
    return `${name} allows ${pathLength} CAs below it, and there are ${below}`;
  }
  return windowProblem(certificate, now) ?? formProblem(certificate);
}

function windowProblem(
  { subject, notBefore, notAfter }: Certificate,
  now: number,
): string | undefined {
  if (now >= notBefore && now <= notAfter) return undefined;
  return `${nameText(subject)} is valid from ${instant(notBefore)} to ${instant(notAfter)}`;
}

function formProblem({ subject, version, unknownCritical }: Certificate): string | undefined {
  if (version !== 3) return `${nameText(subject)} is X.509 version ${version}`;
  const [oid] = unknownCritical;
  return oid && `${nameText(subject)} has the critical extension ${oid}, which is not known here`;
}
