/** Addresses: of the web, and of machines that no public server has. */

/** Undefined where a text is no URL. `URL.canParse` is younger than Safari 16.4 and Chrome 111. */
export function parsedUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** RFC 1918, 1122, 3927, 6598, 5735; first octets, and what the second may be. */
const PRIVATE_V4 =
  /^(0|10|127|169\.254|192\.168|192\.0\.0|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|198\.1[89]|2[2-5]\d)\./;
/** RFC 4291: unspecified and loopback; RFC 4193, unique local; link-local; multicast. */
const PRIVATE_V6 = /^(::1?$|f[cd]|fe[89ab]|ff)/i;
/** An IPv4 address in one of IPv6, RFC 4291 section 2.5.5.2. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** Whether an address is of this machine or of a network of its own. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(MAPPED, '');
  return plain.includes(':') ? PRIVATE_V6.test(plain) : PRIVATE_V4.test(plain);
}
