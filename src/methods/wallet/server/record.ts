/**
 * The proof that stays of a wallet's evidence, and how it is checked again, offline, at the time it
 * was made. It holds no value about the person: the MSO has only salted digests of them, and the
 * device signed only the transcript.
 */
import { HEADER, readCose, x5chain } from '../../../crypto/cose.ts';
import { defaultCrypto } from '../../../crypto/node-crypto.ts';
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { type DeviceSigned, parseDeviceResponse } from '../../../mdoc/device-response.ts';
import { MdocRefusedError } from '../../../mdoc/report.ts';
import { basisSchema } from '../../../mdoc/requested.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../../../mdoc/transcript.ts';
import {
  type VerifiedDocument,
  verifyDeviceResponse,
} from '../../../mdoc/verify-device-response.ts';
import { clockTolerance } from '../../../mdoc/verify-options.ts';
import { parseCertificate } from '../../../trust/certificate.ts';
import { equalBytes, fromBase64url, toBase64url } from '../../../wire/bytes.ts';
import type { CborInput, CborValue } from '../../../wire/cbor.ts';
import { MDOC_RULES } from '../../../wire/cbor-rules.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import {
  copiedBytes,
  instant,
  objectWithMethods,
  parseOptions,
} from '../../../wire/option-schemas.ts';
import { parseAs } from '../../../wire/parse.ts';
import { readCbor } from '../../../wire/reader.ts';
import * as v from '../../../wire/schema.ts';
import { embed, writeCbor } from '../../../wire/writer.ts';
import type { Check, EvidenceContext, Proof } from '../../method-verifier.ts';
import type { Asked } from './requests.ts';

/** What was asked, and from what the transcript was computed. */
export function requestProof(
  asked: Asked,
  protocol: string,
  { session, exchange, profile }: Pick<EvidenceContext, 'session' | 'exchange' | 'profile'>,
  clockToleranceSeconds: number | undefined,
): Proof {
  const sent = Object.entries(asked.requests).find(([name]) => name === protocol)?.[1];
  const transcript =
    protocol === 'org-iso-mdoc'
      ? { encryptionInfo: asked.isoMdoc?.encryptionInfo }
      : { nonce: asked.openId4Vp?.nonce, jwkThumbprint: asked.openId4Vp?.jwkThumbprint };
  return JSON.parse(
    JSON.stringify({
      request: exchange.id,
      requestedAt: exchange.createdAt,
      origin: session.origin,
      protocol,
      docType: asked.docType,
      requested: asked.requested,
      optional: asked.optional,
      individualNumber: profile.individualNumber,
      clockToleranceSeconds,
      ...transcript,
      sent: sent && JSON.stringify(sent),
    }),
  );
}

/** DeviceNameSpacesBytes without any element. */
const NOTHING = embed(writeCbor({}));

/**
 * What issuer and device signed. Headers that no signature covers stay out, whatever a wallet put
 * there, except the issuer's certificates.
 */
export function documentProof({ issuer }: VerifiedDocument, deviceResponse: Uint8Array): Proof {
  const [document] = parseDeviceResponse(deviceResponse).documents;
  const { issuerAuth, deviceSigned } = document ?? {};
  return {
    signerCertificate: toBase64url(issuer.signerCertificate),
    anchorCertificate: toBase64url(issuer.anchorCertificate),
    signerPurposes: [...issuer.signerPurposes],
    ...(issuer.allowUnboundedPath && { allowUnboundedPath: true }),
    ...(issuerAuth && { issuerAuth: toBase64url(writeCbor(issuerProof(issuerAuth))) }),
    // Elements a device signs by itself are data about the person: then its signature is not kept.
    ...(deviceSigned &&
      equalBytes(deviceSigned.nameSpaces.encoded, NOTHING.encoded) && {
        deviceSigned: toBase64url(
          writeCbor({ nameSpaces: NOTHING, deviceAuth: deviceProof(deviceSigned) }),
        ),
      }),
  };
}

