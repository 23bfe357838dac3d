/** What trying again can help with. */
import type { Category, Code } from '../wire/error.ts';

/** Nothing was decided yet: the same bytes may be sent again. */
const TRANSIENT: readonly string[] = [
  'unavailable/network',
  'unavailable/timeout',
  'unavailable/backend',
  'unavailable/busy',
] satisfies Code[];

/** Refusals after which a new attempt, with a new request, may succeed. */
const NEW_ATTEMPT: readonly string[] = [
  'incomplete',
  'undetermined',
  'malformed',
  'request_mismatch',
  'device_binding',
  'decryption',
  'unavailable',
  // Of something within a session that goes on; where the session is over nothing is tried again.
  'session',
] satisfies Category[];

/** The same again gets the same answer, until the person has been at a counter or a terminal. */
const LOCKED: Code = 'unavailable/pin_locked';

/** Whether the question itself was not answered, so that asking it again is the way forward. */
export const isTransient = (code: Code): boolean => TRANSIENT.includes(code);

/** Whether the person may try the same method again in the same session. */
export const mayRetry = (code: Code): boolean => {
  const [category = ''] = code.split('/', 1);
  return code !== LOCKED && NEW_ATTEMPT.includes(category);
};
