/**
 * What wallets will refuse of a reader certificate, told before going live: the reader profile of
 * ISO/IEC 18013-5 B.1.7, which Apple demands, ES256 (Google Wallet, HAIP 1.0), and the names people read.
 */
import { type Certificate, KEY_USAGE, parseCertificate } from '../../../trust/certificate.ts';
import { nameText } from '../../../trust/name.ts';
import { pemBlocks } from '../../../trust/pem.ts';
import { instant } from '../../../trust/refusal.ts';
import { equalBytes } from '../../../wire/bytes.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { RelyingParty } from '../../method-verifier.ts';
import { speaksFor } from '../reader-name.ts';

/** mdlReaderAuth, ISO/IEC 18013-5 B.1.7. */
const READER_PURPOSE = '1.0.18013.5.1.6';
const SOON = 30 * 86_400_000;

export interface ReaderFinding {
  readonly what:
    | 'certificate'
    | 'curve'
    | 'validity'
    | 'purpose'
    | 'key_usage'
    | 'key_id'
    | 'chain'
    | 'name'
    | 'origin';
  /** Who refuses such a reader, or may. `every`: no request of it can be accepted by any wallet. */
  readonly refusedBy: 'every' | 'apple' | 'google' | 'haip';
  /** One sentence in English. */
  readonly detail: string;
}

export interface LintOptions {
  readonly relyingParty?: Pick<RelyingParty, 'name' | 'legalName'>;
  readonly origins?: readonly string[];
  /** Milliseconds since 1970. Default: the present. */
  readonly now?: number;
}

/**
 * Everything about a reader's certificates that Apple, Google or HAIP will refuse.
 * @param certificates PEM, the site's own certificate first, or the same in DER
 * @returns nothing where nothing is wrong
 */
export function lintReader(
  certificates: string | readonly Uint8Array[],
  { relyingParty, origins = [], now = Date.now() }: LintOptions = {},
): ReaderFinding[] {
  const encoded =
    typeof certificates === 'string' ? pemBlocks(certificates, 'CERTIFICATE') : certificates;
  let chain: Certificate[];
  try {
    chain = encoded.map(parseCertificate);
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    return [{ what: 'certificate', refusedBy: 'every', detail: `${error.message}.` }];
  }
  const [leaf] = chain;
  if (leaf === undefined) {
    return [{ what: 'certificate', refusedBy: 'every', detail: 'There is no certificate.' }];
  }
  return [
    ...leafFindings(leaf, now),
    ...chainFindings(chain, now),
    ...(relyingParty ? nameFindings(leaf, relyingParty, origins) : []),
    ...originFindings(leaf, origins),
  ];
}

function leafFindings(leaf: Certificate, now: number): ReaderFinding[] {
  const found: ReaderFinding[] = [];
  const say = (
    what: ReaderFinding['what'],
    refusedBy: ReaderFinding['refusedBy'],
    detail: string,
  ) => found.push({ what, refusedBy, detail });
  const { publicKey, keyUsage, extendedKeyUsage, notBefore, notAfter } = leaf;
  if (publicKey.type !== 'EC' || publicKey.curve !== 'P-256') {
    const kind = publicKey.type === 'EC' ? publicKey.curve : publicKey.type;
    say('curve', 'every', `The key is ${kind}; requests are signed by ES256, which takes P-256.`);
  }
  if (now < notBefore || now > notAfter) {
    const span = `from ${instant(notBefore)} to ${instant(notAfter)}`;
    say('validity', 'every', `The certificate is valid ${span}.`);
  } else if (notAfter - now < SOON) {
    say('validity', 'apple', `The certificate expires at ${instant(notAfter)}.`);
  }
  if (leaf.isCa) say('certificate', 'every', 'The certificate is that of a CA, not of a reader.');
  if (keyUsage && !keyUsage.includes(KEY_USAGE.digitalSignature)) {
    say('key_usage', 'every', 'The certificate may not sign: no keyUsage digitalSignature.');
  } else if (!keyUsage) say('key_usage', 'apple', 'The certificate has no keyUsage.');
  if (!extendedKeyUsage?.includes(READER_PURPOSE)) {
    const purposes = extendedKeyUsage?.join(', ') ?? 'none';
    say(
      'purpose',
      'apple',
      `The extended key usage ${READER_PURPOSE} is missing; found ${purposes}.`,
    );
  }
  if (!leaf.subjectKeyId) say('key_id', 'apple', 'The certificate has no subjectKeyIdentifier.');
  if (!leaf.authorityKeyId)
    say('key_id', 'apple', 'The certificate has no authorityKeyIdentifier.');
  return found;
}

/** Each certificate by the next, and the root left out (HAIP 1.0, OpenID4VP 1.0 section 5.9.3). */
function chainFindings(chain: readonly Certificate[], now: number): ReaderFinding[] {
  return chain.flatMap((certificate, index): ReaderFinding[] => {
    const name = nameText(certificate.subject);
    const next = chain[index + 1];
    const isRoot = equalBytes(certificate.issuer.encoded, certificate.subject.encoded);
    const wrong: string[] = [];
    if (isRoot)
      wrong.push(`${name} vouches for itself; a root is left out, a reader has an issuer.`);
    else if (next && !equalBytes(certificate.issuer.encoded, next.subject.encoded)) {
      wrong.push(`${nameText(next.subject)} did not issue ${name}, which stands before it.`);
    }
    if (index > 0 && (now < certificate.notBefore || now > certificate.notAfter)) {
      wrong.push(`${name} is not valid now.`);
    }
    return wrong.map((detail) => ({ what: 'chain', refusedBy: 'haip', detail }));
  });
}

function nameFindings(
  leaf: Certificate,
  relyingParty: Pick<RelyingParty, 'name' | 'legalName'>,
  origins: readonly string[],
): ReaderFinding[] {
  const pages = origins.length > 0 ? origins : ['https://invalid.invalid'];
  if (pages.every((origin) => speaksFor(leaf.encoded, relyingParty, origin))) return [];
  const detail = `The certificate is for ${nameText(leaf.subject)}: neither relyingParty.name nor legalName.`;
  return [{ what: 'name', refusedBy: 'apple', detail }];
}

/** Needed where the reader is named by its host (`x509_san_dns`); Apple issues one for each domain. */
function originFindings({ dnsNames }: Certificate, origins: readonly string[]): ReaderFinding[] {
  return origins
    .map((origin) => new URL(origin).hostname)
    .filter((host) => dnsNames.length > 0 && !dnsNames.includes(host))
    .map((host) => ({
      what: 'origin',
      refusedBy: 'apple',
      detail: `The certificate is for ${dnsNames.join(', ')}, and not for ${host}.`,
    }));
}