function issuerProof(issuerAuth: CborValue): CborInput {
  const message = readCose(issuerAuth, 'issuerAuth');
  const isUnprotected = message.unprotectedHeader.has(HEADER.x5chain);
  const headers = isUnprotected ? [[HEADER.x5chain, x5chain(message)] as const] : [];
  return [message.protectedBytes, new Map(headers), message.payload ?? null, message.proof];
}

function deviceProof({ deviceAuth }: DeviceSigned): CborInput {
  const proofs = ['deviceSignature', 'deviceMac'].flatMap((name) => {
    const value = deviceAuth.get(name);
    if (value === undefined) return [];
    const { protectedBytes, proof } = readCose(value, name);
    return [[name, [protectedBytes, {}, null, proof]] as const];
  });
  return new Map(proofs);
}

const recordSchema = v.object({
  receivedAt: instant,
  checks: v.array(v.object({ id: v.string() })),
  proof: v.record(v.string(), v.unknown()),
});

const optionsSchema = v.object({
  document: v.optional(copiedBytes),
  trustAnchors: v.optional(v.array(copiedBytes)),
  crypto: v.optional(objectWithMethods<CryptoProvider>('digest', 'importKey', 'hmac', 'hkdf')),
});

const proofSchema = v.object({
  origin: v.string(),
  docType: v.string(),
  requested: v.record(v.string(), v.record(v.string(), v.boolean())),
  optional: v.record(v.string(), v.array(v.string())),
  individualNumber: v.optional(basisSchema),
  encryptionInfo: v.optional(v.string()),
  nonce: v.optional(v.string(), ''),
  jwkThumbprint: v.optional(v.string(), ''),
  anchorCertificate: v.string(),
  signerPurposes: v.optional(v.array(v.string())),
  allowUnboundedPath: v.optional(v.literal(true)),
  clockToleranceSeconds: v.optional(clockTolerance),
  issuerAuth: v.string(),
  deviceSigned: v.optional(v.string()),
});
type StoredProof = v.InferOutput<typeof proofSchema>;

