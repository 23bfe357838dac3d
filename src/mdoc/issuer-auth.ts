/** Issuer data authentication, ISO/IEC 18013-5 9.1.2: who signed the MSO, and for when. */

import { type CoseMessage, verifySign1, x5chain } from '../crypto/cose.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { Anchor } from '../trust/anchor.ts';
import { type Certificate, certificateKey, parseCertificate } from '../trust/certificate.ts';
import { ATTRIBUTE } from '../trust/name.ts';
import { type Fail, instant, type Note, noteAhead } from '../trust/refusal.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { IssuerSignedItem } from './digests.ts';
import type { MsoValidity } from './mso.ts';
import type { MdocCode } from './refusals.ts';

/** The document signer of x5chain. Behind it only its trust anchor may follow. */
export function readSigner(
  issuerAuth: CoseMessage,
  anchors: readonly Anchor[],
  fail: Fail<MdocCode>,
): Certificate | undefined {
  const [first, ...rest] = x5chain(issuerAuth);
  if (!first) {
    fail('untrusted_issuer/no_chain');
    return undefined;
  }
  const known = rest.every((it) =>
    anchors.some(({ certificate }) => equalBytes(certificate.encoded, it)),
  );
  if (!known || rest.length > 1)
    fail('untrusted_issuer/long_chain', { found: `${rest.length + 1} certificates` });
  return parseCertificate(first);
}

/** Whether the document signer signed the MSO. */
export async function checkIssuerSignature(
  issuerAuth: CoseMessage,
  signer: Certificate,
  crypto: CryptoProvider,
  fail: Fail<MdocCode>,
): Promise<boolean> {
  const importKey = () => certificateKey(signer, crypto);
  const { payload = new Uint8Array() } = issuerAuth;
  const valid = await verifySign1(issuerAuth, payload, signer.publicKey, crypto, importKey);
  if (!valid) fail('issuer_signature/invalid', { where: 'issuerAuth' });
  return valid;
}

/** A document that names its issuing country must be signed from there. */
export function checkCountry(
  items: readonly IssuerSignedItem[],
  signer: Certificate,
  fail: Fail<MdocCode>,
): void {
  const found = signer.subject.attributes.get(ATTRIBUTE.country) ?? 'none';
  for (const { nameSpace, identifier, value } of items) {
    if (identifier !== 'issuing_country' || value === found) continue;
    fail('untrusted_issuer/country', { where: `${nameSpace}/${identifier}`, found });
  }
}

/** The document's own period, and that it was signed within the signer's. */
export function checkValidity(
  { signed, validFrom, validUntil }: MsoValidity,
  signer: Certificate | undefined,
  { now, tolerance, note }: { now: number; tolerance: number; note: Note },
  fail: Fail<MdocCode>,
): void {
  const where = 'MSO.validityInfo';
  noteAhead('signed', signed, { now, tolerance }, note);
  noteAhead('validFrom', validFrom, { now, tolerance }, note);
  if (validUntil < validFrom) fail('validity/window', { where });
  if (now > validUntil) {
    fail('validity/expired', {
      where,
      expected: `until ${instant(validUntil)}`,
      found: instant(now),
    });
  }
  if (now + tolerance < validFrom) {
    fail('validity/not_yet_valid', {
      where,
      expected: `from ${instant(validFrom)}`,
      found: instant(now),
    });
  }
  if (signed > now + tolerance) {
    fail('validity/signed_in_future', {
      where,
      expected: `until ${instant(now)}`,
      found: instant(signed),
    });
  }
  if (signer && (signed < signer.notBefore || signed > signer.notAfter)) {
    fail('validity/signed_outside_signer', {
      where,
      expected: `${instant(signer.notBefore)} to ${instant(signer.notAfter)}`,
      found: instant(signed),
    });
  }
}
