/** Messages of a handoff to an app that reads a card. */
import type { Code } from './error.ts';
import { identifier, rung, time } from './opening.ts';
import * as v from './schema.ts';
import { deviceLink, matchCode } from './session.ts';

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

export type HandoffBody = v.InferOutput<typeof handoffBody>;
export type HandoffAnswer = v.InferOutput<typeof handoffAnswer>;
