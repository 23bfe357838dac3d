/**
 * Who a reader certificate says it is: as much of X.509 (RFC 5280) as it takes to read the subject
 * and the DNS names. Nothing is verified here; the wallet does that.
 */
import { children, type DerNode, expectTag, readDer, readOid, TAG } from '../../crypto/der.ts';
import type { SessionView } from '../../wire/contract.ts';

export interface ReaderName {
  /** Organization names of the subject. */
  readonly organizations: readonly string[];
  readonly commonNames: readonly string[];
  /** DNS names of the subjectAltName extension. */
  readonly hosts: readonly string[];
}

/** Context tags of a certificate and of a GeneralName, RFC 5280 sections 4.1 and 4.2.1.6. */
const FIELD = { version: 0xa0, extensions: 0xa3, dnsName: 0x82 } as const;
const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectAltName: '2.5.29.17',
} as const;
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
 * @throws IdVerifyError `malformed/der`
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

/** @throws IdVerifyError `malformed/der` */
export function readerName(certificate: Uint8Array): ReaderName {
  const [tbs] = children(readDer(certificate, TAG.sequence));
  const fields = children(expectTag(tbs, TAG.sequence)).filter(({ tag }) => tag !== FIELD.version);
  // serialNumber, signature, issuer, validity, subject
  const names = children(expectTag(fields[4], TAG.sequence))
    .flatMap(children)
    .map((pair) => children(pair));
  const ofType = (oid: string) =>
    names.filter(([type]) => readOid(type) === oid).map(([, value]) => text(value));
  const extensions = fields.find(({ tag }) => tag === FIELD.extensions);
  return {
    organizations: ofType(OID.organization),
    commonNames: ofType(OID.commonName),
    hosts: extensions ? dnsNames(children(extensions)[0]) : [],
  };
}

function dnsNames(extensions: DerNode | undefined): string[] {
  return children(expectTag(extensions, TAG.sequence))
    .map(children)
    .filter(([type]) => readOid(type) === OID.subjectAltName)
    .flatMap((extension) => children(readDer(extensionValue(extension), TAG.sequence)))
    .filter(({ tag }) => tag === FIELD.dnsName)
    .map(({ content }) => new TextDecoder().decode(content));
}

/** The value of an extension comes last, behind whether it is critical. */
const extensionValue = (extension: readonly DerNode[]): Uint8Array =>
  expectTag(extension.at(-1), TAG.octetString).content;

/** A name in a type of string that is not known is nobody's. */
function text(value: DerNode | undefined): string {
  const charset = value && CHARSETS[value.tag];
  return charset ? new TextDecoder(charset).decode(value.content) : '';
}
