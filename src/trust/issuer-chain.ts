/**
 * Whether a document signer's certificate was issued, for this purpose, by a trusted root (IACA):
 * the certificate profiles and path validation of ISO/IEC 18013-5 9.3.3 and Annex B.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { Code } from '../wire/error.ts';
import {
  ANCHOR_REFUSALS,
  type Anchor,
  checkAnchorProfile,
  checkAnchorWindow,
  checkForm,
} from './anchor.ts';
import { type Certificate, KEY_USAGE, verifyX509Signature } from './certificate.ts';
import { ATTRIBUTE, nameText } from './name.ts';
import { type Facts, type Fail, instant, type Meaning, type Note, noteAhead } from './refusal.ts';

const B3 = 'ISO/IEC 18013-5 B.1.4';
const PATH = 'ISO/IEC 18013-5 9.3.3, RFC 5280 6.1';

const SIGNER = 'the document signer certificate';

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
  'untrusted_issuer/country': [
    'The countries of document, signer and trust anchor differ',
    SIGNER,
    'one country',
    'another',
    B3,
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
  ...ANCHOR_REFUSALS,
} as const satisfies Partial<Record<Code, Meaning>>;

export type ChainCode = keyof typeof CHAIN_REFUSALS;

/** mdlDS, the extended key usage of ISO/IEC 18013-5 B.1.4. */
export const DOCUMENT_SIGNER_PURPOSE = '1.0.18013.5.1.2';

export interface ChainInput {
  readonly signer: Certificate;
  /** The anchors of the one document type in question. */
  readonly anchors: readonly Anchor[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How far the issuer's clock may be ahead of this one, in milliseconds. */
  readonly tolerance?: number | undefined;
  readonly crypto: CryptoProvider;
  readonly note?: Note | undefined;
}

interface Problem {
  readonly code: ChainCode;
  readonly facts: Facts | undefined;
}

/**
 * Validates the path and both profiles, reporting everything that is wrong. Which of several anchors
 * with one name and key signed cannot be told, so each is tried and one that leaves nothing to say is
 * enough, wherever it stands in the list.
 * @returns the anchor that signed, if one did
 */
export async function checkIssuerChain(
  input: ChainInput,
  fail: Fail<ChainCode>,
): Promise<Anchor | undefined> {
  const { signer } = input;
  checkSignerProfile(signer, fail);
  checkSignerWindow(input, fail);
  const anchors = await findAnchors(input, fail);
  if (anchors.length === 0) {
    const purposes = input.anchors.flatMap((anchor) => anchor.purposes);
    if (purposes.length > 0) checkPurpose(signer, purposes, fail);
    return undefined;
  }
  const judged = anchors.map((anchor) => ({ anchor, problems: problemsOf(anchor, input) }));
  const [best] = judged.toSorted(
    (one, other) =>
      one.problems.length - other.problems.length ||
      other.anchor.certificate.notAfter - one.anchor.certificate.notAfter,
  );
  for (const { code, facts } of best?.problems ?? []) fail(code, facts);
  return best?.anchor;
}

/** What speaks against a chain that ends at this anchor, by the rules of this anchor. */
function problemsOf(anchor: Anchor, { signer, now }: ChainInput): Problem[] {
  const problems: Problem[] = [];
  const fail: Fail<ChainCode> = (code, facts) => problems.push({ code, facts });
  const { certificate } = anchor;
  checkPurpose(signer, anchor.purposes, fail);
  checkAnchorProfile(anchor, fail);
  checkAnchorWindow(certificate, now, fail);
  const expected = certificate.subject.attributes.get(ATTRIBUTE.country);
  const found = signer.subject.attributes.get(ATTRIBUTE.country);
  if (expected !== found) {
    fail('untrusted_issuer/country', { expected: expected ?? 'none', found: found ?? 'none' });
  }
  return problems;
}

/** Every anchor whose name, key identifier and signature fit. */
async function findAnchors(
  { signer, anchors, crypto }: ChainInput,
  fail: Fail<ChainCode>,
): Promise<Anchor[]> {
  if (equalBytes(signer.issuer.encoded, signer.subject.encoded)) {
    fail('untrusted_issuer/self_signed', { found: nameText(signer.subject) });
    return [];
  }
  const named = anchors.filter(({ certificate }) =>
    equalBytes(certificate.subject.encoded, signer.issuer.encoded),
  );
  if (named.length === 0) {
    fail('untrusted_issuer/no_anchor', { found: nameText(signer.issuer) });
    return [];
  }
  const candidates = named.filter(({ certificate }) => keyIdsAgree(signer, certificate));
  if (candidates.length === 0) {
    fail('untrusted_issuer/key_id', { where: nameText(signer.subject) });
    return [];
  }
  const signed = await Promise.allSettled(
    candidates.map(({ certificate }) => verifyX509Signature(signer, certificate, crypto)),
  );
  const found = candidates.filter((_, index) => {
    const result = signed[index];
    return result?.status === 'fulfilled' && result.value;
  });
  if (found.length > 0) return found;
  // A key that cannot be used is the better reason, and no harm beside one that fits.
  for (const result of signed) if (result.status === 'rejected') throw result.reason;
  fail('untrusted_issuer/chain_signature', { where: nameText(signer.subject) });
  return [];
}

/** Both identifiers are mandatory in the profiles; where the anchor has none there is nothing to compare. */
function keyIdsAgree({ authorityKeyId }: Certificate, { subjectKeyId }: Certificate): boolean {
  if (subjectKeyId === undefined) return true;
  return authorityKeyId !== undefined && equalBytes(authorityKeyId, subjectKeyId);
}

function checkSignerWindow(
  { signer: { notBefore, notAfter }, now, tolerance = 0, note }: ChainInput,
  fail: Fail<ChainCode>,
): void {
  noteAhead('notBefore of the signer', notBefore, { now, tolerance }, note);
  if (now + tolerance < notBefore) {
    const expected = `from ${instant(notBefore)}`;
    fail('validity/signer_not_yet_valid', { expected, found: instant(now) });
  }
  if (now > notAfter) {
    const expected = `until ${instant(notAfter)}`;
    fail('validity/signer_expired', { expected, found: instant(now) });
  }
}

function checkSignerProfile(signer: Certificate, fail: Fail<ChainCode>): void {
  checkForm(signer, fail);
  const { isCa, keyUsage = [] } = signer;
  if (isCa || keyUsage.includes(KEY_USAGE.keyCertSign)) fail('untrusted_issuer/signer_is_ca');
  if (!keyUsage.includes(KEY_USAGE.digitalSignature)) fail('untrusted_issuer/signer_key_usage');
}

function checkPurpose(
  { extendedKeyUsage = [] }: Certificate,
  purposes: readonly string[],
  fail: Fail<ChainCode>,
): void {
  if (extendedKeyUsage.some((oid) => purposes.includes(oid))) return;
  fail('untrusted_issuer/signer_purpose', {
    expected: [...new Set(purposes)].join(' or '),
    found: extendedKeyUsage.join(', ') || 'none',
  });
}
