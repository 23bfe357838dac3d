/**
 * At most one letter: sealed once, then sent byte for byte the same until the server has answered,
 * so that nothing is lost and nothing counts twice.
 */

import type { CborInput } from '../wire/cbor.ts';
import type { MethodId, SessionStatus } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Connection } from './connection.ts';
import { isTransient } from './retry.ts';
import { seal } from './seal.ts';

export interface Letter {
  readonly method: MethodId;
  readonly body: CborInput;
  /** Whether this may leave the device; asked once, of what is really sent. */
  readonly permit?: (byteLength: number) => boolean;
}

export interface Outbox {
  readonly empty: boolean;
  put(letter: Letter): void;
  /** Gives up on the letter; the server may have it all the same. */
  discard(): void;
  /**
   * Seals the letter unless that is done, and sends it. An answer, or a refusal, empties the box; no
   * answer leaves it as it is.
   * @param place the newest status, which names the next place in the chain
   */
  deliver<T>(
    connection: Connection,
    place: (uncertain: boolean) => Promise<SessionStatus>,
    at: () => number,
    send: (envelope: Uint8Array<ArrayBuffer>) => Promise<T>,
  ): Promise<T>;
}

export function createOutbox(): Outbox {
  let letter: Letter | undefined;
  let sealed: Uint8Array<ArrayBuffer> | undefined;
  /** A letter was given up after it may have arrived: the chain must be asked for. */
  let uncertain = false;

  function empty(): void {
    letter = undefined;
    sealed = undefined;
  }

  return {
    get empty() {
      return !letter;
    },
    put(next) {
      empty();
      letter = next;
    },
    discard() {
      uncertain ||= sealed !== undefined;
      empty();
    },
    async deliver(connection, place, at, send) {
      if (!letter) throw new TypeError('nothing to deliver');
      try {
        if (!sealed) {
          const { method, body, permit } = letter;
          const status = await place(uncertain);
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
