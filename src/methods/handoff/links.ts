/** Which links may be shown: a QR code is followed by another device, where nobody reads it first. */

import { isLoopback } from '../../wire/opening.ts';

const PRIVATE = /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/;

/** https; http on loopback; in the test environment also http in a private network, RFC 1918. */
export function isOpenable(link: string, environment: 'test' | 'production'): boolean {
  if (!URL.canParse(link)) return false;
  const { protocol, hostname } = new URL(link);
  if (protocol === 'https:') return true;
  if (protocol !== 'http:') return false;
  return isLoopback(hostname) || (environment === 'test' && PRIVATE.test(hostname));
}
