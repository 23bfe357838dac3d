/** SessionTranscript as the wallet computes it. */
import { digest } from './bytes.ts';
import { type Cbor, encode } from './cbor.ts';

/** ISO/IEC 18013-7 Annex C: over the base64url text as it was sent. */
export function isoMdocTranscript(encryptionInfo: string, origin: string): Uint8Array {
  return handover('dcapi', [encryptionInfo, origin]);
}

/** OpenID4VP 1.0 Appendix B.2.6.2. @param thumbprint of the encryption key, null for `dc_api` */
export function openId4VpTranscript(
  origin: string,
  nonce: string,
  thumbprint: Uint8Array | null,
): Uint8Array {
  return handover('OpenID4VPDCAPIHandover', [origin, nonce, thumbprint]);
}

const handover = (name: string, info: Cbor): Uint8Array =>
  encode([null, null, [name, digest('SHA-256', encode(info))]]);
