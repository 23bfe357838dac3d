/** Certificate revocation lists, RFC 5280 section 5, for document signers. */
import {
  children,
  type DerNode,
  expectTag,
  members,
  readBitString,
  readDer,
  readInteger,
  readSmallInteger,
  readTime,
  TAG,
} from '../crypto/der.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes, toHex } from '../wire/bytes.ts';
import { IdVerifyError } from '../wire/error.ts';
import { copiedBytes, parseOptions } from '../wire/option-schemas.ts';
import { type Certificate, KEY_USAGE, readAlgorithm, verifyX509Signature } from './certificate.ts';
import { directoryNames, fullNames, isListFor } from './distribution.ts';
import { readExtensions } from './extensions.ts';
import { type Name, readName } from './name.ts';
import { isCurrent, ListCache, type ListOptions, type PublishedList } from './published-list.ts';
import { type Fail, noteAhead } from './refusal.ts';
import type { RevocationCode, RevocationInput, RevocationSource } from './revocation.ts';

export interface CertificateRevocationList extends PublishedList {
  readonly toBeSigned: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  /** Of a list for some certificates only, the names of its distribution point. */
  readonly scope: readonly DerNode[] | undefined;
  /** Serial numbers, hexadecimal. */
  readonly revoked: ReadonlySet<string>;
}

/** crlNumber, authorityKeyIdentifier: those that change nothing in what the list means. */
const HARMLESS = ['2.5.29.20', '2.5.29.35'];

const ISSUING_DISTRIBUTION_POINT = '2.5.29.28';

/**
 * Parses a list of one issuer, complete or of one distribution point. Delta and indirect lists are
 * refused: they announce themselves by critical extensions.
 * @throws IdVerifyError `malformed/der`, `malformed/crl`
 */
export function parseCrl(encoded: Uint8Array): CertificateRevocationList {
  const [tbs, algorithm, signature] = members(readDer(encoded, TAG.sequence), 3);
  const fields = children(expectTag(tbs, TAG.sequence));
  const version = fields[0]?.tag === TAG.integer ? readSmallInteger(fields.shift()) + 1 : 1;
  const [innerAlgorithm, issuer, thisUpdate, ...rest] = fields;
  if (version > 2 || readAlgorithm(innerAlgorithm) !== readAlgorithm(algorithm)) {
    throw new IdVerifyError('malformed/crl', 'CRL: version or algorithm');
  }
  const hasNextUpdate = rest[0]?.tag === TAG.utcTime || rest[0]?.tag === TAG.generalizedTime;
  const nextUpdate = hasNextUpdate ? readTime(rest.shift()) : undefined;
  const entries = rest[0]?.tag === TAG.sequence ? children(rest.shift() as DerNode) : [];
  const wrapped = rest[0]?.tag === 0xa0 ? rest.shift() : undefined;
  const extensions = wrapped && members(wrapped, 1)[0];
  if (rest.length > 0) throw new IdVerifyError('malformed/crl', 'CRL: members after those it has');
  if (extensions) refuseCritical(extensions, ISSUING_DISTRIBUTION_POINT);
  return {
    toBeSigned: expectTag(tbs, TAG.sequence).encoded,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: readBitString(signature),
    issuer: readName(issuer),
    issuedAt: readTime(thisUpdate),
    staleAt: nextUpdate,
    scope: extensions && scopeIn(extensions),
    revoked: new Set(entries.map(readEntry)),
  };
}

function readEntry(entry: DerNode): string {
  const [serialNumber, , extensions] = members(expectTag(entry, TAG.sequence), 3);
  if (extensions) refuseCritical(extensions);
  return toHex(readInteger(serialNumber));
}

/** IssuingDistributionPoint, section 5.2.5: nothing but a name, and that it is of end entities. */
function scopeIn(list: DerNode): readonly DerNode[] | undefined {
  const point = readExtensions(list).get(ISSUING_DISTRIBUTION_POINT);
  if (point === undefined) return undefined;
  const fields = readDer(point.value, TAG.sequence);
  if (children(fields).some(({ tag }) => tag !== 0xa0 && tag !== 0x81)) {
    throw new IdVerifyError('malformed/crl', 'CRL: a list of some reasons, or of others');
  }
  return fullNames(fields);
}

