/** EncryptionInfo of ISO/IEC 18013-7 Annex C: the nonce and the key a wallet encrypts its answer to. */
import { defaultCrypto } from '../crypto/node-crypto.ts';
import type { CryptoProvider, EcPrivateJwk } from '../crypto/provider.ts';
import { coseKey, type PublicKey, publicKeyFromCose } from '../crypto/public-key.ts';
import { generateKeyJwk } from '../crypto/web-crypto.ts';
import { fromBase64url, toBase64url } from '../wire/bytes.ts';
import type { CborValue } from '../wire/cbor.ts';
import { MDOC_RULES } from '../wire/cbor-rules.ts';
import { IdVerifyError } from '../wire/error.ts';
import { asArray, asBytes, asMap, type CborMap } from '../wire/fields.ts';
import { readCbor } from '../wire/reader.ts';
import { writeCbor } from '../wire/writer.ts';

const NONCE_LENGTH = 32;

export interface EncryptionInfo {
  /** base64url, exactly as it must be sent and hashed. */
  readonly encryptionInfo: string;
  /** Kept by the server until the answer is decrypted, then erased. */
  readonly privateKey: EcPrivateJwk;
}

/** A fresh nonce of 32 bytes and a fresh P-256 key, for one request. */
export async function buildEncryptionInfo(
  crypto: CryptoProvider = defaultCrypto(),
): Promise<EncryptionInfo> {
  const privateKey = await generateKeyJwk();
  const info = { nonce: crypto.randomBytes(NONCE_LENGTH), recipientPublicKey: coseKey(privateKey) };
  return { encryptionInfo: toBase64url(writeCbor(['dcapi', info])), privateKey };
}

/**
 * Reads an EncryptionInfo.
 * @throws IdVerifyError `malformed/base64url`, `malformed/protocol`, `malformed/structure` or one of
 *   the reader's codes
 */
export function parseEncryptionInfo(encryptionInfo: string): {
  nonce: Uint8Array;
  recipientPublicKey: PublicKey;
} {
  const info = dcApiBody(readCbor(fromBase64url(encryptionInfo), MDOC_RULES), 'EncryptionInfo');
  return {
    nonce: asBytes(info.get('nonce'), 'EncryptionInfo.nonce'),
    recipientPublicKey: publicKeyFromCose(
      asMap(info.get('recipientPublicKey'), 'EncryptionInfo.recipientPublicKey'),
    ),
  };
}

/** The second item of `["dcapi", {…}]`. */
export function dcApiBody(value: CborValue, where: string): CborMap {
  const [protocol, body, ...more] = asArray(value, where);
  if (protocol !== 'dcapi' || more.length > 0) {
    throw new IdVerifyError('malformed/protocol', `${where}: expected ["dcapi", {…}]`);
  }
  return asMap(body, where);
}
