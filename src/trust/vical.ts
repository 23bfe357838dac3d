/** Verified Issuer Certificate Authority Lists, ISO/IEC 18013-5 Annex C: which roots issue which documents. */
import { readCose, verifySign1, x5chain } from '../crypto/cose.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type CborValue, Tagged } from '../wire/cbor.ts';
import { MDOC_RULES, type ReaderRules } from '../wire/cbor-rules.ts';
import { type Code, IdVerifyError } from '../wire/error.ts';
import { asArray, asBytes, asDateTime, asMap, asText, asUint } from '../wire/fields.ts';
import { MAJOR } from '../wire/major.ts';
import { borrowedBytes, instant, objectWithMethods, parseOptions } from '../wire/option-schemas.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { anchorProblems } from './anchor.ts';
import { pathProblem } from './ca-path.ts';
import { type Certificate, certificateKey, KEY_USAGE, parseCertificate } from './certificate.ts';

/** Serial numbers are bignums here, which no other message may contain. */
const VICAL_RULES: ReaderRules = {
  ...MDOC_RULES,
  maxBytes: 2 ** 23,
  tags: new Map([...MDOC_RULES.tags, [2, MAJOR.bytes]]),
};

/** mdlVICAL, ISO/IEC 18013-5 Annex C.1.7. */
const VICAL_SIGNER_PURPOSE = '1.0.18013.5.1.8';

export interface VicalOptions {
  readonly vical: Uint8Array;
  /** DER: the provider's signing certificate itself, or the root that issued it. Never the list's own word. */
  readonly trusted: readonly Uint8Array[];
  /** Milliseconds since 1970, or a Date. */
  readonly now: number | Date;
  /** The `issueId` of the list used before; an older one is refused. */
  readonly atLeast?: number;
  /** Takes roots that set no pathLenConstraint; the anchors then say so by name. */
  readonly allowUnboundedPath?: true;
  readonly crypto?: CryptoProvider;
}

/** A certificate of the list that cannot be an anchor now. */
export interface UnusableRoot {
  /** DER, or what stands in its place. */
  readonly certificate: Uint8Array;
  readonly docTypes: readonly string[];
  readonly code: Code;
  /** One sentence: what is wrong, where, what was expected, what was found. */
  readonly reason: string;
}

const schema = v.object({
  vical: borrowedBytes,
  trusted: v.array(borrowedBytes),
  now: instant,
  atLeast: v.optional(v.pipe(v.number(), v.safeInteger())),
  allowUnboundedPath: v.optional(v.literal(true)),
  crypto: v.optional(objectWithMethods<CryptoProvider>('digest', 'importKey')),
});

export interface Vical {
  readonly provider: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly nextUpdate: number | undefined;
  readonly issueId: number | undefined;
  /** Ready for `verifyDeviceResponse`, and for the option `wallet`. */
  readonly trustAnchors: readonly {
    docType: string;
    certificates: readonly Uint8Array[];
    allowUnboundedPath?: true;
  }[];
  /** What was left out, and why: malformed, of an unknown curve, expired, not a root, … */
  readonly unusable: readonly UnusableRoot[];
}

/**
 * Reads a VICAL and answers its anchors by document type.
 * @throws IdVerifyError `undetermined/vical_signature` unless a trusted certificate signed it, or one
 *   below a trusted root that is for this; the message says which of it failed;
 *   `undetermined/vical_stale` past its `nextUpdate` or `notAfter`, from the future, or older than
 *   `atLeast`; `malformed/*` or `limit/*` where it is not a VICAL; `config/option`
 */
