/**
 * Whether a document signer's certificate was issued, for this purpose, by a trusted root (IACA):
 * the certificate profiles and path validation of ISO/IEC 18013-5 9.3.3 and Annex B.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { Code } from '../wire/error.ts';
import { type Certificate, KEY_USAGE, verifyX509Signature } from './certificate.ts';
import { ATTRIBUTE, nameText } from './name.ts';
import { type Fail, instant, type Meaning } from './refusal.ts';

const B1 = 'ISO/IEC 18013-5 B.1.2';
const B3 = 'ISO/IEC 18013-5 B.1.4';
const PATH = 'ISO/IEC 18013-5 9.3.3, RFC 5280 6.1';

const SIGNER = 'the document signer certificate';
const ANCHOR = 'the trust anchor';

export const CHAIN_REFUSALS = {
  'untrusted_issuer/no_anchor': [
    'The document signer was certified by nobody trusted for this document type',
    SIGNER,
    'the name of a trust anchor as issuer',
    'another name',
    PATH,
  ],
  'untrusted_issuer/self_signed': [
    'The document signer vouches for itself',
    SIGNER,
    'another issuer than subject',
    'a self-signed certificate',
    B3,
  ],
  'untrusted_issuer/key_id': [
    'The document signer was certified with another key than that of the trust anchor',
    SIGNER,
    "the anchor's key identifier as authority key identifier",
    'another one, or none',
    B3,
  ],
  'untrusted_issuer/chain_signature': [
    'The document signer certificate was not signed by the trust anchor',
    SIGNER,
    'a signature by the key of the anchor',
    'one that does not verify',
    PATH,
  ],
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
    'another',
    B1,
  ],
  'untrusted_issuer/iaca_key_usage': [
    'The trust anchor may not sign certificates',
    ANCHOR,
    'keyUsage keyCertSign',
    'others',
    B1,
  ],
  'untrusted_issuer/signer_is_ca': [
    'The document signer is a CA',
    SIGNER,
    'neither cA nor keyCertSign',
    'one of them',
    B3,
  ],
  'untrusted_issuer/signer_key_usage': [
    'The certificate is not for signatures',
    SIGNER,
    'keyUsage digitalSignature',
    'others',
    B3,
  ],
  'untrusted_issuer/signer_purpose': [
    'The certificate is not that of a document signer',
    SIGNER,
    'an extended key usage for signing documents',
    'others',
    B3,
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
  'untrusted_issuer/country': [
    'The countries of document, signer and trust anchor differ',
    SIGNER,
    'one country',
    'another',
    B3,
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
  'validity/signer_expired': [
    'The document signer certificate has expired',
    SIGNER,
    'a later notAfter',
    'one that is past',
    PATH,
  ],
  'validity/signer_not_yet_valid': [
    'The document signer certificate is not valid yet',
    SIGNER,
    'an earlier notBefore',
    'one to come',
    PATH,
  ],
} as const satisfies Partial<Record<Code, Meaning>>;

export type ChainCode = keyof typeof CHAIN_REFUSALS;

/** mdlDS, the extended key usage of ISO/IEC 18013-5 B.1.4. */
export const DOCUMENT_SIGNER_PURPOSE = '1.0.18013.5.1.2';

export interface ChainInput {
  readonly signer: Certificate;
  /** The anchors of the one document type in question. */
  readonly anchors: readonly Certificate[];
  /** Object identifiers, one of which the signer's extended key usage must hold. */
  readonly purposes: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly crypto: CryptoProvider;
}

/**
 * Validates the path and both profiles, reporting everything that is wrong.
 * @returns the anchor that signed, if one did
 */
