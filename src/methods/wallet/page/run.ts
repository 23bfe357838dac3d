/**
 * One attempt with the wallet: has requests ready before the tap, keeps them fresh, opens the
 * chooser once, and passes the encrypted answer on unread.
 */

import { credentialError } from '../../../errors.ts';
import { anySignal } from '../../../wire/abortable.ts';
import type { CborInput } from '../../../wire/cbor.ts';
import type { SessionView, WalletRequest } from '../../../wire/contract.ts';
import { asError, IdVerifyError } from '../../../wire/error.ts';
import type { MethodHost, MethodRun } from '../../method.ts';
import { askWallet, obstacle, usableProtocols } from './api.ts';
import { awaitingPanel, consentPanel, type WalletPanel } from './panel.ts';
import type { CheckedRequests } from './request-check.ts';

interface Prepared extends CheckedRequests {
  readonly id: string;
  readonly requests: readonly WalletRequest[];
  /** When they must not be sent any more, on this page's clock. */
  readonly until: number;
}

/** Requests are replaced this long before they lapse. */
const MARGIN = 30_000;
/** Before a refresh that failed is tried again. */
const RECONNECT_DELAY_MS = 5_000;

type Check = (requests: readonly WalletRequest[], session: SessionView) => CheckedRequests;

export function startWallet(host: MethodHost, check: Check): MethodRun {
  let prepared: Prepared | undefined;
  /** The chooser is open: at most one call at a time. */
  let sheet: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let preparing = false;
  /** Why nothing can be asked here, but on a phone. */
  const elsewhere = host.transfer && obstacle();

  const fresh = () => prepared !== undefined && Date.now() < prepared.until;

  async function prepare(): Promise<void> {
    if (preparing) return;
    preparing = true;
    try {
      const answer = await host.client.wallet(host.signal);
      const usable = usableProtocols();
      const requests = answer.requests.filter(({ protocol }) => usable.includes(protocol));
      if (requests.length === 0) {
        throw new IdVerifyError('unavailable/no_protocol', 'no protocol in common');
      }
      const until = Date.now() + answer.expiresAt - answer.now;
      prepared = { ...check(answer.requests, host.session), id: answer.id, requests, until };
      refreshAt(until - MARGIN);
    } catch (error) {
      if (host.signal.aborted) return;
      if (fresh() && error instanceof IdVerifyError && error.category === 'unavailable') {
        refreshAt(Date.now() + RECONNECT_DELAY_MS);
      } else {
        host.fail(asError(error, 'malformed/wallet_request', 'the request cannot be read'));
      }
    } finally {
      preparing = false;
    }
    host.update();
  }

  function refreshAt(time: number): void {
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.max(0, time - Date.now()));
  }

  /** Not while the chooser is open, which has its request, nor for a page nobody sees. */
  function refresh(): void {
    if (!sheet && document.visibilityState === 'visible') void prepare();
  }

  function refreshIfDue(): void {
    if (!prepared || Date.now() >= prepared.until - MARGIN) refresh();
  }

  /** Nothing may come between the tap and the call: user activation is short, and spent once. */
  function approve(event: Event): void {
    if (!event.isTrusted || sheet || !prepared) return;
    if (!fresh()) {
      prepared = undefined;
      host.update();
      refresh();
      return;
    }
    const { id, requests } = prepared;
    const opened = new AbortController();
    const signal = anySignal([host.signal, opened.signal]);
    const answer = call(requests, signal);
    sheet = opened;
    host.begin();
    void receive(answer, id, requests, signal).finally(() => {
      if (sheet === opened) sheet = undefined;
    });
  }

  async function receive(
    answer: Promise<unknown>,
    id: string,
    requests: readonly WalletRequest[],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const { protocol, data } = read(await answer, requests);
      signal.throwIfAborted();
      host.submit({ request: id, protocol, data });
    } catch (error) {
      if (!signal.aborted) host.fail(credentialError(error, signal));
    }
  }

  const panel = (): WalletPanel => ({
    session: host.session,
    ...(prepared && { asked: prepared.asked }),
    // The phone says it again, from the bytes that it will send.
    ...(elsewhere && { asked: host.session.claims }),
    notAsked: prepared?.notAsked ?? [],
    transfer: host.transfer,
    elsewhere,
    ready: fresh() && !sheet,
    approve,
    back() {
      sheet?.abort();
      sheet = undefined;
      host.back();
      refreshIfDue();
    },
    other: host.other,
    cancel: host.cancel,
  });

  if (!elsewhere) {
    document.addEventListener('visibilitychange', refreshIfDue, { signal: host.signal });
    host.signal.addEventListener('abort', () => clearTimeout(timer));
    void prepare();
  }
  return {
    render: (state, view) =>
      state === 'consent' ? consentPanel(panel(), view) : awaitingPanel(panel(), view),
  };
}

/** A platform that throws where it should reject has still only failed. */
function call(requests: readonly WalletRequest[], signal: AbortSignal): Promise<unknown> {
  try {
    return askWallet(requests, signal);
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Fulfilled is not success: a wallet may answer by a protocol nobody asked, and OpenID4VP reports
 * its errors in a fulfilled promise.
 */
function read(
  credential: unknown,
  requests: readonly WalletRequest[],
): { protocol: string; data: CborInput } {
  if (!credential) throw new IdVerifyError('incomplete/not_allowed', 'no credential was given');
  const { protocol, data } = credential as { protocol?: unknown; data?: unknown };
  const asked = requests.find((request) => request.protocol === protocol);
  if (!asked) throw new IdVerifyError('request_mismatch/protocol', 'a protocol nobody asked');
  if (typeof data !== 'object' || data === null) {
    throw new IdVerifyError('malformed/wallet_answer', 'an answer without data');
  }
  if ('error' in data) {
    throw new IdVerifyError('request_mismatch/openid4vp_error', 'the wallet reported an error');
  }
  // A platform object becomes plain data, the way it would travel as JSON.
  return { protocol: asked.protocol, data: JSON.parse(JSON.stringify(data)) };
}
