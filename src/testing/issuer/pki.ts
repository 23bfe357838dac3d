/**
 * The test PKI, made anew at every start: no key of it is ever written to a file of the project.
 * Profiles after ISO/IEC 18013-5 Annex B; each field can be overridden, which is how the
 * certificates that must be refused are made.
 */
import { type Curve, type Keys, newKeys } from './keys.ts';
import {
  type CertificatePlan,
  certify,
  type Extensions,
  type Identity,
  type Name,
  pem,
} from './x509.ts';

/** Extended key usages of ISO/IEC 18013-5 Annex B, and one that has no business there. */
export const EKU = {
  documentSigner: '1.0.18013.5.1.2',
  reader: '1.0.18013.5.1.6',
  vicalSigner: '1.0.18013.5.1.8',
  statusSigner: '1.3.6.1.5.5.7.3.30',
  tlsServer: '1.3.6.1.5.5.7.3.1',
} as const;

const DAY = 86_400_000;
const days = (from: Date, count: number): Date => new Date(from.getTime() + count * DAY);

export interface Overrides extends Partial<Omit<CertificatePlan, 'extensions' | 'issuer'>> {
  curve?: Curve | undefined;
  /** Merged into the profile's extensions; a member that is `undefined` removes one. */
  extensions?: Extensions | undefined;
  /** `null` makes the certificate self-signed. */
  issuer?: { name: Name; keys: Keys } | null | undefined;
  /** The moment the profile's validity is laid around; default: the present. */
  now?: Date | undefined;
}

type Profile = Pick<CertificatePlan, 'subject' | 'notBefore' | 'notAfter' | 'critical'> & {
  extensions: Extensions;
};

function fromProfile(
  profile: (now: Date) => Profile,
  issuer: Identity | undefined,
  { curve, now = new Date(), extensions, ...overrides }: Overrides,
): Identity {
  const base = profile(now);
  return certify({
    ...base,
    keys: newKeys(curve),
    ...overrides,
    issuer: overrides.issuer === null ? undefined : (overrides.issuer ?? issuer),
    extensions: { ...base.extensions, ...extensions },
  });
}

const CONTACT = 'https://issuer.test.invalid/';
const CRL = 'https://issuer.test.invalid/iaca.crl';

/** Root of an issuing authority (IACA). */
export const issueIaca = (overrides: Overrides = {}): Identity =>
  fromProfile(
    (now) => ({
      subject: { CN: 'TEST IACA root', O: 'TEST issuing authority, not real', C: 'JP' },
      notBefore: days(now, -365),
      notAfter: days(now, 3650),
      extensions: {
        basicConstraints: { ca: true, pathLength: 0 },
        keyUsage: ['keyCertSign', 'cRLSign'],
        subjectKeyIdentifier: true,
        issuerAltName: CONTACT,
        crlDistributionPoint: CRL,
      },
    }),
    undefined,
    overrides,
  );

const endEntity = (name: string, eku: string) => (now: Date) => ({
  subject: { CN: `TEST ${name}`, O: 'TEST issuing authority, not real', C: 'JP' },
  notBefore: days(now, -30),
  notAfter: days(now, 400),
  critical: ['extendedKeyUsage'] as const,
  extensions: {
    keyUsage: ['digitalSignature'] as const,
    extendedKeyUsage: [eku],
    subjectKeyIdentifier: true as const,
    authorityKeyIdentifier: true as const,
    issuerAltName: CONTACT,
    crlDistributionPoint: CRL,
  },
});

/** Certificate that signs MSOs. */
export const issueSigner = (iaca: Identity, overrides: Overrides = {}): Identity =>
  fromProfile(endEntity('document signer', EKU.documentSigner), iaca, overrides);

/** Certificate that signs status lists. */
export const issueStatusSigner = (iaca: Identity, overrides: Overrides = {}): Identity =>
  fromProfile(endEntity('status list signer', EKU.statusSigner), iaca, overrides);

/** Certificate that signs lists of issuing authorities. */
export const issueVicalSigner = (root: Identity, overrides: Overrides = {}): Identity =>
  fromProfile(
    (now) => {
      const profile = endEntity('VICAL signer', EKU.vicalSigner)(now);
      return { ...profile, extensions: { ...profile.extensions, keyUsage: ['nonRepudiation'] } };
    },
    root,
    overrides,
  );

/** Root of those who may ask: relying parties hold certificates of this authority. */
export const issueReaderCa = (overrides: Overrides = {}): Identity =>
  fromProfile(
    (now) => ({
      subject: { CN: 'TEST reader authority', O: 'TEST reader authority, not real', C: 'JP' },
      notBefore: days(now, -365),
      notAfter: days(now, 3650),
      extensions: {
        basicConstraints: { ca: true, pathLength: 0 },
        keyUsage: ['keyCertSign', 'cRLSign'],
        subjectKeyIdentifier: true,
      },
    }),
    undefined,
    overrides,
  );

/** Certificate of a relying party. `organization` is the name the person sees. */
export const issueReader = (
  readerCa: Identity,
  {
    organization = 'TEST relying party',
    dnsNames = ['localhost'],
    ...overrides
  }: ReaderOverrides = {},
): Identity =>
  fromProfile(
    (now) => ({
      subject: { CN: `TEST ${dnsNames[0] ?? 'reader'}`, O: organization, C: 'JP' },
      notBefore: days(now, -30),
      notAfter: days(now, 365),
      critical: ['extendedKeyUsage'],
      extensions: {
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: [EKU.reader],
        subjectKeyIdentifier: true,
        authorityKeyIdentifier: true,
        subjectAltName: dnsNames,
      },
    }),
    readerCa,
    overrides,
  );

export interface ReaderOverrides extends Overrides {
  organization?: string | undefined;
  /** For `x509_san_dns` client identifiers. */
  dnsNames?: readonly string[] | undefined;
}

export interface TestPki {
  readonly iaca: Identity;
  readonly signer: Identity;
  readonly statusSigner: Identity;
  readonly readerCa: Identity;
  readonly reader: Identity;
}

export interface PkiOptions {
  /** Of the IACA root; everything below it is P-256. */
  curve?: Curve | undefined;
  now?: Date | undefined;
  reader?: ReaderOverrides | undefined;
}

/** One of each. */
export function createTestPki({ curve = 'P-384', now, reader }: PkiOptions = {}): TestPki {
  const iaca = issueIaca({ curve, now });
  const readerCa = issueReaderCa({ now });
  return {
    iaca,
    signer: issueSigner(iaca, { now }),
    statusSigner: issueStatusSigner(iaca, { now }),
    readerCa,
    reader: issueReader(readerCa, { now, ...reader }),
  };
}

/** A private key as a PKCS #8 PEM file holds it. @param key PKCS #8, DER */
export const privateKeyPem = (key: Uint8Array): string => pem('PRIVATE KEY', key);
