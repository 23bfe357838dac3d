/**
 * A QR code that is worthless a moment after it was seen. The secret never leaves the server; the
 * page shows what it is sent. The construction is BankID's animated QR code: HMAC-SHA256 over the
 * decimal seconds since the start.
 */
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { equalBytes, toBase64url, utf8 } from '../../../wire/bytes.ts';
import type { Channel } from '../../method-verifier.ts';

/** How long a payload is good after its second, by the way the page hears of it. */
const WINDOWS = { stream: 3, poll: 6 } as const satisfies Record<Channel, number>;

/** One secret for each way, so that a link tells how old it may be. */
export type RotatingSecrets = { readonly [channel in Channel]: string };

/** A QR code of 16 bytes more is still easy to scan. */
const MAC_LENGTH = 16;

export const newSecrets = (crypto: CryptoProvider): RotatingSecrets => ({
  stream: toBase64url(crypto.randomBytes(32)),
  poll: toBase64url(crypto.randomBytes(32)),
});

/** HMAC-SHA256 over the decimal seconds. */
export const rotatingMac = async (
  crypto: CryptoProvider,
  secret: string,
  seconds: number,
): Promise<Uint8Array> => crypto.hmac(utf8(secret), utf8(String(seconds)));

const shortMac = async (crypto: CryptoProvider, secret: string, seconds: number) =>
  toBase64url((await rotatingMac(crypto, secret, seconds)).subarray(0, MAC_LENGTH));

/** The link as it is now: two parameters more than the plain one. */
export async function rotatingLink(
  crypto: CryptoProvider,
  link: string,
  secret: string,
  seconds: number,
): Promise<string> {
  return `${link}?t=${seconds}&m=${await shortMac(crypto, secret, seconds)}`;
}

/**
 * Whether a link was shown just now.
 * @param elapsed milliseconds since the handoff began
 */
export async function isFresh(
  crypto: CryptoProvider,
  secrets: RotatingSecrets,
  query: URLSearchParams,
  elapsed: number,
): Promise<boolean> {
  const shown = query.get('t') ?? '';
  const mac = utf8(query.get('m') ?? '');
  if (!/^\d{1,6}$/.test(shown)) return false;
  const age = elapsed - Number(shown) * 1_000;
  for (const channel of ['stream', 'poll'] as const) {
    const expected = utf8(await shortMac(crypto, secrets[channel], Number(shown)));
    if (equalBytes(expected, mac)) return age >= 0 && age <= WINDOWS[channel] * 1_000;
  }
  return false;
}
