/**
 * Messages of the two ways to another device: a handoff to an app that reads a card, and the move of
 * a session to a phone's browser.
 */
import type { Code } from './error.ts';
import { identifier, link, rung, time } from './opening.ts';
import * as v from './schema.ts';
import { matchCode } from './session.ts';

/** Why a handoff ended without a result. Every one leaves a way on: a new handoff, or another method. */
export const HANDOFF_CODES = [
  /** The person said no, on the phone. */
  'incomplete/declined',
  /** The code chosen on the phone was not the one on the first screen. */
  'incomplete/wrong_code',
  /** Nobody finished in time. */
  'incomplete/timed_out',
  /** A newer handoff of the same session took its place. */
  'incomplete/replaced',
  /** The PIN was entered wrongly too often: 署名用 after 5, 利用者証明用 after 3. */
  'unavailable/pin_locked',
  /** Past the fifth birthday after issue. */
  'validity/certificate_expired',
  /** Withdrawn: the signing certificate lapses with a change of name or address. */
  'revoked/certificate',
  'unavailable/card_unreadable',
  'unavailable/app_missing',
  /** The operator of the app does not answer, or answers nonsense. */
  'unavailable/provider',
  /** The way back came from another browser than the one that opened the link. */
  'session/callback_browser',
  'session/callback_expired',
  /** The way back came a second time. */
  'session/callback_used',
  /** `state` or `nonce` of the way back is not ours. */
  'session/callback_state',
] as const satisfies readonly Code[];

export type HandoffCode = (typeof HANDOFF_CODES)[number];

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
    v.check((value) => URL.canParse(value)),
  ),
]);

const statementText = v.record(
  v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)),
  v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
);

export const handoffBody = v.strictObject({ rung });

/**
 * A handoff that waits to be opened. Asking again gives a new one with a new code and more time; one
 * that nobody has opened yet is replaced by it, one that is under way goes on.
 */
export const handoffAnswer = v.strictObject({
  id: identifier,
  rung,
  now: time,
  expiresAt: time,
  code: matchCode,
  /** Each opens once, and stops working when another one was opened. */
  links: v.strictObject({
    qr: deviceLink,
    /** For this device. */
    here: deviceLink,
    /** Absent where the QR code has to rotate. */
    copy: v.optional(deviceLink),
  }),
  /** The QR code is `payload` of the newest status, changing each second, and not `links.qr`. */
  rotating: v.boolean(),
  /** What will be signed, as the person reads it on the phone: who asks, for what, by which code. */
  statement: statementText,
});

/**
 * Moves the session to a phone's browser.
 * `proof`: ES256 over `transferProofInput` by the key that claimed the session, r‖s, base64url.
 */
export const transferBody = v.strictObject({
  proof: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
});

export const transferAnswer = v.strictObject({
  /** The site's page with a one-use token in the fragment, by the name `TRANSFER_FRAGMENT`. */
  link: deviceLink,
  code: matchCode,
  now: time,
  expiresAt: time,
});

/** `https://site.example/page#id-verify=<token>`; the phone claims with it, and with the code. */
export const TRANSFER_FRAGMENT = 'id-verify';

export type HandoffBody = v.InferOutput<typeof handoffBody>;
export type HandoffAnswer = v.InferOutput<typeof handoffAnswer>;
export type TransferBody = v.InferOutput<typeof transferBody>;
export type TransferAnswer = v.InferOutput<typeof transferAnswer>;

/**
 * What the first key signs to let a phone take over: bound to the session, the caller's token and the
 * origin.
 * @param tokenHash SHA-256 of the caller's session token, base64url
 */
export function transferProofInput(
  sessionId: string,
  tokenHash: string,
  origin: string,
): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    ['id-verify transfer v1', sessionId, tokenHash, origin].join('\n'),
  );
}
