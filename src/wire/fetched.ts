import { IdVerifyError } from './error.ts';

/**
 * A part of the element, code or words, that is fetched when it is needed.
 * @throws IdVerifyError `unavailable/network`
 */
export const fetched = <T>(part: Promise<T>): Promise<T> =>
  part.catch((cause) => {
    throw new IdVerifyError('unavailable/network', 'a part of the element did not come', { cause });
  });
