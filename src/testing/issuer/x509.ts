/** Certificates and revocation lists (RFC 5280) in which every field can be chosen, also wrongly. */
import { type Bytes, base64, digest, join, toNumber, utf8 } from './bytes.ts';
import * as der from './der.ts';
import { randomBytes } from './entropy.ts';
import { CURVES, type Keys, sign, subjectPublicKey } from './keys.ts';

const ATTRIBUTES = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const;
/** A distinguished name in the order of its members; several values of one come one after the other. */
export type Name = Partial<Record<keyof typeof ATTRIBUTES, string | readonly string[]>>;

const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;

export interface Extensions {
  basicConstraints?: { ca: boolean; pathLength?: number } | undefined;
  keyUsage?: readonly (typeof KEY_USAGES)[number][] | undefined;
  /** OIDs. */
  extendedKeyUsage?: readonly string[] | undefined;
  /** `true` for the key's own identifier (SHA-1 of the key, RFC 5280 section 4.2.1.2). */
  subjectKeyIdentifier?: true | Uint8Array | undefined;
  /** `true` for the issuer's key. */
  authorityKeyIdentifier?: true | Uint8Array | undefined;
  /** DNS names. */
  subjectAltName?: readonly string[] | undefined;
  /** A URI. */
  issuerAltName?: string | undefined;
  crlDistributionPoint?: string | undefined;
  /** Anything else: OID to whether it is critical and its DER. */
  other?: Readonly<Record<string, { critical: boolean; value: Uint8Array }>> | undefined;
}

/** A key pair with the certificate (DER) that names it. */
export interface Identity {
  readonly name: Name;
  readonly keys: Keys;
  readonly certificate: Bytes;
}

export interface CertificatePlan {
  subject: Name;
  keys: Keys;
  /** Absent: self-signed. */
  issuer?: { name: Name; keys: Keys } | undefined;
  notBefore: Date;
  notAfter: Date;
  extensions?: Extensions | undefined;
  /** Extensions that are critical beyond basicConstraints and keyUsage. */
  critical?: readonly (keyof Extensions)[] | undefined;
  serial?: bigint | undefined;
  /** Replaces the SubjectPublicKeyInfo, for a key that is not one. */
  spki?: Uint8Array | undefined;
}

/** Issues a certificate. */
export function certify(plan: CertificatePlan): Identity {
  const issuer = plan.issuer ?? { name: plan.subject, keys: plan.keys };
  const info = plan.spki ?? plan.keys.publicKey;
  const extensions = extensionList(plan, info, issuer.keys.publicKey);
  const certificate = signed(issuer.keys, (algorithm) =>
    der.sequence(
      der.context(0, der.integer(2n)),
      der.integer(plan.serial ?? toNumber(join(new Uint8Array([1]), randomBytes(12)))),
      algorithm,
      nameDer(issuer.name),
      der.sequence(der.time(plan.notBefore), der.time(plan.notAfter)),
      nameDer(plan.subject),
      info,
      ...(extensions.length ? [der.context(3, der.sequence(...extensions))] : []),
    ),
  );
  return { name: plan.subject, keys: plan.keys, certificate };
}

export interface CrlPlan {
  issuer: { name: Name; keys: Keys };
  thisUpdate: Date;
  /** Absent: a list that never says when the next one comes. */
  nextUpdate?: Date | undefined;
  number?: bigint | undefined;
  /** Certificates (DER), by their serial numbers. `reason` as in RFC 5280 section 5.3.1. */
  revoked: readonly { certificate: Uint8Array; at: Date; reason?: number }[];
  /** Critical extensions beside the usual ones, by OID. */
  critical?: Readonly<Record<string, Uint8Array>> | undefined;
}

/** A certificate revocation list, DER. */
export function revocationList(plan: CrlPlan): Bytes {
  const entries = plan.revoked.map(({ certificate, at, reason }) =>
    der.sequence(
      serialNumber(certificate),
      der.time(at),
      ...(reason === undefined
        ? []
        : [der.sequence(extension('2.5.29.21', false, der.enumerated(reason)))]),
    ),
  );
  const extensions = der.sequence(
    extension('2.5.29.35', false, keyIdentifier(plan.issuer.keys.publicKey)),
    extension('2.5.29.20', false, der.integer(plan.number ?? 1n)),
    ...Object.entries(plan.critical ?? {}).map(([oid, value]) => extension(oid, true, value)),
  );
  return signed(plan.issuer.keys, (algorithm) =>
    der.sequence(
      der.integer(1n),
      algorithm,
      nameDer(plan.issuer.name),
      der.time(plan.thisUpdate),
      ...(plan.nextUpdate ? [der.time(plan.nextUpdate)] : []),
      ...(entries.length ? [der.sequence(...entries)] : []),
      der.context(0, extensions),
    ),
  );
}

