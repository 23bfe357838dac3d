/** Sealing: one body, bound to its session, origin and place in the chain, and signed. */
import { fromBase64url } from '../wire/bytes.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, SessionStatus, SessionView } from '../wire/contract.ts';
import { sealEnvelope } from '../wire/envelope.ts';
import { type SessionKey, sign } from './key.ts';

/** Who wrote the envelope: this package and its version. */
export const WIDGET = 'id-verify/0.1.0';

export interface Sealing {
  readonly view: SessionView;
  /** The newest status: names the next place in the chain. */
  readonly status: SessionStatus;
  readonly method: MethodId;
  readonly body: CborInput;
  /** The server's clock as far as this page knows it, milliseconds since 1970. */
  readonly at: number;
}

/** @returns the COSE_Sign1 as it is sent, and sent again if need be */
export const seal = (
  key: SessionKey,
  { view, status, method, body, at }: Sealing,
): Promise<Uint8Array<ArrayBuffer>> =>
  sealEnvelope(
    {
      v: 1,
      sid: view.id,
      challenge: fromBase64url(view.challenge),
      aud: view.audience,
      origin: view.origin,
      method,
      seq: status.seq,
      prev: fromBase64url(status.prev),
      at,
      widget: WIDGET,
      body,
    },
    (toBeSigned) => sign(key, toBeSigned),
  );
