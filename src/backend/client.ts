/**
 * The calls of the contract, one method each. The endpoint is fixed when the client is made; after
 * opening, authority is a bearer token in a header, never a cookie and never part of a URL.
 */
import type { GenericSchema } from 'valibot';
import * as contract from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { type Answer, ask, type Call, send, type Transport } from './ask.ts';

/** The calls before there is a session. */
export interface Client {
  open(body: contract.OpenBody, signal: AbortSignal): Promise<contract.OpenAnswer>;
  /** Never repeated by itself: a second claim is refused. */
  claim(
    id: string,
    token: string,
    body: contract.ClaimBody,
    signal: AbortSignal,
  ): Promise<contract.ClaimAnswer>;
  /** @param token resolves once the session has been claimed */
  session(id: string, token: () => Promise<string>): SessionClient;
}

/** The calls of one session. Each throws IdVerifyError, or the reason of an aborted signal. */
export interface SessionClient {
  status(signal: AbortSignal): Promise<contract.SessionStatus>;
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

export interface ClientOptions {
  /** Base URL of the calls, absolute or relative to the page. */
  readonly endpoint: string;
  /** URL of the page. */
  readonly page: string;
  readonly fetch: typeof fetch;
}

/** @throws IdVerifyError `blocked/endpoint` unless it is https, loopback or the page's own origin */
export function createClient({ endpoint, page, fetch }: ClientOptions): Client {
  // Called through an arrow: `fetch` refuses any other `this` than the window.
  const transport: Transport = {
    endpoint: pin(endpoint, page),
    fetch: (input, init) => fetch(input, init),
  };
  const value = async <T>(call: Call<T>, signal: AbortSignal): Promise<T> =>
    (await ask(transport, call, signal)).value;
  return {
    open: (json, signal) =>
      value({ ...post('sessions', contract.openAnswer, json), cookies: true }, signal),
    claim: (id, token, json, signal) =>
      value(
        { ...post(`sessions/${id}/claim`, contract.claimAnswer, json), token: async () => token },
        signal,
      ),
    session: (id, token) => sessionClient(transport, `sessions/${id}`, token),
  };
}

function sessionClient(
  transport: Transport,
  base: string,
  token: () => Promise<string>,
): SessionClient {
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
    status: (signal) => value(get('', contract.sessionStatus), signal),
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

const get = <T>(path: string, answer?: GenericSchema<unknown, T>): SessionCall<T> => ({
  method: 'GET',
  path,
  repeatable: true,
  ...(answer && { answer }),
});

const post = <T>(
  path: string,
  answer: GenericSchema<unknown, T>,
  json?: unknown,
): SessionCall<T> => ({ method: 'POST', path, answer, json, repeatable: false });

/** Evidence is the same bytes each time, and the same bytes get the same answer. */
const sealed = <T>(
  path: string,
  answer: GenericSchema<unknown, T>,
  value: Uint8Array<ArrayBuffer>,
): SessionCall<T> => ({
  method: 'POST',
  path,
  answer,
  bytes: { type: contract.EVIDENCE_TYPE, value },
  repeatable: true,
});

function pin(endpoint: string, page: string): string {
  if (URL.canParse(endpoint, page)) {
    const url = new URL(endpoint, page);
    const { protocol, hostname } = url;
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    const web = protocol === 'https:' || protocol === 'http:';
    const own = url.origin === new URL(page).origin || loopback;
    if (web && (protocol === 'https:' || own) && !url.username && !url.password) {
      return url.origin + url.pathname.replace(/\/+$/, '');
    }
  }
  throw new IdVerifyError('blocked/endpoint', 'the endpoint is neither https nor this page’s own');
}