export async function importVical(options: VicalOptions): Promise<Vical> {
  const given = parseOptions(schema, options);
  const { now, atLeast, crypto = defaultCrypto() } = given;
  const value = readCbor(given.vical, VICAL_RULES);
  const message = readCose(
    value instanceof Tagged && value.tag === 18 ? value.value : value,
    'VICAL',
  );
  const signer = await trustedSigner(x5chain(message), { ...given, crypto });
  const { payload = new Uint8Array() } = message;
  const importKey = () => certificateKey(signer, crypto);
  if (!(await verifySign1(message, payload, signer.publicKey, crypto, importKey))) {
    throw stranger('the signature does not verify');
  }

  const content = asMap(readCbor(payload, VICAL_RULES), 'VICAL');
  const optional = <T>(name: string, read: (field: CborValue, where: string) => T) => {
    const field = content.get(name);
    return field === undefined ? undefined : read(field, `VICAL.${name}`);
  };
  const date = asDateTime(content.get('date'), 'VICAL.date');
  const nextUpdate = optional('nextUpdate', asDateTime);
  const notAfter = optional('notAfter', asDateTime);
  const issueId = optional('vicalIssueID', asUint);
  const rolledBack = atLeast !== undefined && (issueId === undefined || issueId < atLeast);
  const over = [nextUpdate, notAfter].some((end) => end !== undefined && now > end);
  if (date > now || over || rolledBack) {
    throw new IdVerifyError('undetermined/vical_stale', 'VICAL is not the current one');
  }
  const infos = asArray(content.get('certificateInfos'), 'VICAL.certificateInfos');
  return {
    provider: asText(content.get('vicalProvider'), 'VICAL.vicalProvider'),
    date,
    nextUpdate,
    issueId,
    ...anchorsOf(infos, now, given.allowUnboundedPath),
  };
}

const stranger = (why: string): IdVerifyError =>
  new IdVerifyError(
    'undetermined/vical_signature',
    `VICAL not signed by a trusted provider: ${why}`,
  );

interface TrustInput {
  readonly trusted: readonly Uint8Array[];
  readonly now: number;
  readonly crypto: CryptoProvider;
}

/** The signer, pinned or certified for this by a trusted root; ISO/IEC 18013-5 Annex C.1.7. */
async function trustedSigner(
  [first, ...issuers]: readonly Uint8Array[],
  { trusted, now, crypto }: TrustInput,
): Promise<Certificate> {
  if (!first) throw stranger('it names no certificate');
  const signer = parseCertificate(first);
  const { isCa, keyUsage = [], extendedKeyUsage = [] } = signer;
  if (isCa) throw stranger('the signer is a CA');
  if (!keyUsage.includes(KEY_USAGE.nonRepudiation)) {
    throw stranger('the signer has no keyUsage nonRepudiation');
  }
  const pinned = trusted.some((it) => equalBytes(it, first));
  if (pinned && now >= signer.notBefore && now <= signer.notAfter) return signer;
  if (pinned) throw stranger('the certificate of the signer is not valid now');
  if (!extendedKeyUsage.includes(VICAL_SIGNER_PURPOSE)) {
    const found = extendedKeyUsage.join(', ') || 'none';
    throw stranger(`the signer is for ${found}, not for ${VICAL_SIGNER_PURPOSE}`);
  }
  const problem = await pathProblem({
    chain: [signer, ...issuers.map(parseCertificate)],
    trusted: trusted.map(parseCertificate).filter((it) => it.isCa),
    now,
    crypto,
  });
  if (problem) throw stranger(problem);
  return signer;
}

function anchorsOf(
  infos: readonly CborValue[],
  now: number,
  allowUnboundedPath: true | undefined,
): Pick<Vical, 'trustAnchors' | 'unusable'> {
  const byDocType = new Map<string, Uint8Array[]>();
  const unusable: UnusableRoot[] = [];
  for (const item of infos) {
    const info = asMap(item, 'CertificateInfo');
    const certificate = asBytes(info.get('certificate'), 'CertificateInfo.certificate');
    const docTypes = asArray(info.get('docType'), 'CertificateInfo.docType').map((docType) =>
      asText(docType, 'CertificateInfo.docType'),
    );
    const [problem] = anchorProblems(certificate, { now, allowUnboundedPath });
    if (problem) {
      const { code, reason } = problem;
      unusable.push({ certificate: certificate.slice(), docTypes, code, reason });
      continue;
    }
    for (const docType of docTypes) {
      byDocType.set(docType, [...(byDocType.get(docType) ?? []), certificate]);
    }
  }
  const allowed = allowUnboundedPath && { allowUnboundedPath };
  const trustAnchors = [...byDocType].map(([docType, certificates]) => ({
    docType,
    certificates,
    ...allowed,
  }));
  return { trustAnchors, unusable };
}
