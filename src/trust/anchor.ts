/**
 * Roots that are trusted: the profile of an issuing authority's root (IACA), ISO/IEC 18013-5 B.1.2,
 * and what belongs to each of them when a chain ends there.
 */
import { type Code, IdVerifyError } from '../wire/error.ts';
import { type Certificate, KEY_USAGE, parseCertificate } from './certificate.ts';
import { nameText } from './name.ts';
import { type Fail, instant, type Meaning, sentence } from './refusal.ts';

const B1 = 'ISO/IEC 18013-5 B.1.2';
const B3 = 'ISO/IEC 18013-5 B.1.4';
const PATH = 'ISO/IEC 18013-5 9.3.3, RFC 5280 6.1';
const ANCHOR = 'the trust anchor';

export const ANCHOR_REFUSALS = {
  'untrusted_issuer/iaca_not_ca': [
    'The trust anchor is not a CA',
    ANCHOR,
    'basicConstraints with cA',
    'none',
    B1,
  ],
  'untrusted_issuer/iaca_path_length': [
    'The trust anchor may stand above further CAs',
    ANCHOR,
    'pathLenConstraint 0',
    'another, or none',
    B1,
  ],
  'untrusted_issuer/iaca_key_usage': [
    'The trust anchor may not sign certificates',
    ANCHOR,
    'keyUsage keyCertSign',
    'others',
    B1,
  ],
  'untrusted_issuer/certificate_version': [
    'The certificate is of an old form',
    'a certificate',
    'X.509 version 3',
    'another version',
    B3,
  ],
  'untrusted_issuer/critical_extension': [
    'A critical extension is not understood',
    'a certificate',
    'known critical extensions only',
    'another',
    'RFC 5280 4.2',
  ],
  'validity/iaca_expired': [
    'The trust anchor has expired',
    ANCHOR,
    'a later notAfter',
    'one that is past',
    PATH,
  ],
  'validity/iaca_not_yet_valid': [
    'The trust anchor is not valid yet',
    ANCHOR,
    'an earlier notBefore',
    'one to come',
    PATH,
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

export type AnchorCode = keyof typeof ANCHOR_REFUSALS;

/** A root with the rules of whoever trusts it. What it signed is judged by these and no other's. */
export interface Anchor {
  readonly certificate: Certificate;
  /** Object identifiers, one of which the extended key usage of a signer must hold. */
  readonly purposes: readonly string[];
  /** Accepts a root that sets no pathLenConstraint, as some authorities issue them. */
  readonly allowUnboundedPath?: boolean | undefined;
}

/** Whether a certificate can ever be a trust anchor: everything but its time. */
export function checkAnchorProfile(
  { certificate, allowUnboundedPath = false }: Omit<Anchor, 'purposes'>,
  fail: Fail<AnchorCode>,
): void {
  const { isCa, pathLength, keyUsage } = certificate;
  checkForm(certificate, fail);
  if (!isCa) fail('untrusted_issuer/iaca_not_ca');
  if (pathLength !== 0 && !(pathLength === undefined && allowUnboundedPath)) {
    fail('untrusted_issuer/iaca_path_length', { found: String(pathLength ?? 'none') });
  }
  if (!keyUsage?.includes(KEY_USAGE.keyCertSign)) fail('untrusted_issuer/iaca_key_usage');
}

/** Whether it is valid now. No tolerance: an operator's own roots do not depend on a wallet's clock. */
export function checkAnchorWindow(
  { notBefore, notAfter }: Certificate,
  now: number,
  fail: Fail<AnchorCode>,
): void {
  if (now < notBefore) {
    const expected = `from ${instant(notBefore)}`;
    fail('validity/iaca_not_yet_valid', { expected, found: instant(now) });
  }
  if (now > notAfter) {
    const expected = `until ${instant(notAfter)}`;
    fail('validity/iaca_expired', { expected, found: instant(now) });
  }
}

/** Why a certificate is no anchor, in the words of a report. */
export interface AnchorProblem {
  readonly code: Code;
  readonly reason: string;
}

/**
 * Everything that speaks against a certificate as an anchor; nothing for one that can be used.
 * @param encoded DER
 * @param rules without `now`, whatever the time
 */
export function anchorProblems(
  encoded: Uint8Array,
  { now, allowUnboundedPath }: { now?: number; allowUnboundedPath?: boolean | undefined },
): AnchorProblem[] {
  const problems: AnchorProblem[] = [];
  try {
    const certificate = parseCertificate(encoded);
    const where = nameText(certificate.subject);
    const fail: Fail<AnchorCode> = (code, facts) =>
      problems.push({ code, reason: sentence(ANCHOR_REFUSALS[code], { where, ...facts }) });
    checkAnchorProfile({ certificate, allowUnboundedPath }, fail);
    if (now !== undefined) checkAnchorWindow(certificate, now, fail);
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    problems.push({
      code: error.code,
      reason: `Not a certificate that can be used: ${error.message}.`,
    });
  }
  return problems;
}

/** What every certificate of a chain must be. */
export function checkForm(certificate: Certificate, fail: Fail<AnchorCode>): void {
  const where = nameText(certificate.subject);
  if (certificate.version !== 3) {
    fail('untrusted_issuer/certificate_version', { where, found: String(certificate.version) });
  }
  for (const found of certificate.unknownCritical) {
    fail('untrusted_issuer/critical_extension', { where, found });
  }
}
