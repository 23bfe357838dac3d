/** Body of a wallet's evidence envelope: what the wallet answered, forwarded unread. */

import { cborMap } from '../../wire/body.ts';
import type { CborValue } from '../../wire/cbor.ts';
import * as v from '../../wire/schema.ts';

export const walletBody = cborMap({
  /** The id that came with the requests. */
  request: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  /** `credential.protocol`; judged by the server, like everything below. */
  protocol: v.pipe(v.string(), v.maxLength(64)),
  /** `credential.data`, JSON as CBOR. */
  data: v.custom<CborValue>((value) => value instanceof Map),
});

export type WalletBody = v.InferOutput<typeof walletBody>;
