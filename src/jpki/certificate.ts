/** A 署名用電子証明書, read and judged against its profile; who issued it is another question. */
import { type Certificate, KEY_USAGE, readCertificate } from '../trust/certificate.ts';
import { EXTENSION, type OtherName, readOtherNames, readPolicies } from '../trust/extensions.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { type JpkiPerson, otherNamesIn, readPerson } from './person.ts';
import { isForAuthentication } from './policies.ts';

/** What a certificate of a card or phone says, believed by nobody yet. */
export interface JpkiCertificate {
  readonly certificate: Certificate;
  /** Its one policy; undefined where it has none, or several. */
  readonly policy: string | undefined;
  readonly person: JpkiPerson;
  /** Those that have no meaning here. */
  readonly otherNames: readonly OtherName[];
}

/**
 * Reads a certificate (DER) and believes nothing: neither chain nor signature is checked.
 * @throws IdVerifyError `malformed/der`, `malformed/certificate`, `limit/certificate`,
 *   `unsupported/key`, `unsupported/curve`
 */
export function readJpkiCertificate(encoded: Uint8Array): JpkiCertificate {
  // It is about a person, so it is not kept with those of authorities.
  const certificate = readCertificate(encoded);
  const names = otherNamesOf(certificate);
  const policies = policiesOf(certificate);
  return {
    certificate,
    policy: policies.length === 1 ? policies[0] : undefined,
    person: readPerson(names),
    otherNames: otherNamesIn(names),
  };
}

function policiesOf({ extensions }: Certificate): readonly string[] {
  const policies = extensions.get(EXTENSION.certificatePolicies);
  return policies ? readPolicies(policies.value) : [];
}

function otherNamesOf({ extensions }: Certificate): readonly OtherName[] {
  const names = extensions.get(EXTENSION.subjectAltName);
  return names ? readOtherNames(names.value) : [];
}

/** Certificates of people for signing: RFC 5280 section 4.2.1, and J-LIS プロファイル仕様書. */
export function profileProblem({ certificate }: JpkiCertificate): string | undefined {
  const { isCa, keyUsage = [], extendedKeyUsage, unknownCritical, version } = certificate;
  const { nonRepudiation, keyCertSign, crlSign } = KEY_USAGE;
  const unread = unknownCritical.filter((oid) => oid !== EXTENSION.certificatePolicies);
  if (version !== 3) return `version ${version}`;
  if (isCa) return 'the certificate of an authority';
  if (equalBytes(certificate.subject.encoded, certificate.issuer.encoded))
    return 'a self-signed one';
  if (unread.length > 0) return `the critical extension ${unread[0]}`;
  if (extendedKeyUsage) return 'an extended key usage';
  if (!keyUsage.includes(nonRepudiation)) return 'a key usage without nonRepudiation';
  if (keyUsage.includes(keyCertSign) || keyUsage.includes(crlSign)) return 'a key that issues';
  return undefined;
}

/** Whether the certificate is of a policy that is accepted here, and if not, why. */
export function policyProblem(
  { policy }: JpkiCertificate,
  accepted: readonly string[],
): Code | undefined {
  if (policy !== undefined && accepted.includes(policy)) return undefined;
  return policy !== undefined && isForAuthentication(policy)
    ? 'untrusted_issuer/authentication_certificate'
    : 'untrusted_issuer/policy';
}

/** OU of the 利用者証明用 authority, as its certificates have it. */
const AUTHENTICATION_UNIT = /user authentication/i;

/** Whether a root is, as far as it says so itself, one of 利用者証明用電子証明書. */
export function isAuthenticationRoot(root: Certificate): boolean {
  const named = root.subject.pairs.some(([, text]) => AUTHENTICATION_UNIT.test(text));
  return named || policiesOrNone(root).some(isForAuthentication);
}

function policiesOrNone(root: Certificate): readonly string[] {
  try {
    return policiesOf(root);
  } catch (error) {
    if (error instanceof IdVerifyError) return [];
    throw error;
  }
}
