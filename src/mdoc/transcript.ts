/** SessionTranscripts: what a wallet's signature is bound to, computed from the server's own values only. */
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { copiedBytes, parseOptions, wellFormedText } from '../wire/option-schemas.ts';
import * as v from '../wire/schema.ts';
import { writeCbor } from '../wire/writer.ts';

const isoMdoc = v.object({ encryptionInfo: wellFormedText, origin: wellFormedText });
const openId4Vp = v.object({
  origin: wellFormedText,
  nonce: wellFormedText,
  jwkThumbprint: v.union([v.custom<null>((value) => value === null), copiedBytes]),
});

/**
 * The SessionTranscript of ISO/IEC 18013-7 Annex C:
 * `[null, null, ["dcapi", SHA-256(CBOR([encryptionInfo, origin]))]]`.
 * @param encryptionInfo the base64url string exactly as it was sent
 * @param origin the verifier's origin, without a trailing slash
 * @throws IdVerifyError `config/option`
 */
export async function isoMdocSessionTranscript(
  options: { encryptionInfo: string; origin: string },
  crypto: CryptoProvider = defaultCrypto(),
): Promise<Uint8Array> {
  const { encryptionInfo, origin } = parseOptions(isoMdoc, options);
  const hash = await crypto.digest('SHA-256', writeCbor([encryptionInfo, origin]));
  return writeCbor([null, null, ['dcapi', hash]]);
}

/**
 * The SessionTranscript of OpenID4VP 1.0 Appendix B.2.6.2:
 * `[null, null, ["OpenID4VPDCAPIHandover", SHA-256(CBOR([origin, nonce, jwkThumbprint]))]]`.
 * @param origin the verifier's origin, without the `origin:` prefix
 * @param jwkThumbprint the 32 bytes of RFC 7638 for response mode `dc_api.jwt`, null for `dc_api`
 * @throws IdVerifyError `config/option`
 */
export async function openId4VpSessionTranscript(
  options: { origin: string; nonce: string; jwkThumbprint: Uint8Array | null },
  crypto: CryptoProvider = defaultCrypto(),
): Promise<Uint8Array> {
  const { origin, nonce, jwkThumbprint } = parseOptions(openId4Vp, options);
  const info = writeCbor([origin, nonce, jwkThumbprint]);
  const hash = await crypto.digest('SHA-256', info);
  return writeCbor([null, null, ['OpenID4VPDCAPIHandover', hash]]);
}
