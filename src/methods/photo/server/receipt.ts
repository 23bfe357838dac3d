/**
 * Receipts of uploads: which image of which session came when, by the server's clock, under a key
 * that only the server has. The manifest holds them, so the order in which images came can be proved
 * when the images are long erased.
 */
import type { CryptoProvider } from '../../../crypto/provider.ts';
import { type Bytes, equalBytes, fromBase64url } from '../../../wire/bytes.ts';
import { writeCbor } from '../../../wire/writer.ts';
import type { ImageRecord } from '../../method-verifier.ts';

type Received = Pick<ImageRecord, 'hash' | 'receivedAt'>;

/** Deterministic CBOR of `{ v, sid, sha256, at, mac }`, the MAC over the same without it. */
export async function receiptFor(
  crypto: CryptoProvider,
  key: Uint8Array,
  sessionId: string,
  { hash, receivedAt }: Received,
): Promise<Bytes> {
  const said = { v: 1, sid: sessionId, sha256: fromBase64url(hash), at: receivedAt };
  return writeCbor({ ...said, mac: await crypto.hmac(key, writeCbor(said)) });
}

/** Whether `receipt` is what this server says about the image, by one of its keys. */
export async function isReceipt(
  receipt: Uint8Array,
  crypto: CryptoProvider,
  keys: readonly Uint8Array[],
  sessionId: string,
  received: Received,
): Promise<boolean> {
  for (const key of keys) {
    if (equalBytes(receipt, await receiptFor(crypto, key, sessionId, received))) return true;
  }
  return false;
}
