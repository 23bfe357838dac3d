/**
 * What the store says to the server and makes of the answers: evidence, review, confirmation, status.
 * Every function ends by moving the flow or by throwing.
 */
import { watch } from '../backend/status.ts';
import type { ConfirmAnswer, EvidenceAnswer, SessionStatus } from '../wire/contract.ts';
import { type Code, IdVerifyError, isCode } from '../wire/error.ts';
import { sha256 } from '../wire/sha256.ts';
import type { SessionStore } from './api.ts';
import type { Connection } from './connection.ts';
import type { EvidenceSender } from './evidence-sender.ts';
import { REFUSED } from './flow.ts';

/** What the calls need of the session. */
export interface CallParts {
  readonly store: SessionStore;
  readonly sender: EvidenceSender;
  serverNow(): number;
  /** Takes a newer status. */
  note(status: SessionStatus): void;
  /** Passes a status to the method in hand. */
  told(status: SessionStatus): void;
}

export type Task = (signal: AbortSignal, connection: Connection) => Promise<void>;

export interface ServerCalls {
  /** SHA-256 of the review as received. */
  readonly reviewHash: Uint8Array<ArrayBuffer> | undefined;
  /** Sends the pending envelope by one of the calls, and goes where the answer leads. */
  readonly send: (call: 'evidence' | 'confirm') => Task;
  readonly read: Task;
  readonly listen: Task;
  /** The server says whether time is up; if it cannot be asked, its own deadline does. */
  readonly overdue: Task;
  /** Goes where the server says the session is. */
  follow(status: SessionStatus, signal: AbortSignal, connection: Connection): Promise<void>;
}

/** A refusal by its code, if the server gives one. */
function refusal(code: string | undefined, ended: boolean): IdVerifyError {
  const unexplained = ended && code === undefined ? REFUSED : 'undetermined';
  return new IdVerifyError(code && isCode(code) ? code : unexplained, 'the server refused');
}

export function createServerCalls({
  store,
  sender,
  serverNow,
  note,
  told,
}: CallParts): ServerCalls {
  const { dispatch } = store;
  const setLost = (lost: boolean) => store.set({ lost });
  let reviewHash: Uint8Array<ArrayBuffer> | undefined;

  async function follow(
    status: SessionStatus,
    signal: AbortSignal,
    connection: Connection,
  ): Promise<void> {
    const flow = store.snapshot.flow;
    const method = status.method ?? ('method' in flow ? flow.method : undefined);
    switch (status.state) {
      case 'awaiting':
        // A reviewer asks for something again: here, or of the phone that this page follows.
        if (status.retake) dispatch({ type: 'resume', method: status.retake.method });
        else if (flow.state === 'pending') dispatch({ type: 'resume', method: flow.method });
        return;
      case 'cancelled':
        return dispatch({ type: 'cancel' });
      case 'expired':
        return dispatch({ type: 'expire' });
      case 'failed':
        return store.fail(refusal(status.code, true), true);
      case 'review':
        if (status.role === 'follower') break;
        return flow.state === 'review' ? undefined : read(signal, connection);
    }
    if (!method) throw new IdVerifyError('blocked/schema', `${status.state} without a method`);
    // Shown on the phone only; this page follows.
    if (status.state === 'review') return dispatch({ type: 'resume', method });
    dispatch({ type: status.state === 'done' ? 'finish' : 'wait', method });
  }

  async function read(signal: AbortSignal, { client }: Connection): Promise<void> {
    const { value: review, bytes } = await client.review(signal);
    const hash = await sha256(bytes);
    signal.throwIfAborted();
    reviewHash = hash;
    dispatch({ type: 'read', method: review.method, review });
  }

  const send =
    (call: 'evidence' | 'confirm'): Task =>
    async (signal, connection) => {
      if (sender.empty) return askAgain(signal, connection);
      const answer = await deliver<EvidenceAnswer | ConfirmAnswer>(signal, connection, (bytes) =>
        connection.client[call](bytes, signal),
      );
      if (!answer) return;
      const { outcome, code, status } = answer;
      if (outcome === 'disputed') return refuse('incomplete/disputed', status);
      if (outcome === 'refused') return refuse(code, status);
      await settle(status, signal, connection, 'blocked/schema');
    };

  /** The answer; none where another page of this session was faster and the flow follows that. */
  async function deliver<T extends { status: SessionStatus }>(
    signal: AbortSignal,
    connection: Connection,
    send: (envelope: Uint8Array<ArrayBuffer>) => Promise<T>,
  ): Promise<T | undefined> {
    await connection.claimed;
    try {
      const nextInChain = (uncertain: boolean) => newestStatus(uncertain, signal, connection);
      const answer = await sender.deliver(connection, nextInChain, serverNow, send);
      signal.throwIfAborted();
      note(answer.status);
      return answer;
    } catch (error) {
      if (!(error instanceof IdVerifyError) || error.code !== 'session/conflict') throw error;
      await askAgain(signal, connection);
      return undefined;
    }
  }

  /** The status that names the next in the chain; after an envelope was given up only the server knows it. */
  async function newestStatus(
    uncertain: boolean,
    signal: AbortSignal,
    connection: Connection,
  ): Promise<SessionStatus> {
    const newest = uncertain ? undefined : store.snapshot.status;
    if (newest) return newest;
    const status = await connection.client.status(signal);
    note(status);
    await follow(status, signal, connection);
    signal.throwIfAborted();
    return status;
  }

  /** The answer was lost and the envelope is gone: the server knows what became of it. */
  async function askAgain(signal: AbortSignal, connection: Connection): Promise<void> {
    const status = await connection.client.status(signal);
    note(status);
    await settle(status, signal, connection, 'incomplete/lost');
  }

  /** Follows a status that must lead on from here; the signal tells whether it did. */
  async function settle(
    status: SessionStatus,
    signal: AbortSignal,
    connection: Connection,
    otherwise: Code,
  ): Promise<void> {
    await follow(status, signal, connection);
    if (!signal.aborted) throw new IdVerifyError(otherwise, `the session is ${status.state}`);
  }

  function refuse(code: string | undefined, { state }: SessionStatus): void {
    const ended = state !== 'awaiting';
    store.fail(refusal(code, ended), ended);
  }

  async function listen(signal: AbortSignal, connection: Connection): Promise<void> {
    for await (const status of watch(connection.client, signal, setLost)) {
      note(status);
      told(status);
      await follow(status, signal, connection);
    }
  }

  async function overdue(signal: AbortSignal, connection: Connection): Promise<void> {
    const status = await connection.client.status(signal).catch(() => undefined);
    signal.throwIfAborted();
    if (!status) return dispatch({ type: 'expire' });
    await follow(status, signal, connection);
    note(status);
  }

  return {
    get reviewHash() {
      return reviewHash;
    },
    send,
    read,
    listen,
    overdue,
    follow,
  };
}
