/** One attempt with one method: loads its code, and hands it what it is lent. */
import type { MethodHost, MethodRun } from '../methods/method.ts';
import type { MethodId } from '../wire/contract.ts';
import { IdVerifyError } from '../wire/error.ts';
import { fetched } from '../wire/fetched.ts';
import type { AvailableMethod } from './api.ts';

export interface Attempt {
  readonly method: MethodId;
  /** It moves the session to a phone, or follows one that went there. */
  readonly moves: boolean;
  /** Absent while its code is loading. */
  run?: MethodRun;
  end(): void;
}

/** What an attempt is started with. */
export interface AttemptSource {
  readonly moves: boolean;
  load(signal: AbortSignal): Promise<(host: MethodHost) => MethodRun>;
}

/**
 * @param createMethodHost all that the method can reach, until the signal aborts
 * @param ready called once with the run
 */
export function startAttempt(
  { moves, load }: AttemptSource,
  method: MethodId,
  createMethodHost: (signal: AbortSignal) => MethodHost,
  ready: () => void,
): Attempt {
  const controller = new AbortController();
  const { signal } = controller;
  const attempt: Attempt = { method, moves, end: () => controller.abort() };
  const host = createMethodHost(signal);
  const start = async () => {
    const begin = await load(signal);
    if (signal.aborted) return;
    attempt.run = begin(host);
    ready();
  };
  start().catch(host.fail);
  return attempt;
}

/** An attempt with the method itself. */
export const withMethod = ({ entry }: AvailableMethod): AttemptSource => ({
  moves: false,
  async load(signal) {
    if (!entry) throw new IdVerifyError('unavailable/not_included', 'not part of this build');
    return (await fetched(entry.load(signal))).start;
  },
});
