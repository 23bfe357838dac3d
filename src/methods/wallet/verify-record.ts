/**
 * The proof that stays of a wallet's evidence, and how it is checked again, offline, at the time it
 * was made. It holds no value about the person: the MSO has only salted digests of them, and the
 * device signed only the transcript.
 */
import { defaultCrypto } from '../../crypto/node-crypto.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import { parseDeviceResponse } from '../../mdoc/device-response.ts';
import { MdocRefusedError } from '../../mdoc/report.ts';
import { isoMdocSessionTranscript, openId4VpSessionTranscript } from '../../mdoc/transcript.ts';
import { type VerifiedDocument, verifyDeviceResponse } from '../../mdoc/verify-device-response.ts';
import { fromBase64url, toBase64url } from '../../wire/bytes.ts';
import { readCbor } from '../../wire/cbor.ts';
import { text } from '../../wire/contract.ts';
import { parseAs } from '../../wire/parse.ts';
import { MDOC_RULES } from '../../wire/reader.ts';
import * as v from '../../wire/schema.ts';
import { writeCbor } from '../../wire/writer.ts';
import type { Check, EvidenceContext, Proof } from '../method-verifier.ts';
import type { Asked } from './verify-requests.ts';

/** What was asked, and from what the transcript was computed. */
export function requestProof(
  asked: Asked,
  protocol: string,
  { session, exchange, profile }: Pick<EvidenceContext, 'session' | 'exchange' | 'profile'>,
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
      ...transcript,
      sent: sent && JSON.stringify(sent),
    }),
  );
}

/** CBOR of an empty map. */
const NOTHING = 0xa0;

/** What issuer and device signed. */
export function documentProof({ issuer }: VerifiedDocument, deviceResponse: Uint8Array): Proof {
  const [document] = parseDeviceResponse(deviceResponse).documents;
  const { issuerAuth, deviceSigned } = document ?? {};
  const { nameSpaces } = deviceSigned ?? {};
  // Elements a device signs by itself are data about the person: then its signature is not kept.
  const bare = nameSpaces?.content.length === 1 && nameSpaces.content[0] === NOTHING;
  return {
    signerCertificate: toBase64url(issuer.signerCertificate),
    anchorCertificate: toBase64url(issuer.anchorCertificate),
    ...(issuerAuth && { issuerAuth: toBase64url(writeCbor(issuerAuth)) }),
    ...(deviceSigned &&
      nameSpaces &&
      bare && {
        deviceSigned: toBase64url(writeCbor({ nameSpaces, deviceAuth: deviceSigned.deviceAuth })),
      }),
  };
}

const proofSchema = v.object({
  origin: v.string(),
  docType: v.string(),
  requested: v.record(v.string(), v.record(v.string(), v.boolean())),
  optional: v.record(v.string(), v.array(v.string())),
  individualNumber: v.optional(v.object({ legalBasis: text })),
  encryptionInfo: v.optional(v.string()),
  nonce: v.optional(v.string(), ''),
  jwkThumbprint: v.optional(v.string(), ''),
  anchorCertificate: v.string(),
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

export interface RecheckOptions {
  /** The decrypted DeviceResponse, where the profile kept it. */
  readonly document?: Uint8Array;
  /** DER. Default: the anchor of the record, so that only what hangs on it is checked. */
  readonly trustAnchors?: readonly Uint8Array[];
  readonly crypto?: CryptoProvider;
}

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
 * @throws IdVerifyError `malformed/record` for a record that holds no accepted wallet evidence
 */
export async function verifyRecord(
  { receivedAt, checks: recorded, proof }: WalletRecord,
  { document, trustAnchors, crypto = defaultCrypto() }: RecheckOptions = {},
): Promise<Recheck> {
  const stored = parseAs(proofSchema, proof, 'malformed/record');
  const { docType, requested, optional, individualNumber } = stored;
  const deviceResponse = document ?? withoutValues(stored);
  const repeated = await verifyDeviceResponse({
    deviceResponse,
    sessionTranscript: await transcriptOf(stored, crypto),
    trustAnchors: [
      { docType, certificates: trustAnchors ?? [fromBase64url(stored.anchorCertificate)] },
    ],
    docType,
    now: receivedAt,
    crypto,
    ...(document && { requested, optional }),
    ...(individualNumber && { individualNumber }),
  }).then(
    ({ checks }) => checks,
    (error: unknown) => {
      if (error instanceof MdocRefusedError) return error.checks;
      throw error;
    },
  );
  const [answered] = parseDeviceResponse(deviceResponse).documents;
  const byKey = answered?.deviceSigned?.deviceAuth.has('deviceSignature') ?? false;
  const checks = repeated.filter(
    ({ id }) =>
      id !== 'mdoc.revocation' &&
      (id !== 'mdoc.device_auth' || byKey) &&
      (document !== undefined || WITHOUT_VALUES.includes(id)),
  );
  const again = new Set<string>(checks.map(({ id }) => id));
  return { checks, notRepeatable: recorded.map(({ id }) => id).filter((id) => !again.has(id)) };
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
  const stored = (text: string) => readCbor(fromBase64url(text), MDOC_RULES);
  const document = {
    docType,
    issuerSigned: { issuerAuth: stored(issuerAuth) },
    ...(deviceSigned && { deviceSigned: stored(deviceSigned) }),
  };
  return writeCbor({ version: '1.0', documents: [document], status: 0 });
}
