/**
 * Who a reader certificate says it is: as much of X.509 (RFC 5280) as it takes to read the subject
 * and the DNS names. Nothing is verified here; the wallet does that.
 */
import type { SessionView } from '../../wire/contract.ts';
import { IdVerifyError } from '../../wire/error.ts';

export interface ReaderName {
  /** Organization names of the subject. */
  readonly organizations: readonly string[];
  readonly commonNames: readonly string[];
  /** DNS names of the subjectAltName extension. */
  readonly hosts: readonly string[];
}

interface Item {
  readonly tag: number;
  readonly content: Uint8Array;
}

const TAG = { oid: 0x06, octets: 0x04, dnsName: 0x82, extensions: 0xa3, version: 0xa0 } as const;
/** Object identifiers, encoded, in hexadecimal. */
const OID = { commonName: '550403', organization: '55040a', subjectAltName: '551d11' } as const;
/** How each string type of a name is decoded, X.680 section 41. */
const CHARSETS: Readonly<Record<number, string>> = {
  12: 'utf-8',
  19: 'utf-8',
  20: 'latin1',
  22: 'utf-8',
  30: 'utf-16be',
};

/**
 * Whether a reader certificate names the relying party: by its organization; without one by its
 * common name or by the host it speaks for.
 * @param origin of the page that asks
 * @throws IdVerifyError `malformed/reader_certificate`
 */
export function speaksFor(
  certificate: Uint8Array,
  { name, legalName }: Pick<SessionView['relyingParty'], 'name' | 'legalName'>,
  origin: string,
): boolean {
  const { organizations, commonNames, hosts } = readerName(certificate);
  const known = [...Object.values(name), ...(legalName ? [legalName] : [])].map(folded);
  const names = organizations.length > 0 ? organizations : commonNames;
  if (names.some((one) => known.includes(folded(one)))) return true;
  const host = new URL(origin).hostname;
  return organizations.length === 0 && hosts.some((pattern) => covers(pattern, host));
}

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** RFC 6125 section 6.4.3: a wildcard stands for exactly one label. */
function covers(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.')
    ? host.slice(host.indexOf('.')) === wanted.slice(1)
    : host === wanted;
}

/** @throws IdVerifyError `malformed/reader_certificate` */
export function readerName(certificate: Uint8Array): ReaderName {
  const [outer] = items(certificate);
  const [tbs] = items(outer?.content);
  const fields = items(tbs?.content).filter(({ tag }) => tag !== TAG.version);
  // serialNumber, signature, issuer, validity, subject
  const subject = fields[4];
  if (!subject) throw malformed();
  const names = items(subject.content)
    .flatMap((set) => items(set.content))
    .map((pair) => items(pair.content));
  const ofType = (oid: string) =>
    names.filter(([type]) => hex(type) === oid).map(([, value]) => text(value));
  const extensions = fields.find(({ tag }) => tag === TAG.extensions);
  return {
    organizations: ofType(OID.organization),
    commonNames: ofType(OID.commonName),
    hosts: dnsNames(items(items(extensions?.content)[0]?.content)),
  };
}

function dnsNames(extensions: readonly Item[]): string[] {
  return extensions
    .map((extension) => items(extension.content))
    .filter(([type]) => hex(type) === OID.subjectAltName)
    .flatMap((extension) => items(extension.find(({ tag }) => tag === TAG.octets)?.content))
    .flatMap((names) => items(names.content))
    .filter(({ tag }) => tag === TAG.dnsName)
    .map(({ content }) => new TextDecoder().decode(content));
}

/** The items of a constructed value, one after another; none where there is no value. */
function items(bytes: Uint8Array = new Uint8Array()): Item[] {
  const found: Item[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const more = first > 0x80 ? first & 0x7f : 0;
    let length = first > 0x80 ? 0 : first;
    for (let digit = 0; digit < more; digit++) length = length * 256 + (bytes[at + 2 + digit] ?? 0);
    const start = at + 2 + more;
    // 0x80 is the indefinite length that DER does not have.
    if (first === 0x80 || more > 4 || start + length > bytes.length) throw malformed();
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

const hex = (item: Item | undefined): string =>
  item?.tag === TAG.oid
    ? Array.from(item.content, (byte) => byte.toString(16).padStart(2, '0')).join('')
    : '';

function text(item: Item | undefined): string {
  const charset = item && CHARSETS[item.tag];
  if (!charset) throw malformed();
  return new TextDecoder(charset).decode(item.content);
}

const malformed = (): IdVerifyError =>
  new IdVerifyError('malformed/reader_certificate', 'not a certificate');
