/**
 * Tokens and references: `<id>.<secret>`, found by their id and compared by their hash. The store
 * never holds one.
 */
import type { CryptoProvider } from '../crypto/provider.ts';
import { equalBytes, toBase64url, utf8 } from '../wire/bytes.ts';
import { token as tokenSchema } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { parseAs } from '../wire/parse.ts';

/** 16 random bytes, base64url: the id of a session. */
export const newId = (crypto: CryptoProvider): string => toBase64url(crypto.randomBytes(16));

export const newToken = (crypto: CryptoProvider, sessionId: string): string =>
  `${sessionId}.${toBase64url(crypto.randomBytes(32))}`;

/** SHA-256, base64url. */
export const hashOf = async (crypto: CryptoProvider, bytes: Uint8Array): Promise<string> =>
  toBase64url(await crypto.digest('SHA-256', bytes));

/** Of the whole token. */
export const tokenHash = (crypto: CryptoProvider, token: string): Promise<string> =>
  hashOf(crypto, utf8(token));

export const sameHash = (a: string, b: string): boolean => equalBytes(utf8(a), utf8(b));

/** @throws IdVerifyError `session/token` */
export function sessionIdOf(token: string): string {
  return parseAs(tokenSchema, token, 'session/token').split('.', 1)[0] ?? '';
}

/** @throws IdVerifyError `session/token` without a bearer token in the request */
export function bearer(request: Request): string {
  const [scheme, token = '', ...more] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || more.length > 0) {
    throw new IdVerifyError('session/token', 'no bearer token');
  }
  return token;
}

const REFERENCE = utf8('id-verify result reference v1');

/**
 * The result reference that goes with a session token. It is derived, so that whoever holds the token can be
 * told it again after a reload, although only its hash is stored; it does not lead back to the token.
 */
export async function referenceFor(crypto: CryptoProvider, token: string): Promise<string> {
  const secret = await crypto.hmac(utf8(token), REFERENCE);
  return `${sessionIdOf(token)}.${toBase64url(secret)}`;
}