export async function checkIssuerChain(
  input: ChainInput,
  fail: Fail<ChainCode>,
): Promise<Certificate | undefined> {
  const { signer, now } = input;
  checkSignerProfile(input, fail);
  checkWindow(signer, now, 'signer', fail);
  const anchor = await findAnchor(input, fail);
  if (anchor) {
    checkAnchorProfile(anchor, fail);
    checkWindow(anchor, now, 'iaca', fail);
    const expected = anchor.subject.attributes.get(ATTRIBUTE.country);
    const found = signer.subject.attributes.get(ATTRIBUTE.country);
    if (expected !== found) {
      fail('untrusted_issuer/country', { expected: expected ?? 'none', found: found ?? 'none' });
    }
  }
  return anchor;
}

async function findAnchor(
  { signer, anchors, crypto }: ChainInput,
  fail: Fail<ChainCode>,
): Promise<Certificate | undefined> {
  if (equalBytes(signer.issuer.encoded, signer.subject.encoded)) {
    fail('untrusted_issuer/self_signed', { found: nameText(signer.subject) });
    return undefined;
  }
  const named = anchors.filter((it) => equalBytes(it.subject.encoded, signer.issuer.encoded));
  if (named.length === 0) {
    fail('untrusted_issuer/no_anchor', { found: nameText(signer.issuer) });
    return undefined;
  }
  const candidates = named.filter((it) => keyIdsAgree(signer, it));
  if (candidates.length === 0) {
    fail('untrusted_issuer/key_id', { where: nameText(signer.subject) });
    return undefined;
  }
  for (const candidate of candidates) {
    if (await verifyX509Signature(signer, candidate, crypto)) return candidate;
  }
  fail('untrusted_issuer/chain_signature', { where: nameText(signer.subject) });
  return undefined;
}

/** Both identifiers are mandatory in the profiles; where the anchor has none there is nothing to compare. */
function keyIdsAgree({ authorityKeyId }: Certificate, { subjectKeyId }: Certificate): boolean {
  if (subjectKeyId === undefined) return true;
  return authorityKeyId !== undefined && equalBytes(authorityKeyId, subjectKeyId);
}

function checkWindow(
  certificate: Certificate,
  now: number,
  role: 'signer' | 'iaca',
  fail: Fail<ChainCode>,
): void {
  const { notBefore, notAfter } = certificate;
  if (now < notBefore) {
    const expected = `from ${instant(notBefore)}`;
    fail(`validity/${role}_not_yet_valid`, { expected, found: instant(now) });
  }
  if (now > notAfter) {
    const expected = `until ${instant(notAfter)}`;
    fail(`validity/${role}_expired`, { expected, found: instant(now) });
  }
}

function checkForm(certificate: Certificate, fail: Fail<ChainCode>): void {
  const where = nameText(certificate.subject);
  if (certificate.version !== 3) {
    fail('untrusted_issuer/certificate_version', { where, found: String(certificate.version) });
  }
  for (const found of certificate.unknownCritical) {
    fail('untrusted_issuer/critical_extension', { where, found });
  }
}

function checkSignerProfile({ signer, purposes }: ChainInput, fail: Fail<ChainCode>): void {
  checkForm(signer, fail);
  const { isCa, keyUsage = [], extendedKeyUsage = [] } = signer;
  if (isCa || keyUsage.includes(KEY_USAGE.keyCertSign)) fail('untrusted_issuer/signer_is_ca');
  if (!keyUsage.includes(KEY_USAGE.digitalSignature)) fail('untrusted_issuer/signer_key_usage');
  if (!extendedKeyUsage.some((oid) => purposes.includes(oid))) {
    fail('untrusted_issuer/signer_purpose', {
      expected: purposes.join(' or '),
      found: extendedKeyUsage.join(', ') || 'none',
    });
  }
}

function checkAnchorProfile(anchor: Certificate, fail: Fail<ChainCode>): void {
  checkForm(anchor, fail);
  if (!anchor.isCa) fail('untrusted_issuer/iaca_not_ca');
  if (anchor.pathLength !== 0) {
    fail('untrusted_issuer/iaca_path_length', { found: String(anchor.pathLength ?? 'none') });
  }
  if (!anchor.keyUsage?.includes(KEY_USAGE.keyCertSign)) fail('untrusted_issuer/iaca_key_usage');
}
