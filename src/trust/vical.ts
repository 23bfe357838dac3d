/** Verified Issuer Certificate Authority Lists, ISO/IEC 18013-5 Annex C: which roots issue which documents. */
import { readCose, verifySign1, x5chain } from '../crypto/cose.ts';
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes } from '../wire/bytes.ts';
import { type CborValue, Tagged } from '../wire/cbor.ts';
import { MDOC_RULES, type ReaderRules } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asArray, asBytes, asDateTime, asMap, asText, asUint } from '../wire/fields.ts';
import { MAJOR } from '../wire/major.ts';
import { borrowedBytes, instant, objectWithMethods, parseOptions } from '../wire/option-schemas.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { type Certificate, certificateKey, parseCertificate } from './certificate.ts';
import { checkIssuerChain } from './issuer-chain.ts';

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
  readonly crypto?: CryptoProvider;
}

const schema = v.object({
  vical: borrowedBytes,
  trusted: v.array(borrowedBytes),
  now: instant,
  atLeast: v.optional(v.pipe(v.number(), v.safeInteger())),
  crypto: v.optional(objectWithMethods<CryptoProvider>('digest', 'importKey')),
});

export interface Vical {
  readonly provider: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly nextUpdate: number | undefined;
  readonly issueId: number | undefined;
  /** Ready for `verifyDeviceResponse`. */
  readonly trustAnchors: readonly { docType: string; certificates: readonly Uint8Array[] }[];
  /** How many certificates this project cannot use (unknown curve, malformed). */
  readonly unusable: number;
}

/**
 * Reads a VICAL and answers its anchors by document type.
 * @throws IdVerifyError `undetermined/vical_signature` unless a trusted certificate signed it,
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
  if (!(await verifySign1(message, payload, signer.publicKey, crypto, importKey))) throw stranger();

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
    ...anchorsOf(infos),
  };
}

function stranger(): IdVerifyError {
  return new IdVerifyError(
    'undetermined/vical_signature',
    'VICAL not signed by a trusted provider',
  );
}

interface TrustInput {
  readonly trusted: readonly Uint8Array[];
  readonly now: number;
  readonly crypto: CryptoProvider;
}

async function trustedSigner(
  [first]: readonly Uint8Array[],
  { trusted, now, crypto }: TrustInput,
): Promise<Certificate> {
  if (!first) throw stranger();
  const signer = parseCertificate(first);
  const pinned = trusted.some((it) => equalBytes(it, first));
  if (pinned && now >= signer.notBefore && now <= signer.notAfter) return signer;
  const problems: string[] = [];
  const anchors = trusted.map(parseCertificate).filter(({ isCa }) => isCa);
  const purposes = [VICAL_SIGNER_PURPOSE];
  await checkIssuerChain({ signer, anchors, purposes, now, crypto }, (code) => problems.push(code));
  if (problems.length > 0) throw stranger();
  return signer;
}

function anchorsOf(infos: readonly CborValue[]): Pick<Vical, 'trustAnchors' | 'unusable'> {
  const byDocType = new Map<string, Uint8Array[]>();
  let unusable = 0;
  for (const item of infos) {
    const info = asMap(item, 'CertificateInfo');
    const certificate = asBytes(info.get('certificate'), 'CertificateInfo.certificate');
    if (!isUsable(certificate)) {
      unusable++;
      continue;
    }
    for (const docType of asArray(info.get('docType'), 'CertificateInfo.docType')) {
      const name = asText(docType, 'CertificateInfo.docType');
      byDocType.set(name, [...(byDocType.get(name) ?? []), certificate]);
    }
  }
  const trustAnchors = [...byDocType].map(([docType, certificates]) => ({ docType, certificates }));
  return { trustAnchors, unusable };
}

function isUsable(certificate: Uint8Array): boolean {
  try {
    parseCertificate(certificate);
    return true;
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}
