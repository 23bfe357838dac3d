/** A site's backend in the page itself: msw's service worker brings it what the page asks. */
import { HttpResponse, http, type RequestHandler } from 'msw';
import { setupWorker } from 'msw/browser';

/** Not every engine's worker can answer bit by bit: the element then asks again and again. */
export const noStream = http.get(
  '*/id-verify/sessions/:id/events',
  () => new HttpResponse(null, { status: 501 }),
);

/** @param script where msw's worker is served; its folder is what it sees */
export async function startWorker(
  handlers: readonly RequestHandler[],
  script = '/mockServiceWorker.js',
): Promise<ReturnType<typeof setupWorker>> {
  const worker = setupWorker(...handlers);
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    serviceWorker: { url: script },
  });
  return worker;
}