/** PEM text of certificates, lists or keys, in order. */
export function pem(
  label: 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'X509 CRL' | 'PRIVATE KEY',
  ...items: readonly Uint8Array[]
): string {
  return items
    .map((item) => base64(item).replace(/.{1,64}/g, '$&\n'))
    .map((body) => `-----BEGIN ${label}-----\n${body}-----END ${label}-----\n`)
    .join('');
}

function signed(keys: Keys, toBeSigned: (algorithm: Bytes) => Bytes): Bytes {
  const [, , , oid] = CURVES[keys.curve];
  const parameters = keys.curve.startsWith('RSA') ? [der.nothing()] : [];
  const algorithm = der.sequence(der.oid(oid), ...parameters);
  const body = toBeSigned(algorithm);
  return der.sequence(body, algorithm, der.bits(sign(keys, body, 'der')));
}

export function nameDer(name: Name): Bytes {
  const attributes = Object.entries(name).flatMap(([type, values]) =>
    [values].flat().map((value) => [type as keyof Name, value] as const),
  );
  return der.sequence(
    ...attributes.map(([type, value]) => {
      const text = type === 'C' ? der.printableString(value) : der.utf8String(value);
      return der.set(der.sequence(der.oid(ATTRIBUTES[type]), text));
    }),
  );
}

/** The serial number of a certificate, an INTEGER. */
export function serialNumber(certificate: Uint8Array): Uint8Array {
  const [body = new Uint8Array()] = der.children(certificate);
  const [, serial = new Uint8Array()] = der.children(body);
  return serial;
}

/** SubjectPublicKeyInfo of a certificate. */
export function publicKeyOf(certificate: Uint8Array): Uint8Array {
  const [body = new Uint8Array()] = der.children(certificate);
  return der.children(body)[6] ?? new Uint8Array();
}

/** The identifier `subjectKeyIdentifier: true` writes. */
export const keyId = (info: Uint8Array): Bytes => digest('SHA-1', subjectPublicKey(info));

const keyIdentifier = (issuerInfo: Uint8Array, value: true | Uint8Array = true): Bytes =>
  der.sequence(der.contextPrimitive(0, value === true ? keyId(issuerInfo) : value));

function extension(oid: string, critical: boolean, value: Uint8Array): Bytes {
  return der.sequence(der.oid(oid), ...(critical ? [der.yes()] : []), der.octets(value));
}

function extensionList(plan: CertificatePlan, info: Uint8Array, issuerInfo: Uint8Array): Bytes[] {
  const given = plan.extensions ?? {};
  const critical = new Set(['basicConstraints', 'keyUsage', ...(plan.critical ?? [])]);
  const write = <K extends keyof Extensions>(
    name: K,
    oid: string,
    value: (given: NonNullable<Extensions[K]>) => Uint8Array,
  ): Bytes[] => {
    const content = given[name];
    return content === undefined ? [] : [extension(oid, critical.has(name), value(content))];
  };
  return [
    ...write('basicConstraints', '2.5.29.19', ({ ca, pathLength }) =>
      der.sequence(
        ...(ca ? [der.yes()] : []),
        ...(pathLength === undefined ? [] : [der.integer(BigInt(pathLength))]),
      ),
    ),
    ...write('keyUsage', '2.5.29.15', (usages) => {
      const mask = usages.reduce((sum, usage) => sum | (0x80 >> KEY_USAGES.indexOf(usage)), 0);
      const unused = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
      return der.bits(new Uint8Array([mask]), unused);
    }),
    ...write('extendedKeyUsage', '2.5.29.37', (oids) => der.sequence(...oids.map(der.oid))),
    ...write('subjectKeyIdentifier', '2.5.29.14', (id) =>
      der.octets(id === true ? keyId(info) : id),
    ),
    ...write('authorityKeyIdentifier', '2.5.29.35', (id) => keyIdentifier(issuerInfo, id)),
    ...write('subjectAltName', '2.5.29.17', (names) =>
      der.sequence(...names.map((name) => der.contextPrimitive(2, utf8(name)))),
    ),
    ...write('issuerAltName', '2.5.29.18', (uri) =>
      der.sequence(der.contextPrimitive(6, utf8(uri))),
    ),
    ...write('crlDistributionPoint', '2.5.29.31', (uri) =>
      der.sequence(
        der.sequence(der.context(0, der.context(0, der.contextPrimitive(6, utf8(uri))))),
      ),
    ),
    ...Object.entries(given.other ?? {}).map(([oid, { critical: isCritical, value }]) =>
      extension(oid, isCritical, value),
    ),
  ];
}
