import { type Bytes, fromBase64 } from '../wire/bytes.ts';

/**
 * The contents of the PEM blocks with this label, RFC 7468: `CERTIFICATE`, `PRIVATE KEY`.
 * @throws IdVerifyError `malformed/base64url`
 */
export function pemBlocks(pem: string, label: string): Bytes[] {
  const blocks = pem.matchAll(
    new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g'),
  );
  return [...blocks].map(([, body = '']) => fromBase64(body.replaceAll(/\s/g, '')));
}
