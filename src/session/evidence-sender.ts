/**
 * At most one envelope is pending: sealed once, then sent byte for byte the same until the server has answered,
 * so that nothing is lost and nothing counts twice.
 */

import { fromBase64url } from '../wire/bytes.ts';
import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, SessionStatus, SessionView } from '../wire/contract.ts';
import { sealEnvelope } from '../wire/envelope.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type SessionKey, sign } from '../wire/session-key.ts';
import type { Connection } from './connection.ts';
import { isTransient } from './flow.ts';

export interface PendingEnvelope {
  readonly method: MethodId;
  readonly body: CborInput;
  /** Whether this may leave the device; asked once, of what is really sent. */
  readonly permit?: (byteLength: number) => boolean;
}

export interface EvidenceSender {
  readonly empty: boolean;
  put(pending: PendingEnvelope): void;
  /** Gives up on the envelope; the server may have it all the same. */
  discard(): void;
  /**
   * Seals it unless that is done, and sends it. An answer, or a refusal, empties the sender; no
   * answer leaves it as it is.
   * @param nextInChain the newest status, which names the next place in the chain
   */
  deliver<T>(
    connection: Connection,
    nextInChain: (uncertain: boolean) => Promise<SessionStatus>,
    at: () => number,
    send: (envelope: Uint8Array<ArrayBuffer>) => Promise<T>,
  ): Promise<T>;
}

export function createEvidenceSender(): EvidenceSender {
  let pending: PendingEnvelope | undefined;
  let sealed: Uint8Array<ArrayBuffer> | undefined;
  /** A pending was given up after it may have arrived: the chain must be asked for. */
  let uncertain = false;

  function empty(): void {
    pending = undefined;
    sealed = undefined;
  }

  return {
    get empty() {
      return !pending;
    },
    put(next) {
      empty();
      pending = next;
    },
    discard() {
      uncertain ||= sealed !== undefined;
      empty();
    },
    async deliver(connection, nextInChain, at, send) {
      if (!pending) throw new TypeError('nothing to deliver');
      try {
        if (!sealed) {
          const { method, body, permit } = pending;
          const status = await nextInChain(uncertain);
          uncertain = false;
          const { view, key } = connection;
          const envelope = await seal(key, { view, status, method, body, at: at() });
          if (permit && !permit(envelope.length)) {
            throw new IdVerifyError('incomplete/held_back', 'the page held the evidence back');
          }
          sealed = envelope;
        }
        const answer = await send(sealed);
        empty();
        return answer;
      } catch (error) {
        if (error instanceof IdVerifyError && !isTransient(error.code)) empty();
        throw error;
      }
    },
  };
}

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
