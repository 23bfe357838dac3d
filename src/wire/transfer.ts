/** Messages of the move of a session to a phone's browser. */
import { utf8 } from './bytes.ts';
import { method, time } from './opening.ts';
import * as v from './schema.ts';
import { deviceLink, matchCode } from './session.ts';

/**
 * Moves the session to a phone's browser.
 * `proof`: ES256 over `transferProofInput` by the key that claimed the session, r‖s, base64url.
 * `method`: the way this page was going, one the session offers; the phone goes on with it.
 */
export const transferBody = v.strictObject({
  proof: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
  method: v.optional(method),
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
  return utf8(['id-verify transfer v1', sessionId, tokenHash, origin].join('\n'));
}
