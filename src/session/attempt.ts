/** One attempt with one method: loads its code, and is all of the page that the method can reach. */
import type { MethodHost, MethodRun } from '../methods/method.ts';
import type { MethodId } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import type { Way } from './api.ts';

export interface Attempt {
  readonly method: MethodId;
  /** Absent while its code is loading. */
  run?: MethodRun;
  end(): void;
}

/** What the store lends to a method, before it is tied to one attempt. */
export type HostParts = Omit<MethodHost, 'offer' | 'signal'>;

/**
 * @param ready called once with the run
 * @param failed called with an IdVerifyError; not after `end`
 */
export function startAttempt(
  { offer, entry }: Way,
  parts: HostParts,
  ready: () => void,
  failed: (error: unknown) => void,
): Attempt {
  const controller = new AbortController();
  const { signal } = controller;
  const attempt: Attempt = { method: offer.method, end: () => controller.abort() };
  const { session, client } = parts;
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
    update: live(parts.update),
    begin: live(parts.begin),
    back: live(parts.back),
    submit: live(parts.submit),
    fail: live(parts.fail),
    other: live(parts.other),
    cancel: live(parts.cancel),
    announce: live(parts.announce),
  };
  const load = async () => {
    if (!entry) throw new IdVerifyError('unavailable/not_included', 'not part of this build');
    const module = await entry.load(signal).catch((cause) => {
      throw new IdVerifyError('unavailable/network', 'the method could not be loaded', { cause });
    });
    if (signal.aborted) return;
    attempt.run = module.start(host);
    ready();
  };
  load().catch(live(failed));
  return attempt;
}
