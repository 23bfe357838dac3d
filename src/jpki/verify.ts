/**
 * A signature by a 署名用電子証明書, verified from the bytes alone: what was signed, by whom, under
 * which root. Of no session and no operator.
 */
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { type Certificate, certificateKey, parseCertificate } from '../trust/certificate.ts';
import type { OtherName } from '../trust/extensions.ts';
import { nameText } from '../trust/name.ts';
import { instant, sentence } from '../trust/refusal.ts';
import {
  checkRevocation,
  REVOCATION_REFUSALS,
  type RevocationPolicy,
  revocationSchema,
  type ToldStatus,
} from '../trust/revocation.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import {
  borrowedBytes,
  instant as instantSchema,
  objectWithMethods,
  parseOptions,
} from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import { issuerOf } from './anchors.ts';
import {
  type JpkiCertificate,
  policyProblem,
  profileProblem,
  readJpkiCertificate,
} from './certificate.ts';
import type { JpkiPerson } from './person.ts';
import { JPKI_SIGNING_POLICIES } from './policies.ts';

export interface JpkiSignatureOptions {
  /** 署名用電子証明書 of the person, DER. */
  readonly certificate: Uint8Array;
  /** RSASSA-PKCS1-v1_5 with SHA-256, as the card makes it. */
  readonly signature: Uint8Array;
  /** What was signed: the content itself, not its digest. */
  readonly signed: Uint8Array;
  /** Roots of the 署名用認証局, DER; several of one name are told apart, in whatever order. */
  readonly trustAnchors: readonly Uint8Array[];
  /**
   * Certificate policies that are accepted. Default: those of card and phone
   * (`JPKI_SIGNING_POLICIES`); that of the phone is not confirmed by a document of J-LIS.
   */
  readonly policies?: readonly string[];
  /** Milliseconds since 1970, or a Date. */
  readonly now: number | Date;
  /**
   * Where revocation is asked, once everything else holds. Without it the check is `undetermined`,
   * and a revoked certificate passes.
   */
  readonly revocation?: RevocationPolicy;
  /** What an operator said of the certificate under its signature, for `operatorsWord()`. */
  readonly told?: ToldStatus;
  readonly crypto?: CryptoProvider;
  readonly signal?: AbortSignal;
}

/** One thing that was looked at. */
export interface JpkiCheck {
  /** `jpki.certificate`, `.policy`, `.chain`, `.profile`, `.validity`, `.signature`, `.revocation`. */
  readonly id: `jpki.${string}`;
  readonly outcome: 'passed' | 'failed' | 'undetermined';
  readonly code?: Code;
  /** What was found; nothing about the person. */
  readonly detail?: string;
}

export interface JpkiSignature {
  /** From subjectAltName: otherNames `1.2.392.200149.8.5.5.1` to `.6`, J-LIS プロファイル仕様書 3.2. */
  readonly person: JpkiPerson;
  /** Text of otherNames without a meaning here: furigana, former surnames. */
  readonly otherNames: readonly OtherName[];
  /** Object identifier of the certificate's policy: what tells a card from a phone. */
  readonly policy: string;
  /** Of the certificate, milliseconds since 1970. The end is on a birthday of the person. */
  readonly validity: { readonly notBefore: number; readonly notAfter: number };
  /** Name of the root. */
  readonly issuer: string;
  readonly checks: readonly JpkiCheck[];
}

/** A signature that is not accepted: `code` is that of the first failed check, `checks` lists them all. */
export class JpkiRefusedError extends IdVerifyError {
  readonly checks: readonly JpkiCheck[];

  constructor(code: Code, checks: readonly JpkiCheck[]) {
    super(code, `signature of a card refused: ${checks.find((one) => one.code === code)?.id}`);
    this.checks = checks;
  }
}

const given = v.object({
  certificate: borrowedBytes,
  signature: borrowedBytes,
  signed: borrowedBytes,
  trustAnchors: v.array(borrowedBytes),
  policies: v.optional(v.array(v.string()), [
    JPKI_SIGNING_POLICIES.card,
    JPKI_SIGNING_POLICIES.phone,
  ]),
  now: instantSchema,
  revocation: v.optional(revocationSchema),
  crypto: v.optional(objectWithMethods<CryptoProvider>('digest', 'importKey', 'randomBytes')),
});

/**
 * Verifies a signature by the 署名用電子証明書 of a My Number Card or phone, and reads who made it.
 *
 * The certificate must be issued by one of the roots (RFC 5280 section 6), be of an accepted policy,
 * allow nonRepudiation and be no authority's, be in force, and have made the signature. Nothing is
 * fetched but by a source of `revocation`, and by that only when all the rest holds.
 *
 * @throws JpkiRefusedError with every check: `untrusted_issuer/*`, `validity/*`, `device_binding/*`,
 *   `revoked/*`, `malformed/*`, `unsupported/*`, `undetermined/*`
 * @throws IdVerifyError `config/option`, `config/trust_anchor` for what the caller gave
 */
