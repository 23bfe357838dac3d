/**
 * The calls of one session, one method each. Authority is a bearer token in a header, never a cookie
 * and never part of a URL.
 */

import type { Schema } from '../wire/schema.ts';
import * as contract from '../wire/session.ts';
import { type SessionStatus, sessionStatus } from '../wire/status.ts';
import { ask } from './ask.ts';
import { type Answer, type Call, send, type Transport } from './call.ts';

/** The calls of one session. Each throws IdVerifyError, or the reason of an aborted signal. */
export interface SessionClient {
  status(signal: AbortSignal): Promise<SessionStatus>;
  /** The open event stream, content type not yet checked. */
  events(signal: AbortSignal): Promise<Response>;
  wallet(signal: AbortSignal): Promise<contract.WalletAnswer>;
  /** Safe to repeat with the same bytes: the server gives the same answer. */
  evidence(
    envelope: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
  ): Promise<contract.EvidenceAnswer>;
  /** What was read, with the bytes the confirmation covers. */
  review(signal: AbortSignal): Promise<Answer<contract.ReviewAnswer>>;
  confirm(envelope: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<contract.ConfirmAnswer>;
  /** Cancels and erases; is sent even while the page goes away. */
  cancel(signal: AbortSignal): Promise<void>;
  /** For the calls of one method, so that their schemas load with it. */
  ask<T>(call: SessionCall<T>, signal: AbortSignal): Promise<Answer<T>>;
}

/** A call below `sessions/{id}/`; `path` is relative to that. */
export type SessionCall<T> = Omit<Call<T>, 'token' | 'cookies'>;

/** Registers the page's key. Safe to repeat within a minute: the same key gets another token. */
export const claim = async (
  transport: Transport,
  id: string,
  token: string,
  json: contract.ClaimBody,
  signal: AbortSignal,
): Promise<contract.ClaimAnswer> => {
  const call = post(`sessions/${id}/claim`, contract.claimAnswer, json);
  const again = { ...call, token: async () => token, repeatable: true };
  return (await ask(transport, again, signal)).value;
};

/** @param token resolves once the session has been claimed */
export function sessionClient(
  transport: Transport,
  id: string,
  token: () => Promise<string>,
): SessionClient {
  const base = `sessions/${id}`;
  const within = <T>({ path, ...call }: SessionCall<T>): Call<T> => ({
    ...call,
    path: path ? `${base}/${path}` : base,
    token,
  });
  const answer = <T>(call: SessionCall<T>, signal: AbortSignal): Promise<Answer<T>> =>
    ask(transport, within(call), signal);
  const value = async <T>(call: SessionCall<T>, signal: AbortSignal): Promise<T> =>
    (await answer(call, signal)).value;

  return {
    ask: answer,
    status: (signal) => value(get('', sessionStatus), signal),
    events: (signal) => send(transport, within(get('events')), 'text/event-stream', signal),
    wallet: (signal) => value(post('wallet', contract.walletAnswer), signal),
    evidence: (envelope, signal) =>
      value(sealed('evidence', contract.evidenceAnswer, envelope), signal),
    review: (signal) => answer(get('review', contract.reviewAnswer), signal),
    confirm: (envelope, signal) =>
      value(sealed('confirm', contract.confirmAnswer, envelope), signal),
    cancel: (signal) =>
      value({ method: 'DELETE', path: '', repeatable: true, keepalive: true }, signal),
  };
}

const get = <T>(path: string, answer?: Schema<T>): SessionCall<T> => ({
  method: 'GET',
  path,
  repeatable: true,
  ...(answer && { answer }),
});

const post = <T>(path: string, answer: Schema<T>, json?: unknown): SessionCall<T> => ({
  method: 'POST',
  path,
  answer,
  json,
  repeatable: false,
});

/** Evidence is the same bytes each time, and the same bytes get the same answer. */
const sealed = <T>(
  path: string,
  answer: Schema<T>,
  value: Uint8Array<ArrayBuffer>,
): SessionCall<T> => ({
  method: 'POST',
  path,
  answer,
  bytes: { type: contract.EVIDENCE_TYPE, value },
  repeatable: true,
});
