/** Opening: where to, and with what. Light, because the first screen waits for it. */
import { parsedUrl } from '../wire/address.ts';
import { IdVerifyError } from '../wire/error.ts';
import { isLoopback, type OpenAnswer, type OpenBody, openAnswer } from '../wire/opening.ts';
import { ask } from './ask.ts';
import type { Transport } from './call.ts';

/** Opens a session. The site's own sign-in may be needed, so this call alone takes cookies along. */
export const open = async (
  transport: Transport,
  json: OpenBody,
  signal: AbortSignal,
): Promise<OpenAnswer> =>
  (
    await ask(
      transport,
      {
        method: 'POST',
        path: 'sessions',
        json,
        answer: openAnswer,
        cookies: true,
        repeatable: false,
      },
      signal,
    )
  ).value;

/**
 * Fixes where every call of a session goes.
 * @param endpoint base URL of the calls, absolute or relative to the page
 * @param page URL of the page
 * @throws IdVerifyError `blocked/endpoint` unless it is https, loopback or the page's own origin
 */
export function pinEndpoint(
  endpoint: string,
  page: string,
  fetch: typeof globalThis.fetch,
): Transport {
  const url = parsedUrl(endpoint, page);
  if (url) {
    const { protocol, hostname } = url;
    const own =
      protocol === 'http:' && (isLoopback(hostname) || url.origin === new URL(page).origin);
    if ((protocol === 'https:' || own) && !url.username && !url.password) {
      const base = url.origin + url.pathname.replace(/\/+$/, '');
      // Called through an arrow: `fetch` refuses any other `this` than the window.
      return { endpoint: base, fetch: (input, init) => fetch(input, init) };
    }
  }
  throw new IdVerifyError('blocked/endpoint', 'the endpoint is neither https nor this page’s own');
}