export async function verifyJpkiSignature(options: JpkiSignatureOptions): Promise<JpkiSignature> {
  const { policies, now, crypto = defaultCrypto(), ...bytes } = parseOptions(given, options);
  const anchors = bytes.trustAnchors.map(anchorOf);
  const checks: JpkiCheck[] = [];
  const note = (id: JpkiCheck['id'], code: Code | undefined, detail?: string): void => {
    const found = detail === undefined ? {} : { detail };
    checks.push(
      code ? { id, outcome: 'failed', code, ...found } : { id, outcome: 'passed', ...found },
    );
  };
  const read = await refusing(checks, 'jpki.certificate', () =>
    readJpkiCertificate(bytes.certificate),
  );
  const { certificate, person, policy } = read;
  // First what it is for: one for something else has other roots and another profile as well.
  note('jpki.policy', policyProblem(read, policies), policy ?? 'not one policy');
  const { anchor, code } = await issuerOf(certificate, anchors, crypto);
  note('jpki.chain', code);
  const problem = profileProblem(read);
  note('jpki.profile', problem === undefined ? undefined : 'untrusted_issuer/profile', problem);
  note('jpki.validity', validityCode(certificate, anchor, now));
  const holds = await refusing(checks, 'jpki.signature', () =>
    isSignedBy(read, bytes.signature, bytes.signed, crypto),
  );
  note('jpki.signature', holds ? undefined : 'device_binding/transaction');
  throwFirst(checks, 'refuse');
  if (anchor === undefined || policy === undefined) throw new TypeError('passed without an anchor');
  const { told, signal } = options;
  const input = { signer: certificate, anchor, status: undefined, now, crypto, signal, told };
  checks.push(await revocationCheck(bytes.revocation, input));
  throwFirst(checks, bytes.revocation?.onUndetermined ?? (bytes.revocation ? 'refuse' : 'accept'));
  return {
    person,
    otherNames: read.otherNames,
    policy,
    validity: { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
    issuer: nameText(certificate.issuer),
    checks,
  };
}

function anchorOf(encoded: Uint8Array): Certificate {
  try {
    return parseCertificate(encoded);
  } catch (cause) {
    throw new IdVerifyError('config/trust_anchor', 'trustAnchors: not a certificate', { cause });
  }
}

/** What cannot be read is refused, with the checks so far. */
async function refusing<T>(
  checks: readonly JpkiCheck[],
  id: JpkiCheck['id'],
  read: () => T | Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof IdVerifyError)) throw error;
    const { code, message: detail } = error;
    const failed: JpkiCheck = { id, outcome: 'failed', code, detail };
    const first = checks.find(({ outcome }) => outcome === 'failed')?.code ?? code;
    throw new JpkiRefusedError(first, [...checks, failed]);
  }
}

async function isSignedBy(
  { certificate }: JpkiCertificate,
  signature: Uint8Array,
  signed: Uint8Array,
  crypto: CryptoProvider,
): Promise<boolean> {
  if (certificate.publicKey.type !== 'RSA') return false;
  const key = await certificateKey(certificate, crypto);
  return key.verify({ kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, signed, signature);
}

function validityCode(
  { notBefore, notAfter }: Certificate,
  anchor: Certificate | undefined,
  now: number,
): Code | undefined {
  if (now < notBefore) return 'validity/certificate_not_yet_valid';
  if (now > notAfter) return 'validity/certificate_expired';
  if (anchor && (now < anchor.notBefore || now > anchor.notAfter)) return 'validity/root_expired';
  return undefined;
}

async function revocationCheck(
  policy: RevocationPolicy | undefined,
  input: Parameters<typeof checkRevocation>[1],
): Promise<JpkiCheck> {
  const id = 'jpki.revocation';
  const found: { code: Code; detail: string }[] = [];
  const ways: string[] = [];
  await checkRevocation(policy, { ...input, note: (way) => ways.push(way) }, (code, facts = {}) =>
    found.push({ code, detail: sentence(REVOCATION_REFUSALS[code], facts) }),
  );
  if (found.some(({ code }) => code.startsWith('revoked/'))) {
    return { id, outcome: 'failed', code: 'revoked/certificate' };
  }
  const [first] = found;
  if (first) return { id, outcome: 'undetermined', ...first };
  const how = ways.length > 0 ? ways.join('; ') : `asked at ${instant(input.now)}`;
  return { id, outcome: 'passed', detail: how };
}

function throwFirst(checks: readonly JpkiCheck[], undetermined: 'refuse' | 'accept'): void {
  const refused =
    checks.find(({ outcome }) => outcome === 'failed') ??
    (undetermined === 'refuse'
      ? checks.find(({ outcome }) => outcome === 'undetermined')
      : undefined);
  if (refused) throw new JpkiRefusedError(refused.code ?? 'undetermined', checks);
}
