/**
 * Whether a document signer's certificate was issued, for this purpose, by a trusted root (IACA):
 * the certificate profiles and path validation of ISO/IEC 18013-5 9.3.3 and Annex B.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type Certificate, KEY_USAGE, verifyX509Signature } from './certificate.ts';
import { ATTRIBUTE, nameText } from './name.ts';
import { type Fail, instant, type Meaning } from './refusal.ts';

const B1 = 'ISO/IEC 18013-5 B.1.2';
const B3 = 'ISO/IEC 18013-5 B.1.4';
const PATH = 'ISO/IEC 18013-5 9.3.3, RFC 5280 6.1';

export const CHAIN_REFUSALS = {
  'untrusted_issuer/no_anchor': {
    what: 'No trust anchor of this document type has the issuer name of the signer',
    clause: PATH,
  },
  'untrusted_issuer/self_signed': {
    what: 'The document signer certificate is self-signed',
    clause: B3,
  },
  'untrusted_issuer/key_id': {
    what: 'The authority key identifier of the signer names another key than the anchor holds',
    clause: B3,
  },
  'untrusted_issuer/chain_signature': {
    what: 'The signature of the document signer certificate was not made by the trust anchor',
    clause: PATH,
  },
  'untrusted_issuer/iaca_not_ca': { what: 'The trust anchor is not a CA', clause: B1 },
  'untrusted_issuer/iaca_path_length': {
    what: 'The path length of the trust anchor is not 0',
    clause: B1,
  },
  'untrusted_issuer/iaca_key_usage': {
    what: 'The trust anchor may not sign certificates',
    clause: B1,
  },
  'untrusted_issuer/signer_is_ca': {
    what: 'The document signer certificate is a CA certificate',
    clause: B3,
  },
  'untrusted_issuer/signer_key_usage': {
    what: 'The document signer certificate is not for digital signatures',
    clause: B3,
  },
  'untrusted_issuer/signer_purpose': {
    what: 'The extended key usage of the certificate is not that of a document signer',
    clause: B3,
  },
  'untrusted_issuer/certificate_version': {
    what: 'The certificate is not X.509 version 3',
    clause: B3,
  },
  'untrusted_issuer/critical_extension': {
    what: 'The certificate has a critical extension that is not understood',
    clause: 'RFC 5280 4.2',
  },
  'untrusted_issuer/country': {
    what: 'The countries of document, signer and trust anchor differ',
    clause: B3,
  },
  'validity/iaca_expired': { what: 'The trust anchor has expired', clause: PATH },
  'validity/iaca_not_yet_valid': { what: 'The trust anchor is not valid yet', clause: PATH },
  'validity/signer_expired': { what: 'The document signer certificate has expired', clause: PATH },
  'validity/signer_not_yet_valid': {
    what: 'The document signer certificate is not valid yet',
    clause: PATH,
  },
} as const satisfies Record<string, Meaning>;

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
