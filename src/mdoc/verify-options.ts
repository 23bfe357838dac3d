/** What `verifyDeviceResponse` is told, and its reading: a wrong option is never a weaker check. */
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider, EcPrivateJwk } from '../crypto/provider.ts';
import type { Anchor } from '../trust/anchor.ts';
import { type Certificate, parseCertificate } from '../trust/certificate.ts';
import { DOCUMENT_SIGNER_PURPOSE } from '../trust/issuer-chain.ts';
import { type RevocationPolicy, revocationSchema } from '../trust/revocation.ts';
import { IdVerifyError } from '../wire/error.ts';
import {
  borrowedBytes,
  copiedBytes,
  instant,
  objectWithMethods,
  parseOptions,
} from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import {
  basisSchema,
  type ElementNames,
  type IndividualNumberBasis,
  type RequestedElements,
} from './requested.ts';

/** Roots (IACA) that may issue one document type. */
export interface DocumentAnchors {
  readonly docType: string;
  /** DER certificates. */
  readonly certificates: readonly Uint8Array[];
  /** Extended key usages that make a document signer of these roots; default: `certificateEku`. */
  readonly signerPurposes?: readonly string[];
  /** Accepts roots that set no pathLenConstraint, as some authorities issue them. */
  readonly allowUnboundedPath?: true;
}

/** One response, what it must answer, and whom to believe. */
export interface VerifyDeviceResponseOptions {
  /** CBOR DeviceResponse, decrypted. */
  readonly deviceResponse: Uint8Array;
  /** CBOR SessionTranscript, computed from the verifier's own session record. */
  readonly sessionTranscript: Uint8Array;
  readonly trustAnchors: readonly DocumentAnchors[];
  readonly docType: string;
  /**
   * What was asked. Without it the elements are not compared with a request, and what was left out
   * on the way goes unnoticed: no signature covers the choice of elements.
   */
  readonly requested?: RequestedElements;
  /** Elements of `requested` that may be withheld. */
  readonly optional?: ElementNames;
  /** Without it a document that discloses the individual number is refused. */
  readonly individualNumber?: IndividualNumberBasis;
  /** Milliseconds since 1970, or a Date. Default: the present. */
  readonly now?: number | Date;
  readonly crypto?: CryptoProvider;
  /** The session's private key, for a wallet that answers with deviceMac. */
  readonly readerKey?: EcPrivateJwk;
  /** Extended key usages that make a document signer of roots without their own; default `1.0.18013.5.1.2`. */
  readonly certificateEku?: readonly string[];
  /**
   * Seconds by which the clock of an issuer may be ahead: for beginnings (`signed`, `validFrom`, the
   * certificates of document and status signers, revocation lists), never for an end. Default 60, at
   * most 300. A check that needed it says so.
   */
  readonly clockToleranceSeconds?: number;
  /** Without it revocation is not checked and the check says so. */
  readonly revocation?: RevocationPolicy;
  /** Stops the fetching of revocation lists; the verification then rejects with its reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_TOLERANCE = 60;
/** In seconds. A clock further off than this is to be set right. */
export const clockTolerance = v.pipe(
  v.number(),
  v.minValue(0),
  v.check((seconds) => seconds <= 300),
);

const schema = v.object({
  deviceResponse: borrowedBytes,
  sessionTranscript: copiedBytes,
  trustAnchors: v.array(
    v.object({
      docType: v.string(),
      certificates: v.array(borrowedBytes),
      signerPurposes: v.optional(v.array(v.string())),
      allowUnboundedPath: v.optional(v.literal(true)),
    }),
  ),
  docType: v.string(),
  requested: v.optional(v.record(v.string(), v.record(v.string(), v.boolean()))),
  optional: v.optional(v.record(v.string(), v.array(v.string())), {}),
  individualNumber: v.optional(basisSchema),
  now: v.optional(instant),
  crypto: v.optional(
    objectWithMethods<CryptoProvider>('digest', 'importKey', 'ecdh', 'hmac', 'hkdf'),
  ),
  readerKey: v.optional(v.custom<EcPrivateJwk>((value) => v.is(v.object({}), value))),
  certificateEku: v.optional(v.array(v.string()), [DOCUMENT_SIGNER_PURPOSE]),
  clockToleranceSeconds: v.optional(clockTolerance, DEFAULT_TOLERANCE),
  revocation: v.optional(revocationSchema),
  signal: v.optional(objectWithMethods<AbortSignal>('throwIfAborted')),
});

/**
 * The options with their defaults.
 * @throws IdVerifyError `config/option` for one of a wrong type, `config/no_trust_anchor`,
 *   `config/trust_anchor`, `unsupported/*`
 */
export function readOptions(options: VerifyDeviceResponseOptions) {
  const { trustAnchors, certificateEku, ...given } = parseOptions(schema, options);
  return {
    ...given,
    anchors: anchorsFor(given.docType, trustAnchors, certificateEku),
    tolerance: given.clockToleranceSeconds * 1000,
    now: given.now ?? Date.now(),
    crypto: given.crypto ?? defaultCrypto(),
  };
}

function anchorsFor(
  docType: string,
  trustAnchors: v.InferOutput<typeof schema>['trustAnchors'],
  usual: readonly string[],
): Anchor[] {
  const anchors = trustAnchors
    .filter((it) => it.docType === docType)
    .flatMap(({ certificates, signerPurposes: purposes = usual, allowUnboundedPath }) =>
      certificates.map((it) => ({ certificate: parseAnchor(it), purposes, allowUnboundedPath })),
    );
  if (anchors.length === 0) {
    throw new IdVerifyError('config/no_trust_anchor', `no trust anchor for ${docType}`);
  }
  return anchors;
}

/** What cannot be read was never a certificate; what is not accepted keeps the reason's own code. */
function parseAnchor(certificate: Uint8Array): Certificate {
  try {
    return parseCertificate(certificate);
  } catch (cause) {
    if (!(cause instanceof IdVerifyError) || cause.category === 'unsupported') throw cause;
    throw new IdVerifyError('config/trust_anchor', 'a trust anchor is not a certificate in DER', {
      cause,
    });
  }
}
