/** Decryption of an Annex C answer: HPKE (RFC 9180) with the request's own key. */
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import type { EcPrivateJwk } from '../crypto/provider.ts';
import { importKeyPair } from '../crypto/web-crypto.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asBytes } from '../wire/fields.ts';
import { copiedBytes, parseOptions } from '../wire/option-schemas.ts';
import { readCbor } from '../wire/reader.ts';
import * as v from '../wire/schema.ts';
import { resemblesDeviceResponse } from './device-response.ts';
import { encodedCbor } from './encoded.ts';
import { dcApiBody } from './encryption-info.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);

const schema = v.object({
  response: v.string(),
  privateKey: v.custom<EcPrivateJwk>((value) => v.is(v.object({}), value)),
  sessionTranscript: copiedBytes,
});

/**
 * Decrypts `["dcapi", {enc, cipherText}]` (ISO/IEC 18013-7 Annex C) to the DeviceResponse. The
 * transcript is HPKE's `info`, so a wrong origin, nonce or key already fails here.
 * @param response base64url, as the page posted it
 * @param sessionTranscript CBOR, computed from the server's own record of the request
 * @throws IdVerifyError `decryption/hpke` whatever the reason the message does not open;
 *   `request_mismatch/response_mode` for a DeviceResponse in the clear; `malformed/*` or `limit/*`
 *   where the container is not one; `config/option`, `config/private_key`
 */
export async function decryptDeviceResponse(options: {
  response: string;
  privateKey: EcPrivateJwk;
  sessionTranscript: Uint8Array;
}): Promise<Uint8Array> {
  const { response, privateKey, sessionTranscript } = parseOptions(schema, options);
  const container = readCbor(encodedCbor(response), MDOC_RULES);
  if ([container, ...(Array.isArray(container) ? container : [])].some(resemblesDeviceResponse)) {
    throw new IdVerifyError('request_mismatch/response_mode', 'the response is not encrypted');
  }
  const encrypted = dcApiBody(container, 'EncryptedResponse');
  const enc = asBytes(encrypted.get('enc'), 'EncryptedResponse.enc');
  const cipherText = asBytes(encrypted.get('cipherText'), 'EncryptedResponse.cipherText');
  const keys = await importKeyPair(privateKey);
  try {
    return await SUITE.Open(keys, enc, cipherText, { info: sessionTranscript });
  } catch (cause) {
    throw new IdVerifyError('decryption/hpke', 'the response does not open', { cause });
  }
}
