/** From what is kept of a handoff to what its provider is told, within a few seconds. */
import { utf8 } from '../../../wire/bytes.ts';
import { HANDOFF_CODES, type HandoffCode } from '../../../wire/contract.ts';
import { IdVerifyError } from '../../../wire/error.ts';
import type { Json } from '../../method-verifier.ts';
import { type HandoffDeployment, providerNamed } from './config.ts';
import type { HandoffRecord } from './exchange.ts';
import type { HandoffProvider, Pending } from './provider.ts';

/** A person who waits hears within five seconds that a provider does not answer. */
export const OPERATOR_TIMEOUT_MS = 4_000;

/** Asks a provider; one that is silent is given up. */
export async function withinTimeLimit<T>(
  work: (signal: AbortSignal) => Promise<T>,
  timeLimit = OPERATOR_TIMEOUT_MS,
): Promise<T> {
  const over = new AbortController();
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new IdVerifyError('unavailable/provider', 'the operator is silent');
    over.abort(error);
    silence.reject(error);
  }, timeLimit);
  try {
    return await Promise.race([work(over.signal), silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a provider's error means to the waiting page. */
export const handoffCode = (error: unknown): HandoffCode =>
  HANDOFF_CODES.find((code) => error instanceof IdVerifyError && error.code === code) ??
  'unavailable/provider';

export async function pendingOf(
  handoff: HandoffDeployment,
  record: HandoffRecord,
): Promise<{ readonly provider: HandoffProvider; readonly pending: Pending }> {
  const provider = providerNamed(handoff, record.provider);
  const pending: Pending = {
    rung: record.rung,
    ...record.told,
    statement: record.statement,
    digest: await handoff.crypto.digest('SHA-256', utf8(record.statement)),
    callback: `${handoff.url}/handoff/callback/${provider.id}`,
    expiresAt: record.expiresAt,
    data: (record.pending?.data ?? null) as Json,
  };
  return { provider, pending };
}
