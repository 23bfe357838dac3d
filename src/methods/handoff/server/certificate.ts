/**
 * The 署名用電子証明書 behind a signature: issued by a configured root, in force, not revoked. RFC 5280
 * section 6, for a chain of one.
 */
import {
  type Certificate,
  certificateKey,
  parseCertificate,
  verifyX509Signature,
} from '../../../trust/certificate.ts';
import { nameText } from '../../../trust/name.ts';
import { checkRevocation } from '../../../trust/revocation.ts';
import { equalBytes, fromHex, toBase64url, utf8 } from '../../../wire/bytes.ts';
import { type Code, IdVerifyError } from '../../../wire/error.ts';
import type { Check, Json } from '../../method-verifier.ts';
import type { HandoffDeployment } from './config.ts';

/** Bits of keyUsage, RFC 5280 section 4.2.1.3. */
const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;

/** What stays of a certificate that may not be kept. */
export type CertificateTraces = { readonly [key: string]: Json };

export interface Judged {
  readonly checks: readonly Check[];
  /** Why it is refused. */
  readonly code: Code | undefined;
  readonly traces: CertificateTraces;
}

/** @param statement what the card signed */
export async function judgeSignature(
  handoff: HandoffDeployment,
  signature: { readonly value: Uint8Array; readonly certificate: Uint8Array },
  statement: string,
): Promise<Judged> {
  const { crypto } = handoff;
  const checks: Check[] = [];
  const check = async (id: string, look: () => Promise<Code | undefined>): Promise<void> => {
    const code = await look();
    checks.push(code ? { id, outcome: 'failed', code } : { id, outcome: 'passed' });
  };
  const certificate = parseCertificate(signature.certificate);
  const anchor = anchorOf(handoff, certificate);
  await check('jpki.chain', () => chainCode(handoff, certificate, anchor));
  await check('jpki.validity', async () => validityCode(certificate, anchor, handoff.now()));
  await check('jpki.signature', async () => {
    const key = await certificateKey(certificate, crypto);
    const scheme = { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
    const holds =
      certificate.publicKey.type === 'RSA' &&
      (await key.verify(scheme, utf8(statement), signature.value));
    return holds ? undefined : 'device_binding/transaction';
  });
  const revocation = anchor && (await revocationCheck(handoff, certificate, anchor));
  if (revocation) checks.push(revocation);
  const accepts = handoff.options.revocation?.onUndetermined === 'accept';
  const failed = checks.find(
    ({ outcome }) => outcome === 'failed' || (outcome === 'undetermined' && !accepts),
  );
  return {
    checks,
    code: failed && (failed.code ?? 'undetermined'),
    traces: {
      certificateDigest: toBase64url(await crypto.digest('SHA-256', certificate.encoded)),
      issuer: nameText(certificate.issuer),
      serialHash: toBase64url(await crypto.digest('SHA-256', fromHex(certificate.serialNumber))),
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      revocation: revocation?.outcome ?? 'undetermined',
    },
  };
}

function anchorOf(
  { options }: HandoffDeployment,
  { issuer }: Certificate,
): Certificate | undefined {
  return (options.trustAnchors ?? [])
    .map((anchor) => parseCertificate(anchor.certificate))
    .find(({ subject }) => equalBytes(subject.encoded, issuer.encoded));
}

async function chainCode(
  { crypto }: HandoffDeployment,
  certificate: Certificate,
  anchor: Certificate | undefined,
): Promise<Code | undefined> {
  if (anchor === undefined) return 'untrusted_issuer/no_anchor';
  const { isCa, unknownCritical, keyUsage = [] } = certificate;
  const signs = keyUsage.includes(DIGITAL_SIGNATURE) || keyUsage.includes(NON_REPUDIATION);
  if (isCa || unknownCritical.length > 0 || !signs || !anchor.isCa) {
    return 'untrusted_issuer/profile';
  }
  try {
    const signed = await verifyX509Signature(certificate, anchor, crypto);
    return signed ? undefined : 'untrusted_issuer/chain_signature';
  } catch (error) {
    if (error instanceof IdVerifyError) return error.code;
    throw error;
  }
}

function validityCode(
  certificate: Certificate,
  anchor: Certificate | undefined,
  now: number,
): Code | undefined {
  if (now < certificate.notBefore) return 'validity/certificate_not_yet_valid';
  if (now > certificate.notAfter) return 'validity/certificate_expired';
  if (anchor && (now < anchor.notBefore || now > anchor.notAfter)) return 'validity/root_expired';
  return undefined;
}

async function revocationCheck(
  { options, now, crypto }: HandoffDeployment,
  signer: Certificate,
  anchor: Certificate,
): Promise<Check> {
  const found: Code[] = [];
  await checkRevocation(
    options.revocation,
    { signer, anchor, status: undefined, now: now(), crypto },
    (code) => found.push(code),
  );
  const revoked = found.some((code) => code.startsWith('revoked/'));
  const [first] = found;
  if (revoked) return { id: 'jpki.revocation', outcome: 'failed', code: 'revoked/certificate' };
  return first
    ? { id: 'jpki.revocation', outcome: 'undetermined', code: first }
    : { id: 'jpki.revocation', outcome: 'passed' };
}
