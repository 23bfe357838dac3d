import { IdVerifyError } from './error.ts';

/** How browsers say that a module did not come; what goes wrong within one has other words. */
const NOT_FETCHED = /dynamically imported module|module script failed/i;

/**
 * A part of the element, code or words, that is fetched when it is needed.
 * @throws IdVerifyError `unavailable/network` where it did not come; whatever else went wrong as it is
 */
export const fetched = <T>(part: Promise<T>): Promise<T> =>
  part.catch((cause) => {
    if (!(cause instanceof TypeError && NOT_FETCHED.test(cause.message))) throw cause;
    throw new IdVerifyError('unavailable/network', 'a part of the element did not come', { cause });
  });
