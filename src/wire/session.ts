/**
 * Messages of a session whichever method it goes by: claim, requests for the wallet, evidence, review,
 * confirmation.
 */
import { parsedUrl } from './address.ts';
import { utf8 } from './bytes.ts';
import { claimName, code, hash, identifier, link, method, time, token } from './opening.ts';
import * as v from './schema.ts';
import { sessionStatus, sessionView } from './status.ts';
import { WALLET_PROTOCOLS } from './wallet-protocols.ts';

/** Content type of an evidence envelope (COSE_Sign1), RFC 9052 section 2. */
export const EVIDENCE_TYPE = 'application/cose';

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/), v.maxLength(2_000_000));

/** Public half of a P-256 key, RFC 7518 section 6.2.1. */
export const publicKey = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: hash,
  y: hash,
});
/**
 * A link for another device: https, http on loopback, or, in the test environment only, http to an
 * address of a private network (RFC 1918).
 */
export const deviceLink = v.union([
  link,
  v.pipe(
    v.string(),
    v.maxLength(2_000),
    v.regex(/^http:\/\/(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+(:\d+)?\//),
    v.check((value) => parsedUrl(value) !== undefined),
  ),
]);

/** Two digits, shown on the first screen and chosen on the phone. */
export const matchCode = v.pipe(v.string(), v.regex(/^\d\d$/));

export const claimBody = v.strictObject({
  publicKey,
  /** ES256 over `claimProofInput`, r‖s, base64url. */
  proof: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
  /** With the token of a transfer: the code on the first screen. One wrong code ends the transfer. */
  code: v.optional(matchCode),
});
export const claimAnswer = v.strictObject({ token, session: sessionView });

export const walletRequest = v.variant('protocol', [
  v.strictObject({
    protocol: v.literal('org-iso-mdoc'),
    data: v.strictObject({ deviceRequest: base64url, encryptionInfo: base64url }),
  }),
  v.strictObject({
    protocol: v.literal('openid4vp-v1-signed'),
    data: v.strictObject({ request: v.pipe(v.string(), v.maxLength(200_000)) }),
  }),
  v.strictObject({
    protocol: v.literal('openid4vp-v1-multisigned'),
    data: v.strictObject({
      payload: base64url,
      signatures: v.pipe(
        v.array(v.strictObject({ protected: base64url, signature: base64url })),
        v.minLength(1),
      ),
    }),
  }),
  v.strictObject({
    protocol: v.literal('openid4vp-v1-unsigned'),
    data: v.record(v.string(), v.unknown()),
  }),
]);
/** Ready-to-send requests. All of them ask the same things of the same document. */
export const walletAnswer = v.strictObject({
  id: identifier,
  now: time,
  /** After this the page fetches anew instead of sending. */
  expiresAt: time,
  requests: v.pipe(v.array(walletRequest), v.minLength(1), v.maxLength(WALLET_PROTOCOLS.length)),
});

export const checkOutcome = v.picklist(['passed', 'failed', 'undetermined']);
const checkView = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9_.]{1,64}$/)),
  outcome: checkOutcome,
});

export const evidenceAnswer = v.strictObject({
  outcome: v.picklist(['review', 'pending', 'refused']),
  checks: v.array(checkView),
  code: v.optional(code),
  status: sessionStatus,
});

const reviewItem = v.variant('kind', [
  v.strictObject({
    kind: v.literal('text'),
    claim: claimName,
    value: v.pipe(v.string(), v.maxLength(2_000)),
    /** How it compares with what the service has; absent where nothing was compared. */
    match: v.optional(v.picklist(['match', 'mismatch', 'undetermined'])),
  }),
  v.strictObject({
    kind: v.literal('boolean'),
    claim: claimName,
    value: v.boolean(),
    match: v.optional(v.picklist(['match', 'mismatch', 'undetermined'])),
  }),
  v.strictObject({
    kind: v.literal('image'),
    claim: claimName,
    type: v.picklist(['image/jpeg', 'image/jp2']),
    value: base64url,
  }),
]);
/** What was read. The confirmation covers the SHA-256 of this answer's bytes as received. */
export const reviewAnswer = v.strictObject({
  method,
  /** The review disappears from the screen at this time. */
  hideAt: time,
  /** Random, so that the hash of the review tells nothing about values once they are erased. */
  salt: v.optional(hash),
  items: v.array(reviewItem),
});

export const confirmAnswer = v.strictObject({
  outcome: v.picklist(['verified', 'pending', 'disputed', 'refused']),
  code: v.optional(code),
  status: sessionStatus,
});

export type PublicKey = v.InferOutput<typeof publicKey>;
export type ClaimBody = v.InferOutput<typeof claimBody>;
export type ClaimAnswer = v.InferOutput<typeof claimAnswer>;
export type WalletRequest = v.InferOutput<typeof walletRequest>;
export type WalletAnswer = v.InferOutput<typeof walletAnswer>;
export type CheckOutcome = v.InferOutput<typeof checkOutcome>;
export type EvidenceAnswer = v.InferOutput<typeof evidenceAnswer>;
export type ReviewItem = v.InferOutput<typeof reviewItem>;
export type ReviewAnswer = v.InferOutput<typeof reviewAnswer>;
export type ConfirmAnswer = v.InferOutput<typeof confirmAnswer>;

/**
 * What the key signs to claim a session: it binds the key to this session, this one-use token and
 * this origin.
 * @param tokenHash SHA-256 of the token being exchanged, base64url
 */
export function claimProofInput(
  sessionId: string,
  tokenHash: string,
  origin: string,
  key: PublicKey,
): Uint8Array<ArrayBuffer> {
  const lines = ['id-verify claim v1', sessionId, tokenHash, origin, key.x, key.y];
  return utf8(lines.join('\n'));
}