function refuseCritical(list: DerNode, read?: string): void {
  for (const [oid, { critical }] of readExtensions(list)) {
    if (critical && oid !== read && !HARMLESS.includes(oid)) {
      throw new IdVerifyError('malformed/crl', `CRL: critical extension ${oid}`);
    }
  }
}

/** Those that fetch from addresses in certificates. */
const addressed = new WeakSet<RevocationSource>();

/** Whether a source knows of nothing but addresses. */
export const asksAddresses = (source: RevocationSource): boolean => addressed.has(source);

/** Asks the lists the document signer's certificate, or else its root, points to. */
export function crlSource(options: ListOptions = {}): RevocationSource {
  const lists = new ListCache('application/pkix-crl', parseCrl, options);
  const source: RevocationSource = async (input, fail) => {
    const { signer, anchor, now, tolerance, crypto, signal } = input;
    if (signer.crlUrls.length === 0 && directoryNames(signer).length > 0) {
      fail('undetermined/crl_directory');
      return;
    }
    const urls = signer.crlUrls.length > 0 ? signer.crlUrls : anchor.crlUrls;
    const [url] = urls.filter((it) => /^https?:/.test(it));
    if (!url) {
      fail('undetermined/crl_unreachable', { found: 'no address' });
      return;
    }
    let list: CertificateRevocationList;
    try {
      const isAuthentic = (it: CertificateRevocationList) => isIssuedBy(anchor, it, crypto);
      list = await lists.get(url, { now, tolerance, signal, isAuthentic });
    } catch (error) {
      if (!(error instanceof IdVerifyError)) throw error;
      const unreachable = error.category === 'undetermined';
      const code = unreachable ? 'undetermined/crl_unreachable' : 'undetermined/crl_unreadable';
      fail(code, { where: url, found: error.code });
      return;
    }
    await judgeList(list, input, url, fail);
  };
  addressed.add(source);
  return source;
}

/**
 * A list held by the operator, for verifiers that may not reach out.
 * @throws IdVerifyError `config/option`, `malformed/*`
 */
export function fixedCrl(encoded: Uint8Array): RevocationSource {
  const list = parseCrl(parseOptions(copiedBytes, encoded));
  return (input, fail) => judgeList(list, input, 'the list configured', fail);
}

/** What a list says of a certificate, if it is the issuer's, current, and for that certificate. */
export async function judgeList(
  list: CertificateRevocationList,
  input: RevocationInput,
  where: string,
  fail: Fail<RevocationCode>,
): Promise<void> {
  const { signer, anchor, crypto, note } = input;
  if (!(await isIssuedBy(anchor, list, crypto))) {
    fail('undetermined/crl_signature', { where });
  } else if (!isCurrent(list, input)) fail('undetermined/crl_stale', { where });
  else if (list.scope && !isListFor(signer, list.scope)) fail('undetermined/crl_scope', { where });
  else if (list.revoked.has(signer.serialNumber)) {
    fail('revoked/signer', { where, found: signer.serialNumber });
  } else noteAhead('thisUpdate of the revocation list', list.issuedAt, input, note);
}

const isIssuedBy = async (
  anchor: Certificate,
  list: CertificateRevocationList,
  crypto: CryptoProvider,
): Promise<boolean> => mayIssue(anchor, list) && (await isSignedBy(list, anchor, crypto));

function mayIssue(anchor: Certificate, list: CertificateRevocationList): boolean {
  const maySign = anchor.keyUsage?.includes(KEY_USAGE.crlSign) ?? false;
  return maySign && equalBytes(anchor.subject.encoded, list.issuer.encoded);
}

/** A signature that cannot even be read was not made by the issuer. */
async function isSignedBy(
  list: CertificateRevocationList,
  anchor: Certificate,
  crypto: CryptoProvider,
): Promise<boolean> {
  try {
    return await verifyX509Signature(list, anchor, crypto);
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}