/** An accepted evidence record of the store. */
export interface WalletRecord {
  /** When it was judged, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly checks: readonly Check[];
  readonly proof: Proof;
}

/** What a recheck has beyond the record. */
export interface RecheckOptions {
  /** The decrypted DeviceResponse, where the profile kept it. */
  readonly document?: Uint8Array;
  /** DER. Default: the anchor of the record, so that only what hangs on it is checked. */
  readonly trustAnchors?: readonly Uint8Array[];
  readonly crypto?: CryptoProvider;
}

/** What came of checking a record again. */
export interface Recheck {
  /** What was checked again, with its outcome now. */
  readonly checks: readonly Check[];
  /** Checks of the record that cannot be repeated. */
  readonly notRepeatable: readonly string[];
}

/** What signatures alone can show, when the values are erased. */
const WITHOUT_VALUES: readonly string[] = [
  'mdoc.doc_type',
  'mdoc.issuer_chain',
  'mdoc.issuer_signature',
  'mdoc.validity',
  'mdoc.device_auth',
];

/**
 * Verifies stored wallet evidence again, offline, at its original time. Whether something was
 * revoked then cannot be asked any more, a deviceMac not be checked once its request key is erased,
 * and of erased values only the signatures over their digests remain.
 * @throws IdVerifyError `malformed/record` for a record that holds no accepted wallet evidence, or one
 *   that cannot be read; `config/option` for options of a wrong type; `config/trust_anchor` for anchors
 *   that are none. Whatever is wrong with `document` is a check that failed.
 */
export async function verifyRecord(
  record: WalletRecord,
  options: RecheckOptions = {},
): Promise<Recheck> {
  const { receivedAt, checks: recorded, proof } = parseAs(recordSchema, record, 'malformed/record');
  const { document, trustAnchors, crypto = defaultCrypto() } = parseOptions(optionsSchema, options);
  const stored = parseAs(proofSchema, proof, 'malformed/record');
  const { docType, requested, optional, individualNumber, clockToleranceSeconds } = stored;
  const kept = await readStored(stored, crypto);
  const deviceResponse = document ?? kept.deviceResponse;
  const { signerPurposes, allowUnboundedPath } = stored;
  const repeated = await verifyDeviceResponse({
    deviceResponse,
    sessionTranscript: kept.sessionTranscript,
    trustAnchors: [
      {
        docType,
        certificates: trustAnchors?.map(usableAnchor) ?? [kept.anchor],
        ...(signerPurposes && { signerPurposes }),
        ...(allowUnboundedPath && { allowUnboundedPath }),
      },
    ],
    docType,
    now: receivedAt,
    crypto,
    ...(clockToleranceSeconds !== undefined && { clockToleranceSeconds }),
    ...(document && { requested, optional }),
    ...(individualNumber && { individualNumber }),
  }).then(
    ({ checks }) => checks,
    (error: unknown) => {
      if (error instanceof MdocRefusedError) return error.checks;
      throw error;
    },
  );
  const byKey = isSignedByDevice(deviceResponse);
  const checks = repeated.filter(
    ({ id }) =>
      id !== 'mdoc.revocation' &&
      (id !== 'mdoc.device_auth' || byKey) &&
      (document !== undefined || WITHOUT_VALUES.includes(id)),
  );
  const again = new Set<string>(checks.map(({ id }) => id));
  return { checks, notRepeatable: recorded.map(({ id }) => id).filter((id) => !again.has(id)) };
}

/** @throws IdVerifyError `config/trust_anchor` */
function usableAnchor(certificate: Uint8Array): Uint8Array {
  try {
    parseCertificate(certificate);
    return certificate;
  } catch (cause) {
    const message = 'trustAnchors: a certificate in DER, with a key that is accepted';
    throw new IdVerifyError('config/trust_anchor', message, { cause });
  }
}

/** What the proof holds in encoded form. @throws IdVerifyError `malformed/record` */
async function readStored(stored: StoredProof, crypto: CryptoProvider) {
  try {
    const anchor = fromBase64url(stored.anchorCertificate);
    parseCertificate(anchor);
    const deviceResponse = withoutValues(stored);
    parseDeviceResponse(deviceResponse);
    return { anchor, deviceResponse, sessionTranscript: await transcriptOf(stored, crypto) };
  } catch (cause) {
    if (!(cause instanceof IdVerifyError)) throw cause;
    throw new IdVerifyError('malformed/record', 'the proof cannot be read', { cause });
  }
}

/** Whether there is a signature of the device; a document that cannot be read has none. */
function isSignedByDevice(deviceResponse: Uint8Array): boolean {
  try {
    const [answered] = parseDeviceResponse(deviceResponse).documents;
    return answered?.deviceSigned?.deviceAuth.has('deviceSignature') ?? false;
  } catch (error) {
    if (error instanceof IdVerifyError) return false;
    throw error;
  }
}

function transcriptOf(proof: StoredProof, crypto: CryptoProvider): Promise<Uint8Array> {
  const { origin, encryptionInfo, nonce } = proof;
  if (encryptionInfo !== undefined) {
    return isoMdocSessionTranscript({ encryptionInfo, origin }, crypto);
  }
  const jwkThumbprint = fromBase64url(proof.jwkThumbprint);
  return openId4VpSessionTranscript({ origin, nonce, jwkThumbprint }, crypto);
}

/** A DeviceResponse with the two signatures of the original and not one element. */
function withoutValues({ docType, issuerAuth, deviceSigned }: StoredProof): Uint8Array {
  const stored = (text: string) => readCbor(fromBase64url(text), { ...MDOC_RULES, floats: false });
  const document = {
    docType,
    issuerSigned: { issuerAuth: stored(issuerAuth) },
    ...(deviceSigned !== undefined && { deviceSigned: stored(deviceSigned) }),
  };
  return writeCbor({ version: '1.0', documents: [document], status: 0 });
}
