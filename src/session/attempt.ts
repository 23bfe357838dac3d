/** One attempt with one method: loads its code, and is all of the page that the method can reach. */
import type { MethodHost, MethodRun } from '../methods/method.ts';
import type { MethodId } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { fetched } from '../wire/fetched.ts';
import type { Way } from './api.ts';

export interface Attempt {
  readonly method: MethodId;
  /** It moves the session to a phone, or follows one that went there. */
  readonly moves: boolean;
  /** Absent while its code is loading. */
  run?: MethodRun;
  end(): void;
}

/** What the store lends to a method, before it is tied to one attempt. */
export type HostParts = Omit<MethodHost, 'signal'>;

/** What an attempt is started with. */
export interface Beginning {
  readonly moves: boolean;
  load(signal: AbortSignal): Promise<(host: MethodHost) => MethodRun>;
}

/**
 * @param ready called once with the run
 * @param failed called with an IdVerifyError; not after `end`
 */
export function startAttempt(
  { moves, load }: Beginning,
  parts: HostParts,
  ready: () => void,
  failed: (error: unknown) => void,
): Attempt {
  const controller = new AbortController();
  const { signal } = controller;
  const attempt: Attempt = {
    method: parts.offer.method,
    moves,
    end: () => controller.abort(),
  };
  const { session, offer, client, transfer } = parts;
  /** After the attempt has ended nothing of it reaches the flow any more. */
  const live =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A): void => {
      if (!signal.aborted) act(...args);
    };
  const host: MethodHost = {
    session,
    offer,
    client,
    signal,
    get lang() {
      return parts.lang;
    },
    get kept() {
      return parts.kept;
    },
    keep: live(parts.keep),
    ...(transfer && { transfer: live(transfer) }),
    update: live(parts.update),
    begin: live(parts.begin),
    back: live(parts.back),
    submit: live(parts.submit),
    fail: live(parts.fail),
    other: live(parts.other),
    cancel: live(parts.cancel),
    announce: live(parts.announce),
  };
  const start = async () => {
    const begin = await load(signal);
    if (signal.aborted) return;
    attempt.run = begin(host);
    ready();
  };
  start().catch(live(failed));
  return attempt;
}

/** An attempt with the method itself. */
export const withMethod = ({ entry }: Way): Beginning => ({
  moves: false,
  async load(signal) {
    if (!entry) throw new IdVerifyError('unavailable/not_included', 'not part of this build');
    return (await fetched(entry.load(signal))).start;
  },
});
