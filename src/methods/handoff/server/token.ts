/** Tokens of links, callbacks and cookies: `<session id>.<secret>`, kept as their hash only. */
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { equalBytes, toBase64url, utf8 } from '../../../wire/bytes.ts';

const FORM = /^([A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{22,43}$/;

/** The session a token names, or undefined if it is not one. */
export const sessionIn = (token: string): string | undefined => FORM.exec(token)?.[1];

/** SHA-256, base64url. */
export const hashText = async (crypto: CryptoProvider, text: string): Promise<string> =>
  toBase64url(await crypto.digest('SHA-256', utf8(text)));

/** Whether a secret is the one whose hash was kept. */
export const hashes = async (
  crypto: CryptoProvider,
  secret: string,
  hash: string | undefined,
): Promise<boolean> =>
  hash !== undefined && equalBytes(utf8(await hashText(crypto, secret)), utf8(hash));
